/* measures.h: measures from JSON with ' for ", their share and reason for a pair, and columns held
 * against pairs, for the tests of this floor. Each test program is one file. */
#ifndef POLDER_TESTS_SCORE_MEASURES_H
#define POLDER_TESTS_SCORE_MEASURES_H

#include <math.h>

#include "score/measure.h"
#include "stage.h"

/* Both sides have fields x and y, in cells 1 and 2. */
typedef struct fields {
    columns solution, demand;
} fields;

static inline fields fields_make(void)
{
    fields f = {0};
    value list = quoted("[{'at':1,'name':'x'},{'at':2,'name':'y'}]");
    columns_read(&f.solution, &list);
    columns_read(&f.demand, &list);
    value_free(&list);
    return f;
}

static inline void fields_free(fields *f)
{
    columns_free(&f->solution);
    columns_free(&f->demand);
}

/* "$D.x" stands for a field of the demand, "$S.y" for one of the solution, "$S.y.key" for an entry
 * of it. */
static inline value measure_spec(const char *json)
{
    buf text = {0};
    for (const char *p = json; *p; p++) {
        if (*p != '$') {
            buf_char(&text, *p);
            continue;
        }
        buf_fmt(&text, "{'side':'%s','field':'%c'", p[1] == 'D' ? "demand" : "solution", p[3]);
        p += 3;
        if (p[1] == '.') {
            size_t len = strspn(p + 2, "abcdefghijklmnopqrstuvwxyz");
            buf_fmt(&text, ",'key':'%.*s'", (int)len, p + 2);
            p += 1 + len;
        }
        buf_char(&text, '}');
    }
    value v = quoted(buf_text(&text));
    buf_free(&text);
    return v;
}

static inline measure *measure_try(const fields *f, const char *json, bool gate,
                                   const value *reason, err *e)
{
    value spec = measure_spec(json);
    measure_setting s = {.solution = &f->solution,
                         .demand = &f->demand,
                         .gate = gate,
                         .today = "2026-02-23",
                         .title = "Titel",
                         .reason = reason};
    measure *m = measure_new(&spec, &s, e);
    value_free(&spec);
    return m;
}

static inline measure *measure_make(const fields *f, const char *json, bool gate)
{
    err e = {0};
    measure *m = measure_try(f, json, gate, NULL, &e);
    if (!m)
        fail_msg("%s: %s", json, e.message);
    return m;
}

/* A measure, two cells of a solution and of a demand as JSON, what it gives and says. */
typedef struct measure_row {
    const char *spec, *solution, *demand;
    double share;
    const char *reason;
} measure_row;

static inline value cells(const char *json)
{
    buf text = {0};
    buf_fmt(&text, "['id',%s]", json);
    value row = quoted(buf_text(&text));
    buf_free(&text);
    return row;
}

static inline void check_row(const measure_row *r, bool gate)
{
    fields f = fields_make();
    measure *m = measure_make(&f, r->spec, gate);
    value solution = cells(r->solution), demand = cells(r->demand), rows = value_list();
    double one = measure_one(m, &solution, &demand), column = -1;
    buf said = {0};
    measure_reason(m, &solution, &demand, one, &said);
    value_push(&rows, value_copy(&solution));
    for (size_t i = 0; i < value_len(&rows); i++)
        measure_add(m, value_at(&rows, i));
    measure_ready(m);
    measure_demand(m, &demand);
    measure_block(m, 0, 1, &column);
    if (isnan(r->share) ? !isnan(one) : fabs(one - r->share) > 1e-12)
        fail_msg("%s of %s and %s: %.17g, not %.17g", r->spec, r->solution, r->demand, one,
                 r->share);
    if (memcmp(&one, &column, sizeof one) != 0 && !(isnan(one) && isnan(column)))
        fail_msg("%s: %.17g, in columns %.17g", r->spec, one, column);
    if (r->reason && strcmp(buf_text(&said), r->reason) != 0)
        fail_msg("%s of %s and %s: \"%s\", not \"%s\"", r->spec, r->solution, r->demand,
                 buf_text(&said), r->reason);
    buf_free(&said);
    value_free(&solution);
    value_free(&demand);
    value_free(&rows);
    measure_free(m);
    fields_free(&f);
}

#define CHECK_ROWS(rows, gate)                                                                     \
    do {                                                                                           \
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows)[0]; i++)                                \
            check_row(&(rows)[i], gate);                                                           \
    } while (0)

static inline void check_refused(const char *spec)
{
    fields f = fields_make();
    err e = {0};
    if (measure_try(&f, spec, false, NULL, &e))
        fail_msg("%s was taken", spec);
    assert_true(e.message[0] != '\0');
    fields_free(&f);
}

/* Rows of two cells each, made by `cell`. */
static inline value made_rows(size_t len, value (*cell)(void))
{
    value rows = value_list();
    for (size_t i = 0; i < len; i++) {
        value *row = value_push(&rows, value_list());
        value_push(row, value_text("id"));
        value_push(row, cell());
        value_push(row, cell());
    }
    return rows;
}

/* Columns give the same bits as pairs, in blocks, and for some. */
static inline void check_columns(const char *spec, bool gate, value (*cell)(void))
{
    enum { ROWS = 150, DEMANDS = 12 };
    fields f = fields_make();
    measure *m = measure_make(&f, spec, gate);
    value rows = made_rows(ROWS, cell), demands = made_rows(DEMANDS, cell);
    for (size_t i = 0; i < value_len(&rows); i++)
        measure_add(m, value_at(&rows, i));
    measure_ready(m);
    for (size_t d = 0; d < DEMANDS; d++) {
        const value *demand = value_at(&demands, d);
        double block[ROWS], some[1];
        measure_demand(m, demand);
        measure_block(m, 0, 100, block);
        measure_block(m, 100, ROWS - 100, block + 100);
        for (uint32_t i = 0; i < ROWS; i++) {
            double one = measure_one(m, value_at(&rows, i), demand);
            measure_some(m, &i, 1, some);
            if (isnan(one) ? !isnan(block[i]) || !isnan(*some)
                           : memcmp(&one, &block[i], sizeof one) || memcmp(&one, some, sizeof one))
                fail_msg("%s: pair %.17g, block %.17g, some %.17g", spec, one, block[i], *some);
            if (!isnan(one) && !(one >= 0 && one <= 1))
                fail_msg("%s: %.17g", spec, one);
        }
    }
    value_free(&rows);
    value_free(&demands);
    measure_free(m);
    fields_free(&f);
}

#endif
