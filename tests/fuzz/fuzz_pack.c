/* fuzz_pack.c: any bytes are a frame, part of one, or refused; what is read is written and read
 * again as the same. For libFuzzer. */
#include <stdlib.h>

#include "base/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    value v = value_nil(), back = value_nil();
    err e = {0};
    buf once = {0}, twice = {0};
    size_t used = 0;
    bool ok = pack_read(data, size, &PACK_FROM_WORKER, &v, &used, &e);
    if (ok && used > 0) {
        /* Bytes are compared, for a NaN does not equal itself. Writing may take more bytes than
         * a frame from elsewhere did, but never more than it could hold. */
        if (!pack_write(&once, &v, &PACK_TO_WORKER, &e) ||
            !pack_read(once.data, once.len, &PACK_TO_WORKER, &back, &used, &e) ||
            !pack_write(&twice, &back, &PACK_TO_WORKER, &e) || once.len != twice.len)
            abort();
        for (size_t i = 0; i < once.len; i++)
            if (once.data[i] != twice.data[i])
                abort();
    } else if (!ok && (e.code == ERR_NONE || e.code == ERR_BUG)) {
        abort();
    }
    value_free(&v);
    value_free(&back);
    buf_free(&once);
    buf_free(&twice);
    return 0;
}
