/* put.c: what keeping and reading records costs, against SQLite alone (plain.h) with the same
 * records in the same run. Usage: put FOLDER SINGLES ROWS GETS ROUNDS; FOLDER is there and empty.
 * Fictitious data from a fixed seed. Both must give back the same, by count and checksum. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "plain.h"
#include "store/import.h"
#include "store/select.h"

enum { BATCH = 500, TEXT_WORDS = 40, ID_BYTES = 40 };

typedef struct row {
    char id[ID_BYTES];
    char *json; /* fields only */
    size_t len;
} row;

typedef struct sum {
    int64_t count;
    uint64_t check;
} sum;

typedef enum task { SINGLE, MANY, GET, OF_KIND, TASKS } task;

typedef struct bench {
    const char *folder;
    int64_t singles, rows, gets;
    row *data;
    double polder[TASKS], plain[TASKS]; /* best, seconds */
} bench;

static const char *const KINDS[] = {"demand", "solution"}; /* by turns */

static uint64_t seed = 1;

/* splitmix64 (Sebastiano Vigna). */
static uint64_t next(uint64_t below)
{
    uint64_t z = (seed += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % below;
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void need(bool ok, const char *what, const err *e)
{
    if (ok)
        return;
    fprintf(stderr, "put: %s: %s (%s)\n", what, e ? e->message : "", e ? e->where : "");
    exit(1);
}

/* NULL: nobody wants to know. */
static void take_best(double *best, double started)
{
    double took = now_s() - started;
    if (best && (*best == 0 || took < *best))
        *best = took;
}

static const char *kind_of(int64_t i)
{
    return KINDS[i % 2];
}

static void make_row(row *r, int64_t i)
{
    buf json = {0};
    snprintf(r->id, sizeof r->id, "%s/r%07" PRId64, kind_of(i), i);
    buf_str(&json, "{\"description\":\"");
    for (int k = 0; k < TEXT_WORDS; k++)
        buf_fmt(&json, "%sword%" PRIu64, k ? " " : "", next(5000));
    buf_fmt(&json, "\",\"price\":%" PRIu64 ",\"title\":\"Fictitious %" PRId64 "\",\"trl\":%" PRIu64,
            next(1000000), i, next(9) + 1);
    buf_char(&json, '}');
    r->len = json.len;
    r->json = buf_take(&json);
}

static void make_rows(bench *b)
{
    b->data = calloc((size_t)b->rows, sizeof *b->data);
    need(b->data != NULL, "out of memory", NULL);
    for (int64_t i = 0; i < b->rows; i++)
        make_row(&b->data[i], i);
}

static void path_in(const bench *b, const char *name, char out[300])
{
    snprintf(out, 300, "%s/%s", b->folder, name);
}

static void remove_store(const char *path)
{
    static const char *const ENDS[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char name[320];
        snprintf(name, sizeof name, "%s%s", path, ENDS[i]);
        unlink(name);
    }
}

static void write_lines(const bench *b, const char *path)
{
    FILE *file = fopen(path, "wb");
    need(file != NULL, path, NULL);
    for (int64_t i = 0; i < b->rows; i++)
        fprintf(file, "{\"id\":\"%s\",%s\n", b->data[i].id, b->data[i].json + 1);
    need(fclose(file) == 0, path, NULL);
}

static void add_record(sum *s, const value *record)
{
    const char *text = value_get_str(record, "description", "");
    s->count++;
    s->check += hash_quick(text, strlen(text)) + (uint64_t)value_get_int(record, "price", 0);
}

static bool add_selected(void *ctx, const value *record, err *e)
{
    (void)e;
    add_record(ctx, record);
    return true;
}

/* With Polder's own reader of JSON: a record is of use as values, not as text. */
static void add_text(void *ctx, const char *json, size_t len)
{
    err e = {0};
    value record = value_nil();
    need(json_read(json, len, NULL, &record, &e), "json", &e);
    add_record(ctx, &record);
    value_free(&record);
}

static void put_single(bench *b, store *st)
{
    err e = {0};
    double started = now_s();
    for (int64_t i = 0; i < b->singles; i++) {
        value fields = value_nil();
        need(json_read(b->data[i].json, b->data[i].len, NULL, &fields, &e), "json", &e);
        need(store_put(st, &(statement){.id = b->data[i].id, .fields = &fields}, NULL, &e), "put",
             &e);
        value_free(&fields);
    }
    take_best(&b->polder[SINGLE], started);
}

static void insert_single(bench *b, plain *p)
{
    double started = now_s();
    for (int64_t i = 0; i < b->singles; i++) {
        plain_begin(p);
        plain_insert(p, b->data[i].id, kind_of(i), b->data[i].json, b->data[i].len);
        plain_commit(p);
    }
    take_best(&b->plain[SINGLE], started);
}

static void import_many(bench *b, store *st, const char *lines)
{
    err e = {0};
    import_report report = {0};
    const import_options o = {.path = lines, .format = IMPORT_JSONL};
    double started = now_s();
    need(import_file(st, &o, &report, &e), "import", &e);
    take_best(&b->polder[MANY], started);
    need(report.created == b->rows && report.bad == 0, "import: not all rows", NULL);
}

static void insert_many(bench *b, plain *p)
{
    double started = now_s();
    for (int64_t i = 0; i < b->rows; i++) {
        if (i % BATCH == 0)
            plain_begin(p);
        plain_insert(p, b->data[i].id, kind_of(i), b->data[i].json, b->data[i].len);
        if (i % BATCH == BATCH - 1 || i == b->rows - 1)
            plain_commit(p);
    }
    take_best(&b->plain[MANY], started);
}

/* The same ids for both. */
static sum get_some(bench *b, store *st, plain *p, uint64_t from)
{
    err e = {0};
    sum s = {0};
    seed = from;
    double started = now_s();
    for (int64_t i = 0; i < b->gets; i++) {
        const char *id = b->data[next((uint64_t)b->rows)].id;
        value record = value_nil();
        if (p) {
            plain_get(p, id, add_text, &s);
            continue;
        }
        need(store_get(st, id, &record, &e), "get", &e);
        add_record(&s, &record);
        value_free(&record);
    }
    take_best(p ? &b->plain[GET] : &b->polder[GET], started);
    return s;
}

static sum read_kind(store *st, plain *p, double *best)
{
    err e = {0};
    sum s = {0};
    const selection all = {.kind = KINDS[1], .limit = -1};
    double started = now_s();
    if (p)
        plain_of_kind(p, KINDS[1], add_text, &s);
    else
        need(store_select(st, &all, add_selected, &s, &e), "select", &e);
    take_best(best, started);
    return s;
}

static void compare(const char *what, sum a, sum b, int64_t count)
{
    if (a.count == b.count && a.check == b.check && a.count == count)
        return;
    fprintf(stderr, "put: %s: %" PRId64 " records (%" PRIx64 ") and %" PRId64 " (%" PRIx64 ")\n",
            what, a.count, a.check, b.count, b.check);
    exit(1);
}

/* Stores of one round's own: `singles` in the one pair, `rows` in the other. */
static void one_round(bench *b, int number, const char *lines)
{
    err e = {0};
    char ours[300], theirs[300];
    path_in(b, "polder.db", ours);
    path_in(b, "plain.db", theirs);
    for (int many = 0; many < 2; many++) {
        remove_store(ours);
        remove_store(theirs);
        store *st = store_open(ours, true, &e);
        need(st != NULL, "open", &e);
        plain *p = plain_open(theirs);
        if (many) {
            import_many(b, st, lines);
            insert_many(b, p);
            uint64_t from = (uint64_t)number + 1;
            compare("get", get_some(b, st, NULL, from), get_some(b, NULL, p, from), b->gets);
        } else {
            put_single(b, st);
            insert_single(b, p);
        }
        int64_t count = (many ? b->rows : b->singles) / 2;
        sum a = read_kind(st, NULL, many ? &b->polder[OF_KIND] : NULL);
        compare("query", a, read_kind(NULL, p, many ? &b->plain[OF_KIND] : NULL), count);
        store_close(st);
        plain_close(p);
    }
}

static void print(const bench *b)
{
    static const char *const NAMES[TASKS] = {"put, each its own commit", "put, 500 a commit",
                                             "get by id", "query by kind"};
    const int64_t counts[TASKS] = {b->singles, b->rows, b->gets, b->rows / 2};
    printf("%-26s %14s %14s %7s\n", "records a second", "Polder", "plain SQLite", "ratio");
    for (int i = 0; i < TASKS; i++)
        printf("%-26s %14.0f %14.0f %7.2f\n", NAMES[i], (double)counts[i] / b->polder[i],
               (double)counts[i] / b->plain[i], b->polder[i] / b->plain[i]);
}

int main(int argc, char **argv)
{
    char lines[300];
    if (argc != 6) {
        fprintf(stderr, "usage: put FOLDER SINGLES ROWS GETS ROUNDS\n");
        return 2;
    }
    bench b = {.folder = argv[1],
               .singles = atoll(argv[2]),
               .rows = atoll(argv[3]),
               .gets = atoll(argv[4])};
    int rounds = atoi(argv[5]);
    if (b.singles < 2 || b.singles > b.rows || b.singles % 2 || b.rows % 2 || b.gets < 1 ||
        rounds < 1) {
        fprintf(stderr, "put: SINGLES and ROWS must be even, SINGLES at most ROWS\n");
        return 2;
    }
    make_rows(&b);
    path_in(&b, "rows.jsonl", lines);
    write_lines(&b, lines);
    for (int i = 0; i < rounds; i++)
        one_round(&b, i, lines);
    print(&b);
    for (int64_t i = 0; i < b.rows; i++)
        free(b.data[i].json);
    free(b.data);
    return 0;
}
