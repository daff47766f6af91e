#include "cli/as_of.h"

#include "store/past.h"

bool as_of_read(cli *c, store *st, int64_t *out_seq, err *e)
{
    const char *when = args_text(&c->args, "as-of");
    *out_seq = 0;
    if (!when || past_at(st, when, out_seq, e))
        return true;
    return err_prefix(e, "--as-of: ");
}
