#include "model.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char *const DEMAND_FIELDS[] = {"a", "b", "c"};
static const char *const SOURCE_FIELDS[] = {"reliability", "date", "note"};
static const char *const GRADES[] = {NULL, "A", "C", "F"};
static const char *const DATES[] = {NULL, "2024-05-01", "2025", "2026-03-02"};

const char *model_id(int record)
{
    static const char *const IDS[] = {"source/s0", "source/s1", "source/s2", "source/s3",
                                      "demand/d0", "demand/d1", "demand/d2"};
    return IDS[record];
}

const char *model_field(int record, int field)
{
    return record < SOURCES ? SOURCE_FIELDS[field] : DEMAND_FIELDS[field];
}

const char *model_source(int speaker)
{
    return speaker == OWN ? NULL : model_id(speaker);
}

value model_value_of(int record, int field, int number)
{
    if (number == 0)
        return value_nil();
    if (record < SOURCES && field < 2)
        return value_text(field == 0 ? GRADES[number] : DATES[number]);
    return value_int(number);
}

static int winner(const model *m, int record, int field);

int model_value(const model *m, int record, int field)
{
    int best = winner(m, record, field);
    return best < 0 ? 0 : m->records[record].claims[field][best].value;
}

/* Of a claim about itself: C, and the day of the claim. */
static char grade(const model *m, int record, int speaker)
{
    if (speaker == OWN)
        return 'C';
    int number = speaker == record ? 0 : model_value(m, speaker, 0);
    return number ? GRADES[number][0] : 'C';
}

static void date(const model *m, int record, int speaker, const said *claim, char out[16])
{
    int number = speaker == OWN || speaker == record ? 0 : model_value(m, speaker, 1);
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

static bool is_whole(int record)
{
    return record < SOURCES;
}

bool model_put(model *m, int record, int speaker, const int *values)
{
    entity *r = &m->records[record];
    bool taken[FIELDS] = {false}, news = !r->there;
    if ((speaker != OWN && speaker != record &&
         (!m->records[speaker].there || m->withdrawn[speaker])) ||
        (r->barred && (is_whole(record) || values[PERSONAL] > 0)))
        return false;
    if (!r->there) {
        r->there = true;
        r->life++;
    }
    for (int f = 0; f < FIELDS; f++) {
        said *claim = &r->claims[f][speaker];
        if (values[f] < 0 || (claim->live && claim->value == values[f]))
            continue;
        bool settled = claim->live && claim->settled;
        taken[f] = true;
        news = news || claim->live;
        *claim = (said){true, settled, values[f], ++m->orders, m->day};
    }
    drop_nulls(m, record, -1);
    for (int f = 0; f < FIELDS; f++)
        news = news || (taken[f] && r->claims[f][speaker].live);
    for (int f = 0; news && f < FIELDS; f++)
        r->told = r->told || (taken[f] && (is_whole(record) || f == PERSONAL));
    return true;
}

/* What it said ended with a source that is withdrawn, because there was no more to say. */
static bool comes_back_with_another(const model *m, int source)
{
    for (int s = 0; s < SOURCES; s++) {
        for (int i = 0; m->withdrawn[s] && s != source && i < m->gone_count[s]; i++) {
            const ended *was = &m->gone[s][i];
            const entity *r = &m->records[was->record];
            if (was->speaker == source && was->record != source && r->there && r->life == was->life)
                return true;
        }
    }
    return false;
}

static bool rests_on(const model *m, int source)
{
    for (int r = 0; r < RECORDS; r++) {
        for (int f = 0; r != source && f < FIELDS; f++) {
            if (m->records[r].claims[f][source].live)
                return true;
        }
    }
    return comes_back_with_another(m, source);
}

bool model_delete(model *m, int record)
{
    if (!m->records[record].there || (record < SOURCES && rests_on(m, record)))
        return false;
    m->records[record].there = false;
    memset(m->records[record].claims, 0, sizeof m->records[record].claims);
    return true;
}

/* What a withdrawal ended of it doesn't come back either. */
static void forget_gone(model *m, int record)
{
    for (int s = 0; s < SOURCES; s++) {
        int kept = 0;
        for (int i = 0; i < m->gone_count[s]; i++) {
            ended was = m->gone[s][i];
            if (was.record != record || (!is_whole(record) && was.field != PERSONAL))
                m->gone[s][kept++] = was;
        }
        m->gone_count[s] = kept;
    }
}

bool model_forget(model *m, int record)
{
    entity *r = &m->records[record];
    bool any = r->told || (is_whole(record) && r->there);
    if (r->life == 0 || (r->there && is_whole(record) && rests_on(m, record)))
        return false;
    if (!any)
        return true;
    for (int f = 0; f < FIELDS; f++)
        if (is_whole(record) || f == PERSONAL)
            memset(r->claims[f], 0, sizeof r->claims[f]);
    r->there = r->there && !is_whole(record);
    r->told = false;
    r->barred = true;
    forget_gone(m, record);
    return true;
}

bool model_settle(model *m, int record, int field, int speaker)
{
    said *claims = m->records[record].claims[field];
    if (!claims[speaker].live)
        return false;
    for (int s = 0; s < SPEAKERS; s++)
        claims[s].settled = s == speaker;
    return true;
}

bool model_unsettle(model *m, int record, int field)
{
    bool any = false;
    for (int s = 0; s < SPEAKERS; s++) {
        any = any || m->records[record].claims[field][s].settled;
        m->records[record].claims[field][s].settled = false;
    }
    return any;
}

bool model_withdraw(model *m, int source)
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

bool model_restore(model *m, int source)
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
            assert(m->gone_count[was->speaker] < GONE);
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

int model_live_speaker(const model *m, int record, int field, int from)
{
    for (int i = 0; i < SPEAKERS; i++)
        if (m->records[record].claims[field][(from + i) % SPEAKERS].live)
            return (from + i) % SPEAKERS;
    return from;
}

bool model_conflict(const model *m, int record, int field, bool *settled)
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
