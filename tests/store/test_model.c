/* Random puts, decisions, withdrawals and deletions, against a model in plain arrays that shares no
 * code with the store. Each sequence has a seed of its own, which a failure names; TEST_SEED=N
 * runs that one alone, TEST_SEQUENCES=N runs so many. */
#include "support.h"

#include "store/past.h"

#include "store/conflict.h"
#include "store/settle.h"

enum {
    SOURCES = 4,            /* s0 … s3; later ones may be judged by earlier ones */
    RECORDS = SOURCES + 3,  /* the sources, then d0 … d2 */
    SPEAKERS = SOURCES + 1, /* the last is the actor's own word */
    OWN = SOURCES,
    FIELDS = 3, /* of a source: reliability, date and a note */
    GONE = 96,  /* ended by one withdrawal */
#ifdef POLDER_SANITIZED
    SEQUENCES = 500,
#else
    SEQUENCES = 10000,
#endif
    MOST_STEPS = 48,
    VALUES = 4, /* 0 is "there is none" */
};

/* The same each time, so that a change is not blamed for what chance found; other seeds by hand.
 * ONCE_WRONG: a source that rests on another was judged anew before all claims of a withdrawn one
 * had ended. */
static const uint64_t FIRST_SEED = 20260223000, ONCE_WRONG = 1795535306328734;

static const char *const DEMAND_FIELDS[] = {"a", "b", "c"};
static const char *const SOURCE_FIELDS[] = {"reliability", "date", "note"};
static const char *const GRADES[] = {NULL, "A", "C", "F"};
static const char *const DATES[] = {NULL, "2024-05-01", "2025", "2026-03-02"};

typedef struct said {
    bool live, settled;
    int value;
    long order; /* in which claims were made */
    int day;    /* of 2026-01: when */
} said;

typedef struct entity {
    bool there;
    int life; /* how often it was made */
    said claims[FIELDS][SPEAKERS];
} entity;

/* What a withdrawal ended. */
typedef struct ended {
    int record, life, field, speaker;
    said claim;
} ended;

typedef struct model {
    entity records[RECORDS];
    bool withdrawn[SOURCES];
    ended gone[SOURCES][GONE];
    int gone_count[SOURCES];
    long orders;
    int day;
} model;

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

static const char *id_of(int record)
{
    static const char *const IDS[] = {"source/s0", "source/s1", "source/s2", "source/s3",
                                      "demand/d0", "demand/d1", "demand/d2"};
    return IDS[record];
}

static const char *name_of(int record, int field)
{
    return record < SOURCES ? SOURCE_FIELDS[field] : DEMAND_FIELDS[field];
}

static const char *source_of(int speaker)
{
    return speaker == OWN ? NULL : id_of(speaker);
}

static value value_of(int record, int field, int number)
{
    if (number == 0)
        return value_nil();
    if (record < SOURCES && field < 2)
        return value_text(field == 0 ? GRADES[number] : DATES[number]);
    return value_int(number);
}

/* --- the model: who wins --- */

static int winner(const model *m, int record, int field);

static int value_now(const model *m, int record, int field)
{
    int best = winner(m, record, field);
    return best < 0 ? 0 : m->records[record].claims[field][best].value;
}

/* Of a claim about itself: C, and the day of the claim. */
static char grade(const model *m, int record, int speaker)
{
    if (speaker == OWN)
        return 'C';
    int number = speaker == record ? 0 : value_now(m, speaker, 0);
    return number ? GRADES[number][0] : 'C';
}

static void date(const model *m, int record, int speaker, const said *claim, char out[16])
{
    int number = speaker == OWN || speaker == record ? 0 : value_now(m, speaker, 1);
    if (number)
        strcpy(out, DATES[number]);
    else
        snprintf(out, 16, "2026-01-%02d", claim->day);
}

static bool is_better(const model *m, int record, int field, int one, int other)
{
    const said *a = &m->records[record].claims[field][one];
    const said *b = &m->records[record].claims[field][other];
    if (a->settled || b->settled)
        return a->settled;
    char first = grade(m, record, one), second = grade(m, record, other);
    if (first != second)
        return first < second;
    if ((one == OWN) != (other == OWN))
        return one == OWN;
    char when[16], then[16];
    date(m, record, one, a, when);
    date(m, record, other, b, then);
    int order = strcmp(when, then);
    return order ? order > 0 : a->order > b->order;
}

static int winner(const model *m, int record, int field)
{
    int best = -1;
    for (int s = 0; s < SPEAKERS; s++) {
        if (m->records[record].claims[field][s].live &&
            (best < 0 || is_better(m, record, field, s, best)))
            best = s;
    }
    return best;
}

/* --- the model: what happens; false: it is refused --- */

static bool says_something(const entity *r, int field)
{
    for (int s = 0; s < SPEAKERS; s++) {
        if (r->claims[field][s].live && r->claims[field][s].value)
            return true;
    }
    return false;
}

