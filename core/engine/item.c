#include "engine/item.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/pack_cell.h"
#include "base/pack_put.h"

/* With its NUL the id can be read where it lies. */
value item_make(const char *id, const char *said, size_t len)
{
    buf packed = {0};
    size_t id_bytes = strlen(id) + 1;
    buf_room(&packed, len + id_bytes + 2 * sizeof(uint64_t));
    pack_put_list(&packed, ITEM_CELLS);
    pack_put_text(&packed, id, id_bytes);
    buf_add(&packed, said, len);
    len = packed.len;
    return value_adopt(buf_take(&packed), len);
}

item item_look(const value *packed)
{
    item i = {.id = "", .score = NAN, .coverage = NAN};
    pack_cell cell;
    if (!value_is(packed, VALUE_TEXT))
        return i;
    const char *at = pack_look(value_str(packed, ""), &cell);
    at = pack_look(at, &cell);
    i.id = cell.inner;
    at = pack_look(at, &cell);
    i.score = pack_number(&cell);
    i.answers = pack_look(at, &cell);
    i.coverage = pack_number(&cell);
    return i;
}
