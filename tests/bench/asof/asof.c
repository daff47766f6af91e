/* asof.c: what the past costs: makes a store with a long log, then reads records as they are and as
 * they were. Usage: asof FILE EVENTS RECORDS ROUNDS; FILE is made, and kept. Fictitious data from a
 * fixed seed. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "store/event.h"
#include "store/past.h"
#include "store/select.h"
#include "store/store.h"

enum { BATCH = 10000, GETS = 2000, TEXT_WORDS = 40 };

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

static void need(bool ok, const err *e)
{
    if (ok)
        return;
    fprintf(stderr, "asof: %s (%s)\n", e->message, e->where);
    exit(1);
}

/* The first change of a record says everything, the others a field or two. */
static value fields_of(bool first)
{
    value fields = value_map();
    value_add(&fields, "trl", value_int((int64_t)next(9) + 1));
    value_add(&fields, "price", value_int((int64_t)next(1000000)));
    if (!first)
        return fields;
    buf text = {0};
    for (int i = 0; i < TEXT_WORDS; i++)
        buf_fmt(&text, "%sword%" PRIu64, i ? " " : "", next(5000));
    value_add(&fields, "description", value_text(buf_text(&text)));
    value_add(&fields, "title", value_text("A fictitious solution"));
    buf_free(&text);
    return fields;
}

static void put(store *st, int64_t record, bool first)
{
    err e = {0};
    char id[40];
    snprintf(id, sizeof id, "solution/s%07" PRId64, record);
    value fields = fields_of(first);
    need(store_put(st, &(statement){.id = id, .fields = &fields}, NULL, &e), &e);
    value_free(&fields);
}

static void fill(store *st, int64_t events, int64_t records)
{
    err e = {0};
    for (int64_t i = 0; i < events; i++) {
        if (i % BATCH == 0)
            need(store_begin(st, &e), &e);
        put(st, i < records ? i : (int64_t)next((uint64_t)records), i < records);
        if (i % BATCH == BATCH - 1 || i == events - 1)
            need(store_commit(st, &e), &e);
    }
}

static bool count_row(void *ctx, const value *record, err *e)
{
    (void)record, (void)e;
    ++*(int64_t *)ctx;
    return true;
}

/* Seconds to read all records; as_of 0: as they are. */
static double read_all(store *st, int64_t as_of, int64_t *count)
{
    err e = {0};
    const selection s = {.kind = "solution", .limit = -1, .as_of = as_of};
    *count = 0;
    double start = now_s();
    need(store_select(st, &s, count_row, count, &e), &e);
    return now_s() - start;
}

static double read_some(store *st, int64_t head, int64_t records, bool past)
{
    err e = {0};
    double start = now_s();
    for (int i = 0; i < GETS; i++) {
        char id[40];
        value v = value_nil();
        snprintf(id, sizeof id, "solution/s%07" PRIu64, next((uint64_t)records));
        int64_t seq = records + (int64_t)next((uint64_t)(head - records) + 1);
        need(past ? past_get(st, id, seq, &v, &e) : store_get(st, id, &v, &e), &e);
        value_free(&v);
    }
    return (now_s() - start) / GETS;
}

static bool count_state(void *ctx, const past_state *s, err *e)
{
    (void)s, (void)e;
    ++*(int64_t *)ctx;
    return true;
}

static double fold_all(store *st, int64_t *count)
{
    err e = {0};
    *count = 0;
    double start = now_s();
    need(past_fold(st, count_state, count, &e), &e);
    return now_s() - start;
}

/* Every record, version and claim held against the log. */
static double hold_all(store *st)
{
    err e = {0};
    past_report report = {0};
    double start = now_s();
    need(past_verify(st, &report, NULL, NULL, &e), &e);
    if (report.differ) {
        fprintf(stderr, "asof: %" PRId64 " records are not what the log tells\n", report.differ);
        exit(1);
    }
    value_free(&report.first);
    return now_s() - start;
}

static void print_sizes(store *st)
{
    err e = {0};
    query *q = db_prepare(store_db(st),
                          "select (select page_count from pragma_page_count)"
                          " * (select page_size from pragma_page_size) / 1048576.0,"
                          " (select coalesce(sum(length(data)), 0) / 1048576.0 from version)",
                          &e);
    need(q && query_step(q, &e), &e);
    printf("file: %.0f MB, of which data of earlier versions %.0f MB\n", query_double(q, 0),
           query_double(q, 1));
    query_free(q);
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static void measure(store *st, int64_t records, int rounds)
{
    err e = {0};
    int64_t head = 0, count = 0, then = 0, states = 0;
    double all = 1e9, old = 1e9, recent = 1e9, get = 1e9, get_old = 1e9;
    need(event_head(st, &head, &e), &e);
    for (int i = 0; i < rounds; i++) {
        all = least(all, read_all(st, 0, &count));
        old = least(old, read_all(st, (head + records) / 2, &then));
        recent = least(recent, read_all(st, head - head / 100, &then));
        get = least(get, read_some(st, head, records, false));
        get_old = least(get_old, read_some(st, head, records, true));
    }
    if (count != records || then != records) {
        fprintf(stderr, "asof: %" PRId64 " and %" PRId64 " records\n", count, then);
        exit(1);
    }
    double fold = fold_all(st, &states);
    printf("all records now: %.3f s\n", all);
    printf("all records in the middle of the log: %.3f s, ratio %.2f\n", old, old / all);
    printf("all records 1 %% of the log ago: %.3f s, ratio %.2f\n", recent, recent / all);
    printf("one record now: %.1f us\n", get * 1e6);
    printf("one record at any point: %.1f us, ratio %.2f\n", get_old * 1e6, get_old / get);
    printf("a fold of the whole log: %.2f s, %" PRId64 " states\n", fold, states);
    printf("the tables held against the log: %.2f s\n", hold_all(st));
}

int main(int argc, char **argv)
{
    err e = {0};
    if (argc != 5) {
        fprintf(stderr, "usage: asof FILE EVENTS RECORDS ROUNDS\n");
        return 2;
    }
    int64_t events = atoll(argv[2]), records = atoll(argv[3]);
    store *st = store_open(argv[1], true, &e);
    need(st != NULL, &e);
    double start = now_s();
    fill(st, events, records);
    double took = now_s() - start;
    printf("%" PRId64 " events on %" PRId64 " records: written in %.1f s, %.0f a second\n", events,
           records, took, (double)events / took);
    print_sizes(st);
    measure(st, records, atoi(argv[4]));
    store_close(st);
    return 0;
}
