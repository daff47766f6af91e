/* Random puts, decisions, withdrawals, deletions and forgettings, against a model in plain arrays
 * that shares no code with the store. Each sequence has a seed of its own, which a failure names;
 * TEST_SEED=N runs that one alone; TEST_FIRST_SEED=N and those after it, TEST_SEQUENCES=N of them.
 */
#include "support.h"

#include "model.h"
#include "store/conflict.h"
#include "store/forget.h"
#include "store/kinds.h"
#include "store/past.h"
#include "store/settle.h"

enum {
#ifdef POLDER_SANITIZED
    SEQUENCES = 500,
#else
    SEQUENCES = 10000,
#endif
    MOST_STEPS = 48,
};

/* The same each time, so that a change is not blamed for what chance found; other seeds by
 * TEST_FIRST_SEED.
 * ONCE_WRONG: a source that rests on another was judged anew before all claims of a withdrawn one
 * had ended; in sequences without forgetting. WRONG_SINCE: a claim came back with a source that was
 * withdrawn, and its own source was deleted by then. */
static const uint64_t FIRST_SEED = 20260223000, ONCE_WRONG = 1795535306328734,
                      WRONG_SINCE = 1796066895217781590;

static uint64_t state;

static uint64_t next(void)
{
    uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int below(int limit)
{
    return (int)(next() % (uint64_t)limit);
}

typedef struct pair {
    store *st;
    model m;
    uint64_t seed;
    bool busy;         /* as little as can be is refused, and there is forgetting */
    int record, field; /* where something was decided last */
    int step;
    char last[160]; /* what was done */
} pair;

static void differ(const pair *p, const char *what, const char *more)
{
    fail_msg("TEST_SEED=%llu, step %d (%s): %s%s", (unsigned long long)p->seed, p->step, p->last,
             what, more);
}

static void same_answer(const pair *p, bool store_did, bool model_did, const err *e)
{
    if (store_did != model_did)
        differ(p, model_did ? "the store refused: " : "the store did what it must refuse",
               e->message);
}

static void put(pair *p, int record)
{
    int values[FIELDS];
    /* Sources are judged by earlier ones and by themselves: no circles. */
    int speaker = record >= SOURCES || below(2) ? below(SPEAKERS) : OWN;
    if (record < SOURCES && speaker > record)
        speaker = OWN;
    value fields = value_map();
    for (int f = 0; f < FIELDS; f++) {
        values[f] = below(2) ? below(VALUES) : -1;
        if (values[f] >= 0)
            value_add(&fields, model_field(record, f), model_value_of(record, f, values[f]));
    }
    snprintf(p->last, sizeof p->last, "put %s %d,%d,%d by %s", model_id(record), values[0],
             values[1], values[2], speaker == OWN ? "own" : model_id(speaker));
    err e = {0};
    const statement s = {
        .id = model_id(record), .fields = &fields, .source = model_source(speaker)};
    bool did = store_put(p->st, &s, NULL, &e);
    value_free(&fields);
    same_answer(p, did, model_put(&p->m, record, speaker, values), &e);
}

static void step_put(pair *p)
{
    put(p, below(RECORDS));
}

static void step_delete(pair *p)
{
    int record = below(RECORDS);
    snprintf(p->last, sizeof p->last, "delete %s", model_id(record));
    err e = {0};
    bool did = store_delete(p->st, model_id(record), &e);
    same_answer(p, did, model_delete(&p->m, record), &e);
}

/* The file can't be written anew inside the sequence's transaction, which is told as such. */
static void step_forget(pair *p)
{
    int record = below(RECORDS);
    snprintf(p->last, sizeof p->last, "forget %s", model_id(record));
    err e = {0};
    value report = value_nil();
    bool did =
        store_forget(p->st, model_id(record), "because", &report, &e) || e.code == ERR_PARTIAL;
    value_free(&report);
    same_answer(p, did, model_forget(&p->m, record), &e);
}

/* Often where something was decided before: chance alone hardly meets a decision again. */
static void step_settle(pair *p)
{
    int record = below(RECORDS), field = below(FIELDS), speaker = below(SPEAKERS);
    bool undo = below(4) == 0;
    if (p->busy && below(4)) {
        record = below(3) ? p->record : record;
        field = below(3) ? p->field : field;
        speaker = model_live_speaker(&p->m, record, field, speaker);
    }
    p->record = record;
    p->field = field;
    snprintf(p->last, sizeof p->last, "%s %s %s on %s", undo ? "unsettle" : "settle",
             model_id(record), model_field(record, field),
             speaker == OWN ? "own" : model_id(speaker));
    err e = {0};
    const char *id = model_id(record), *name = model_field(record, field);
    bool did = undo ? store_unsettle(p->st, id, name, "because", &e)
                    : store_settle(p->st, id, name, model_source(speaker), "because", &e);
    same_answer(p, did,
                undo ? model_unsettle(&p->m, record, field)
                     : model_settle(&p->m, record, field, speaker),
                &e);
}

static void step_withdraw(pair *p)
{
    int source = below(SOURCES);
    bool undo = below(2) == 0;
    if (p->busy && below(4))
        undo = p->m.withdrawn[source];
    snprintf(p->last, sizeof p->last, "%s %s", undo ? "restore" : "withdraw", model_id(source));
    err e = {0};
    bool did = (undo ? store_restore : store_withdraw)(p->st, model_id(source), "because", NULL,
                                                       NULL, NULL, &e);
    same_answer(p, did, undo ? model_restore(&p->m, source) : model_withdraw(&p->m, source), &e);
}

static void check_values(const pair *p, int record)
{
    err e = {0};
    value got = value_nil();
    bool there = store_get(p->st, model_id(record), &got, &e);
    if (there != p->m.records[record].there)
        differ(p, "one has and the other has not: ", model_id(record));
    for (int f = 0; there && f < FIELDS; f++) {
        const value *now = value_get(&got, model_field(record, f));
        value expected = model_value_of(record, f, model_value(&p->m, record, f));
        if (value_is(&expected, VALUE_NIL) ? now != NULL : !now || !value_equal(now, &expected)) {
            char *text = text_of(&got);
            char more[400];
            snprintf(more, sizeof more, "%s, of which the model says %d", text,
                     model_value(&p->m, record, f));
            differ(p, "another value: ", more);
        }
        value_free(&expected);
    }
    value_free(&got);
}

static const value *claim_by(const value *claims, const char *field, const char *source)
{
    for (size_t i = 0; i < value_len(claims); i++) {
        const value *claim = value_at(claims, i);
        const char *who = value_get_str(claim, "source", NULL);
        if (strcmp(value_get_str(claim, "field", ""), field) == 0 &&
            (who && source ? strcmp(who, source) == 0 : who == source))
            return claim;
    }
    return NULL;
}

static void check_claims(const pair *p, int record)
{
    if (!p->m.records[record].there)
        return;
    err e = {0};
    value claims = value_nil();
    size_t count = 0;
    assert_true(store_claims(p->st, model_id(record), &claims, &e));
    for (int f = 0; f < FIELDS; f++) {
        for (int s = 0; s < SPEAKERS; s++) {
            const said *expected = &p->m.records[record].claims[f][s];
            const value *claim = claim_by(&claims, model_field(record, f), model_source(s));
            count += expected->live;
            if ((claim != NULL) != expected->live ||
                (claim && (value_get(claim, "settled") != NULL) != expected->settled))
                differ(p, "another claim on ", model_field(record, f));
        }
    }
    if (count != value_len(&claims))
        differ(p, "more claims on ", model_id(record));
    value_free(&claims);
}

static bool note_conflict(void *ctx, const value *conflict, err *e)
{
    (void)e;
    buf_fmt(ctx, "%s %s %d\n", value_get_str(conflict, "record", ""),
            value_get_str(conflict, "field", ""), value_get_bool(conflict, "settled", false));
    return true;
}

/* Demands come before sources, and their fields are in order; those of a source are date, note,
 * reliability. */
static void check_conflicts(const pair *p)
{
    static const int SORTED[] = {1, 2, 0};
    buf expected = {0}, got = {0};
    err e = {0};
    for (int i = 0; i < RECORDS; i++) {
        int record = (SOURCES + i) % RECORDS;
        for (int k = 0; k < FIELDS; k++) {
            int field = record < SOURCES ? SORTED[k] : k;
            bool settled = false;
            if (model_conflict(&p->m, record, field, &settled))
                buf_fmt(&expected, "%s %s %d\n", model_id(record), model_field(record, field),
                        settled);
        }
    }
    assert_true(store_conflicts(p->st, NULL, note_conflict, &got, &e));
    if (strcmp(buf_text(&expected), buf_text(&got)) != 0)
        differ(p, "other conflicts:\n", buf_text(&got));
    buf_free(&expected);
    buf_free(&got);
}

static void check_world(const pair *p)
{
    for (int record = 0; record < RECORDS; record++) {
        check_values(p, record);
        check_claims(p, record);
    }
    check_conflicts(p);
}

static void set_day(pair *p)
{
    int64_t days = 0;
    if (below(3) == 0 && p->m.day < 28)
        p->m.day++;
    assert_true(clock_date_parse("2026-01-01", &days));
    clock_set((days + p->m.day - 1) * 86400000 + 1000);
}

/* What the tables say is what the log tells. */
static void check_tables(const pair *p)
{
    err e = {0};
    past_report tables = {0};
    assert_true(past_verify(p->st, &tables, NULL, NULL, &e));
    if (tables.differ)
        fail_msg("TEST_SEED=%llu: %s: %s", (unsigned long long)p->seed,
                 value_get_str(value_at(&tables.first, 0), "id", ""),
                 value_get_str(value_at(&tables.first, 0), "says", ""));
    value_free(&tables.first);
}

/* One sequence is one transaction that is undone: each starts from an empty store. */
static void sequence(store *st, uint64_t seed, bool busy)
{
    pair p = {.st = st, .seed = seed, .busy = busy};
    p.m.day = 1;
    state = seed;
    err e = {0};
    assert_true(store_begin(st, &e));
    int steps = 1 + below(MOST_STEPS);
    if (busy)
        set_day(&p);
    for (int i = 0; busy && i < SOURCES + 4 * (RECORDS - SOURCES); i++)
        put(&p, i < SOURCES ? i : SOURCES + i % (RECORDS - SOURCES));
    for (p.step = 1; p.step <= steps; p.step++) {
        set_day(&p);
        bool forget = busy && below(40) == 0;
        int what = below(20);
        if (forget)
            step_forget(&p);
        else if (what < 11)
            step_put(&p);
        else if (what < 12)
            step_delete(&p);
        else if (what < 16)
            step_settle(&p);
        else
            step_withdraw(&p);
        if (below(8) == 0)
            check_world(&p);
    }
    check_world(&p);
    check_tables(&p);
    assert_whole(st);
    store_rollback(st);
}

static void save_kind(store *st)
{
    err e = {0};
    value kinds = json("[{\"name\":\"demand\",\"plugin\":\"p\",\"fields\":["
                       "{\"name\":\"a\",\"type\":\"integer\",\"personal\":true},"
                       "{\"name\":\"b\",\"type\":\"integer\"},"
                       "{\"name\":\"c\",\"type\":\"integer\"}]}]");
    clock_set(0); /* before the first sequence, for time never goes back in the log */
    if (!kinds_save(st, &kinds, &e))
        fail_msg("%s", e.message);
    value_free(&kinds);
}

/* Of the environment; a seed that can't be read would pass for one that found nothing. */
static uint64_t number_of(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    char *end = NULL;
    uint64_t number = text ? strtoull(text, &end, 10) : otherwise;
    if (text && (!*text || *end))
        fail_msg("%s: expected a number, got \"%s\"", name, text);
    return number;
}

static void the_store_and_a_small_model_agree_whatever_is_done(void **ctx)
{
    fixture *f = *ctx;
    save_kind(f->st);
    const char *seed = getenv("TEST_SEED");
    if (seed) {
        sequence(f->st, number_of("TEST_SEED", 0), true);
        return;
    }
    uint64_t first = number_of("TEST_FIRST_SEED", FIRST_SEED);
    int count = (int)number_of("TEST_SEQUENCES", SEQUENCES);
    printf("TEST_FIRST_SEED=%llu TEST_SEQUENCES=%d\n", (unsigned long long)first, count);
    fflush(stdout);
    sequence(f->st, ONCE_WRONG, false);
    sequence(f->st, WRONG_SINCE, true);
    for (int i = 0; i < count; i++)
        sequence(f->st, first + (uint64_t)i, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_store_and_a_small_model_agree_whatever_is_done, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
