#include "score/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void columns_read(columns *c, const value *list)
{
    size_t len = value_len(list);
    c->at = mem_zero(len + 1, sizeof *c->at);
    c->name = mem_zero(len + 1, sizeof *c->name);
    c->many = mem_zero(len + 1, sizeof *c->many);
    c->year = mem_zero(len + 1, sizeof *c->year);
    c->len = len;
    for (size_t i = 0; i < len; i++) {
        const value *field = value_at(list, i);
        c->at[i] = (size_t)value_get_int(field, "at", 0);
        c->name[i] = mem_text(value_get_str(field, "name", ""));
        c->many[i] = value_get_bool(field, "many", false);
        c->year[i] = value_get_bool(field, "year", false);
    }
}

void columns_free(columns *c)
{
    for (size_t i = 0; i < c->len; i++)
        free(c->name[i]);
    free(c->name);
    free(c->at);
    free(c->many);
    free(c->year);
}

bool columns_find(const columns *c, const char *name, size_t *at)
{
    for (size_t i = 0; i < c->len; i++) {
        if (strcmp(c->name[i], name) != 0)
            continue;
        *at = c->at[i];
        return true;
    }
    return false;
}

bool columns_is_year(const columns *c, const char *name)
{
    for (size_t i = 0; i < c->len; i++)
        if (strcmp(c->name[i], name) == 0)
            return c->year[i];
    return false;
}