/* A field of which all say that there is none has no claims; `by` keeps what ended so, or is -1. */
static void drop_nulls(model *m, int record, int by)
{
    entity *r = &m->records[record];
    for (int f = 0; f < FIELDS; f++) {
        for (int s = 0; !says_something(r, f) && s < SPEAKERS; s++) {
            if (!r->claims[f][s].live)
                continue;
            if (by >= 0)
                m->gone[by][m->gone_count[by]++] = (ended){record, r->life, f, s, r->claims[f][s]};
            r->claims[f][s] = (said){0};
        }
    }
}

static bool model_put(model *m, int record, int speaker, const int *values)
{
    if (speaker != OWN && speaker != record &&
        (!m->records[speaker].there || m->withdrawn[speaker]))
        return false;
    entity *r = &m->records[record];
    if (!r->there) {
        r->there = true;
        r->life++;
    }
    for (int f = 0; f < FIELDS; f++) {
        said *claim = &r->claims[f][speaker];
        if (values[f] < 0 || (claim->live && claim->value == values[f]))
            continue;
        bool settled = claim->live && claim->settled;
        *claim = (said){true, settled, values[f], ++m->orders, m->day};
    }
    drop_nulls(m, record, -1);
    return true;
}

static bool rests_on(const model *m, int source)
{
    for (int r = 0; r < RECORDS; r++) {
        for (int f = 0; r != source && f < FIELDS; f++) {
            if (m->records[r].claims[f][source].live)
                return true;
        }
    }
    return false;
}

static bool model_delete(model *m, int record)
{
    if (!m->records[record].there || (record < SOURCES && rests_on(m, record)))
        return false;
    m->records[record].there = false;
    memset(m->records[record].claims, 0, sizeof m->records[record].claims);
    return true;
}

static bool model_settle(model *m, int record, int field, int speaker)
{
    said *claims = m->records[record].claims[field];
    if (!claims[speaker].live)
        return false;
    for (int s = 0; s < SPEAKERS; s++)
        claims[s].settled = s == speaker;
    return true;
}

static bool model_unsettle(model *m, int record, int field)
{
    bool any = false;
    for (int s = 0; s < SPEAKERS; s++) {
        any = any || m->records[record].claims[field][s].settled;
        m->records[record].claims[field][s].settled = false;
    }
    return any;
}

static bool model_withdraw(model *m, int source)
{
    if (!m->records[source].there || m->withdrawn[source])
        return false;
    m->withdrawn[source] = true;
    m->gone_count[source] = 0;
    for (int r = 0; r < RECORDS; r++) {
        for (int f = 0; r != source && f < FIELDS; f++) {
            said *claim = &m->records[r].claims[f][source];
            if (claim->live)
                m->gone[source][m->gone_count[source]++] =
                    (ended){r, m->records[r].life, f, source, *claim};
            *claim = (said){0};
        }
        if (r != source)
            drop_nulls(m, r, source);
    }
    return true;
}

static bool is_settled(const said *claims)
{
    for (int s = 0; s < SPEAKERS; s++) {
        if (claims[s].settled)
            return true;
    }
    return false;
}

static bool model_restore(model *m, int source)
{
    if (!m->records[source].there || !m->withdrawn[source])
        return false;
    m->withdrawn[source] = false;
    for (int i = 0; i < m->gone_count[source]; i++) {
        const ended *was = &m->gone[source][i];
        entity *r = &m->records[was->record];
        said *claims = r->claims[was->field];
        if (!r->there || r->life != was->life || claims[was->speaker].live)
            continue;
        if (was->speaker < SOURCES && was->speaker != was->record && m->withdrawn[was->speaker]) {
            ended later = *was; /* it comes back with its own source */
            later.claim.settled = false;
            assert_true(m->gone_count[was->speaker] < GONE);
            m->gone[was->speaker][m->gone_count[was->speaker]++] = later;
            continue;
        }
        bool settled = was->claim.settled && !is_settled(claims);
        claims[was->speaker] = was->claim;
        claims[was->speaker].settled = settled;
    }
    for (int r = 0; r < RECORDS; r++)
        drop_nulls(m, r, -1);
    return true;
}

/* --- both side by side --- */

