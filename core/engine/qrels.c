#include "engine/qrels.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "engine/scorecard.h"

enum { FILE_BYTES = 256 << 20, COLUMNS = 3, SHOWN_BYTES = 80, RELEVANCE_MOST = 1000000 };

void qrels_free(qrels *q)
{
    for (size_t i = 0; i < q->len; i++) {
        free(q->rows[i].demand);
        free(q->rows[i].solution);
    }
    free(q->rows);
    free(q->path);
    free(q->heading_demand);
    free(q->heading_solution);
    *q = (qrels){0};
}

static char *whole_id(const char *kind, const char *text)
{
    buf id = {0};
    if (strchr(text, '/'))
        return mem_text(text);
    buf_fmt(&id, "%s/%s", kind, text);
    char *whole = mem_text(buf_text(&id));
    buf_free(&id);
    return whole;
}

static bool bad_line(const qrels *q, int64_t line, const char *what, const char *text, err *e)
{
    buf shown = {0};
    if (text)
        text_escape(&shown, text, strlen(text), SHOWN_BYTES);
    err_set(e, ERR_BAD_DATA, text ? "%s: '%s'" : "%s", what, buf_text(&shown));
    err_where(e, "%s:%lld", q->path, (long long)line);
    buf_free(&shown);
    return err_hint(e, "a line is: demand, solution, relevance, with tabs between; relevance 0 is "
                       "wrong, above 0 right");
}

static bool read_relevance(const char *text, double *out)
{
    char *end;
    errno = 0;
    *out = strtod(text, &end);
    return end != text && !*end && fabs(*out) <= RELEVANCE_MOST && errno == 0 &&
           !strpbrk(text, "xXpPnN");
}

static const char NO_RELEVANCE[] = "the relevance is no number up to 1000000";

/* Of the first line: what no number is written as, not even "nan" and "inf", and no whole id. */
static bool is_title(const char *text)
{
    char *end;
    strtod(text, &end);
    return *end && !strpbrk(text, "0123456789/");
}

/* Names of columns, as far as a line alone can tell: "a b c" may be ids too, so what they would be
 * ids of is kept for whoever has a store. */
static bool take_heading(qrels *q, char *const cells[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++)
        if (!is_title(cells[i]))
            return false;
    q->heading_demand = whole_id(ROLE_DEMAND, cells[0]);
    q->heading_solution = whole_id(ROLE_SOLUTION, cells[1]);
    return true;
}

/* "query 0 document relevance", as trec_eval reads it. */
static bool is_trec(char *const cells[COLUMNS], const char *rest)
{
    double relevance;
    char fourth[32];
    size_t len = rest ? strcspn(rest, "\t") : 0;
    if (!len || len >= sizeof fourth)
        return false;
    memcpy(fourth, rest, len);
    fourth[len] = '\0';
    return strcmp(cells[1], "0") == 0 && !read_relevance(cells[2], &relevance) &&
           read_relevance(fourth, &relevance);
}

static bool id_is_of(const char *id, const char *kind)
{
    size_t len = strlen(kind);
    return strncmp(id, kind, len) == 0 && id[len] == '/' && id[len + 1];
}

static bool take_cells(qrels *q, size_t *cap, char *cells[COLUMNS], int64_t line, err *e)
{
    double relevance;
    if (!read_relevance(cells[2], &relevance))
        return (line == 1 && take_heading(q, cells)) ||
               bad_line(q, line, NO_RELEVANCE, cells[2], e);
    if (!*cells[0] || !*cells[1])
        return bad_line(q, line, *cells[0] ? "the solution is empty" : "the demand is empty", NULL,
                        e);
    if (q->len == *cap) {
        *cap = *cap ? *cap * 2 : 64;
        q->rows = mem_grow(q->rows, *cap, sizeof *q->rows);
    }
    qrels_row *row = &q->rows[q->len++];
    *row = (qrels_row){whole_id(ROLE_DEMAND, cells[0]), whole_id(ROLE_SOLUTION, cells[1]),
                       relevance, line};
    if (!id_is_of(row->demand, ROLE_DEMAND))
        return bad_line(q, line, "not the id of a demand", cells[0], e);
    if (!id_is_of(row->solution, ROLE_SOLUTION))
        return bad_line(q, line, "not the id of a solution", cells[1], e);
    return true;
}

static bool take_line(qrels *q, size_t *cap, char *text, int64_t number, err *e)
{
    char *cells[COLUMNS] = {NULL}, *rest = text;
    size_t len = strlen(text);
    if (len > 0 && text[len - 1] == '\r')
        text[--len] = '\0';
    if (!len)
        return true;
    for (int i = 0; i < COLUMNS; i++)
        if (!(cells[i] = strsep(&rest, "\t")))
            return bad_line(q, number, "expected three columns with tabs between", text, e);
    if (is_trec(cells, rest))
        return bad_line(q, number, "four columns, the second 0, as TREC writes them", NULL, e) ||
               err_hint(e, "leave out the second: cut -f1,3,4 FILE");
    return take_cells(q, cap, cells, number, e);
}

static int by_pair(const void *a, const void *b)
{
    const qrels_row *x = a, *y = b;
    int order = strcmp(x->demand, y->demand);
    order = order ? order : strcmp(x->solution, y->solution);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* The same line twice is one; two opinions are an error. */
static bool fold_twins(qrels *q, err *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < q->len; i++) {
        qrels_row *row = &q->rows[i], *last = kept ? &q->rows[kept - 1] : NULL;
        bool twin = last && strcmp(last->demand, row->demand) == 0 &&
                    strcmp(last->solution, row->solution) == 0;
        if (twin && last->relevance != row->relevance) {
            char what[80];
            snprintf(what, sizeof what, "line %lld says another relevance of the same pair",
                     (long long)last->line);
            return bad_line(q, row->line, what, NULL, e);
        }
        if (twin) {
            free(row->demand);
            free(row->solution);
            row->demand = row->solution = NULL;
        } else if (&q->rows[kept++] != row) {
            q->rows[kept - 1] = *row;
            row->demand = row->solution = NULL;
        }
    }
    q->len = kept;
    return true;
}

