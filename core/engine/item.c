#include "engine/item.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/pack_cell.h"
#include "base/pack_put.h"

/* The id comes last: the NUL behind the text ends it too. */
value item_make(const char *id, const char *said, size_t len)
{
    buf packed = {0};
    size_t id_len = strlen(id);
    buf_room(&packed, len + id_len + 2 * sizeof(uint64_t));
    pack_put_list(&packed, ITEM_CELLS);
    buf_add(&packed, said, len);
    pack_put_text(&packed, id, id_len);
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
    i.score = pack_number(&cell);
    at = pack_look(at, &cell);
    i.coverage = pack_number(&cell);
    i.rules = at;
    i.gates = pack_skip(at);
    pack_look(pack_skip(i.gates), &cell);
    i.id = cell.inner;
    return i;
}

value item_number(double number)
{
    return isnan(number) ? value_nil() : value_double(number);
}