typedef struct pair {
    store *st;
    model m;
    uint64_t seed;
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

static void step_put(pair *p)
{
    int record = below(RECORDS), values[FIELDS];
    /* Sources are judged by earlier ones and by themselves: no circles. */
    int speaker = record >= SOURCES || below(2) ? below(SPEAKERS) : OWN;
    if (record < SOURCES && speaker > record)
        speaker = OWN;
    value fields = value_map();
    for (int f = 0; f < FIELDS; f++) {
        values[f] = below(2) ? below(VALUES) : -1;
        if (values[f] >= 0)
            value_add(&fields, name_of(record, f), value_of(record, f, values[f]));
    }
    snprintf(p->last, sizeof p->last, "put %s %d,%d,%d by %s", id_of(record), values[0], values[1],
             values[2], speaker == OWN ? "own" : id_of(speaker));
    err e = {0};
    const statement s = {.id = id_of(record), .fields = &fields, .source = source_of(speaker)};
    bool did = store_put(p->st, &s, NULL, &e);
    value_free(&fields);
    same_answer(p, did, model_put(&p->m, record, speaker, values), &e);
}

static void step_delete(pair *p)
{
    int record = below(RECORDS);
    snprintf(p->last, sizeof p->last, "delete %s", id_of(record));
    err e = {0};
    bool did = store_delete(p->st, id_of(record), &e);
    same_answer(p, did, model_delete(&p->m, record), &e);
}

static void step_settle(pair *p)
{
    int record = below(RECORDS), field = below(FIELDS), speaker = below(SPEAKERS);
    bool undo = below(4) == 0;
    snprintf(p->last, sizeof p->last, "%s %s %s on %s", undo ? "unsettle" : "settle", id_of(record),
             name_of(record, field), speaker == OWN ? "own" : id_of(speaker));
    err e = {0};
    const char *id = id_of(record), *name = name_of(record, field);
    bool did = undo ? store_unsettle(p->st, id, name, "because", &e)
                    : store_settle(p->st, id, name, source_of(speaker), "because", &e);
    same_answer(p, did,
                undo ? model_unsettle(&p->m, record, field)
                     : model_settle(&p->m, record, field, speaker),
                &e);
}

static void step_withdraw(pair *p)
{
    int source = below(SOURCES);
    bool undo = below(2) == 0;
    snprintf(p->last, sizeof p->last, "%s %s", undo ? "restore" : "withdraw", id_of(source));
    err e = {0};
    bool did = (undo ? store_restore : store_withdraw)(p->st, id_of(source), "because", NULL, NULL,
                                                       NULL, &e);
    same_answer(p, did, undo ? model_restore(&p->m, source) : model_withdraw(&p->m, source), &e);
}

/* --- what both say of the world --- */

static void check_values(const pair *p, int record)
{
    err e = {0};
    value got = value_nil();
    bool there = store_get(p->st, id_of(record), &got, &e);
    if (there != p->m.records[record].there)
        differ(p, "one has and the other has not: ", id_of(record));
    for (int f = 0; there && f < FIELDS; f++) {
        const value *now = value_get(&got, name_of(record, f));
        value expected = value_of(record, f, value_now(&p->m, record, f));
        if (value_is(&expected, VALUE_NIL) ? now != NULL : !now || !value_equal(now, &expected)) {
            char *text = text_of(&got);
            char more[400];
            snprintf(more, sizeof more, "%s, of which the model says %d", text,
                     value_now(&p->m, record, f));
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
    assert_true(store_claims(p->st, id_of(record), &claims, &e));
    for (int f = 0; f < FIELDS; f++) {
        for (int s = 0; s < SPEAKERS; s++) {
            const said *expected = &p->m.records[record].claims[f][s];
            const value *claim = claim_by(&claims, name_of(record, f), source_of(s));
            count += expected->live;
            if ((claim != NULL) != expected->live ||
                (claim && (value_get(claim, "settled") != NULL) != expected->settled))
                differ(p, "another claim on ", name_of(record, f));
        }
    }
    if (count != value_len(&claims))
        differ(p, "more claims on ", id_of(record));
    value_free(&claims);
}

static bool model_conflict(const model *m, int record, int field, bool *settled)
{
    const said *claims = m->records[record].claims[field];
    int first = -1;
    bool any = false;
    *settled = is_settled(claims);
    for (int s = 0; s < SPEAKERS; s++) {
        if (!claims[s].live)
            continue;
        any = any || (first >= 0 && claims[s].value != first);
        first = claims[s].value;
    }
    return any;
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
                buf_fmt(&expected, "%s %s %d\n", id_of(record), name_of(record, field), settled);
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
static void sequence(store *st, uint64_t seed)
{
    pair p = {.st = st, .seed = seed};
    p.m.day = 1;
    state = seed;
    err e = {0};
    assert_true(store_begin(st, &e));
    int steps = 1 + below(MOST_STEPS);
    for (p.step = 1; p.step <= steps; p.step++) {
        set_day(&p);
        int what = below(20);
        if (what < 11)
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

static void the_store_and_a_small_model_agree_whatever_is_done(void **ctx)
{
    fixture *f = *ctx;
    const char *seed = getenv("TEST_SEED"), *many = getenv("TEST_SEQUENCES");
    if (seed) {
        sequence(f->st, strtoull(seed, NULL, 10));
        return;
    }
    uint64_t first = FIRST_SEED;
    int count = many ? atoi(many) : SEQUENCES;
    printf("TEST_SEED=%llu and the %d after it\n", (unsigned long long)first, count - 1);
    sequence(f->st, ONCE_WRONG);
    for (int i = 0; i < count; i++)
        sequence(f->st, first + (uint64_t)i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_store_and_a_small_model_agree_whatever_is_done, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