bool qrels_read(const char *path, qrels *out, err *e)
{
    qrels q = {.path = mem_text(path)};
    buf text = {0};
    size_t cap = 0;
    int64_t number = 0;
    bool ok = file_read(path, FILE_BYTES, &text, e);
    if (ok && memchr(buf_text(&text), '\0', text.len))
        ok = bad_line(&q, 1, "holds a NUL byte: not a text", NULL, e);
    char *rest = ok ? text.data : NULL, *line;
    if (rest && strncmp(rest, "\xEF\xBB\xBF", 3) == 0)
        rest += 3;
    while (ok && rest && (line = strsep(&rest, "\n")))
        ok = take_line(&q, &cap, line, ++number, e);
    if (ok && q.len)
        qsort(q.rows, q.len, sizeof *q.rows, by_pair);
    ok = ok && fold_twins(&q, e);
    if (ok && !q.len) {
        err_set(e, ERR_BAD_DATA, "there are no known answers in it");
        err_where(e, "%s", path);
        ok = err_hint(e, "a line is: demand, solution, relevance, with tabs between");
    }
    buf_free(&text);
    if (ok)
        *out = q;
    else
        qrels_free(&q);
    return ok;
}

/* A row that is left out, with the id that is not there. */
typedef struct left_out {
    qrels_row row;
    bool demand;
} left_out;

static int by_line(const void *a, const void *b)
{
    const left_out *x = a, *y = b;
    return (x->row.line > y->row.line) - (x->row.line < y->row.line);
}

static void tell_unknown(const qrels *q, left_out *gone, size_t len, value *unknown)
{
    if (len)
        qsort(gone, len, sizeof *gone, by_line);
    for (size_t i = 0; i < len; i++) {
        buf where = {0};
        buf_fmt(&where, "%s:%lld", q->path, (long long)gone[i].row.line);
        value *one = value_push(unknown, value_map());
        value_add(one, "where", value_text(buf_text(&where)));
        value_add(one, "id",
                  value_text(gone[i].demand ? gone[i].row.demand : gone[i].row.solution));
        buf_free(&where);
    }
}

/* Of the same demand as the row before, which is asked for once. */
static bool is_next(const qrels *q, size_t i)
{
    return i && strcmp(q->rows[i].demand, q->rows[i - 1].demand) == 0;
}

bool qrels_keep_known(qrels *q, store *st, value *unknown, err *e)
{
    left_out *gone = mem_zero(q->len + 1, sizeof *gone);
    bool *known = mem_zero(q->len + 1, sizeof *known), demand = false, ok = true;
    size_t kept = 0, out = 0;
    for (size_t i = 0; ok && i < q->len; i++) {
        ok = (is_next(q, i) || store_exists(st, q->rows[i].demand, &demand, e)) &&
             store_exists(st, q->rows[i].solution, &known[i], e);
        if (!demand || !known[i])
            gone[out++] = (left_out){q->rows[i], !demand};
        known[i] = known[i] && demand;
    }
    if (ok) {
        for (size_t i = 0; i < q->len; i++)
            if (known[i])
                q->rows[kept++] = q->rows[i];
        q->len = kept;
        tell_unknown(q, gone, out, unknown);
        for (size_t i = 0; i < out; i++) {
            free(gone[i].row.demand);
            free(gone[i].row.solution);
        }
    }
    free(gone);
    free(known);
    return ok;
}

/* A first line of ids that the store knows is an answer with a relevance that can't be. */
static bool check_heading(const qrels *q, store *st, err *e)
{
    bool demand = false, solution = false;
    if (!q->heading_demand)
        return true;
    if (!store_exists(st, q->heading_demand, &demand, e) ||
        !store_exists(st, q->heading_solution, &solution, e))
        return false;
    if (!demand && !solution)
        return true;
    return bad_line(q, 1, "neither names of columns nor a known answer, for there is a record",
                    demand ? q->heading_demand : q->heading_solution, e);
}

bool qrels_read_known(const char *path, store *st, qrels *out, value *unknown, err *e)
{
    if (!qrels_read(path, out, e) || !check_heading(out, st, e) ||
        !qrels_keep_known(out, st, unknown, e))
        return false;
    for (size_t i = 0; i < out->len; i++)
        if (out->rows[i].relevance > 0)
            return true;
    err_set(e, ERR_BAD_DATA,
            value_len(unknown) ? "no line has a demand and a right solution that the store knows"
                               : "no line has a relevance above 0");
    err_where(e, "%s", path);
    if (value_len(unknown))
        err_hint(e, "first unknown: %s (%s)", value_get_str(value_at(unknown, 0), "id", ""),
                 value_get_str(value_at(unknown, 0), "where", ""));
    return false;
}

size_t qrels_of_demand(const qrels *q, size_t from)
{
    size_t at = from;
    while (at < q->len && strcmp(q->rows[at].demand, q->rows[from].demand) == 0)
        at++;
    return at - from;
}

double qrels_relevance(const qrels_row *rows, size_t count, const char *solution)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(rows[middle].solution, solution);
        if (order == 0)
            return rows[middle].relevance;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}
