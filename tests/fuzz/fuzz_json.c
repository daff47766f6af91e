/* fuzz_json.c: any bytes are read or refused, and what is read is written and read again as the
 * same. For libFuzzer. */
#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    value v = value_nil(), back = value_nil();
    err e = {0};
    buf out = {0};
    if (json_read((const char *)data, size, "fuzz", &v, &e)) {
        json_write(&out, &v);
        if (!json_read(out.data, out.len, "again", &back, &e) || !value_equal(&v, &back))
            abort();
    } else if (e.code == ERR_NONE || e.code == ERR_BUG || e.where[0] == '\0') {
        abort();
    }
    value_free(&v);
    value_free(&back);
    buf_free(&out);
    return 0;
}
