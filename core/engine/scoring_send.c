#include "engine/scoring_send.h"

#include "base/pack.h"
#include "engine/kept_points.h"
#include "host/loop.h"
#include "host/manifest.h"

/* Twice what a plugin has when it is first loaded, so that one which made it then makes it here. */
enum { LOADING_MS = 1000 };

/* WRITE_BYTES: when so many wait, demands leave. */
enum { WRITE_BYTES = 128 << 10, FRAME_ROOM = 16 };

static bool send_plugins(const scoring *s, worker *w, err *e)
{
    const plugin_list *all = s->on->plugins;
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(&s->plan->plugins); i++) {
        if (!plan_needs(s->plan, i))
            continue;
        const plugin *p = plugin_find(all, value_str(value_at(&s->plan->plugins, i), ""), e);
        if (!p)
            return false;
        value frame = host_load_frame(p, SCORING_LOADING + (uint32_t)i, s->today);
        ok = worker_send(w, &frame, e);
        value_free(&frame);
    }
    return ok;
}

static bool send_card(const scoring *s, worker *w, err *e)
{
    value frame = plan_frame(s->plan, s->on->registry, s->seed);
    value_add(&frame, "today", value_text(s->today));
    bool ok = worker_send(w, &frame, e);
    value_free(&frame);
    return ok;
}

static bool send_statistics(const scoring *s, worker *w, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(s->statistics); i++) {
        value frame = value_map();
        value_add(&frame, "op", value_text("statistics"));
        value_add(&frame, "bytes", value_copy(value_at(s->statistics, i)));
        ok = worker_send(w, &frame, e);
        value_free(&frame);
    }
    return ok;
}

bool scoring_send(const scoring *s, worker *w, err *e)
{
    return send_plugins(s, w, e) && send_card(s, w, e) && send_statistics(s, w, e);
}

static void add_score(value *frame, const char *name, const value *score)
{
    if (score && !value_is(score, VALUE_NIL))
        value_add(frame, name, value_copy(score));
}

/* Its row is lent to the frame. */
static bool add_demand(const scoring *s, size_t demand, int64_t only, buf *frames, err *e)
{
    value frame = value_map_literal(FRAME_ROOM);
    const value *row = value_at(s->demands, demand);
    value_add(&frame, "op", value_text("demand"));
    value_add(&frame, "demand", *row);
    value_add(&frame, "top", value_int(s->top));
    if (s->reserve)
        value_add(&frame, "reserve", value_int(s->reserve));
    if (s->untold)
        value_add(&frame, "untold", value_bool(true));
    add_score(&frame, "floor", value_at(s->floors, demand));
    add_score(&frame, "least", value_at(s->leasts, demand));
    value_add(&frame, "only", value_int(only));
    if (s->points)
        kept_points_add(s->points, row, &frame);
    if (s->bare)
        value_add(&frame, "bare", value_bool(true));
    if (s->as)
        value_add(&frame, "as", value_copy(value_at(s->as, demand)));
    value_add(&frame, "plan", value_bool(s->plan_told));
    bool ok = pack_write(frames, &frame, &PACK_TO_WORKER, e);
    *(value *)value_get(&frame, "demand") = value_nil();
    value_free(&frame);
    return ok;
}

bool scoring_send_demands(const scoring *s, worker *w, size_t from, size_t to, int64_t only, err *e)
{
    buf frames = {0};
    bool ok = true;
    for (size_t i = from; ok && i < to; i++)
        ok = add_demand(s, i, only, &frames, e) &&
             (frames.len < WRITE_BYTES || worker_send_packed(w, &frames, e));
    ok = ok && worker_send_packed(w, &frames, e);
    buf_free(&frames);
    return ok;
}

bool scoring_send_count(worker *w, const value *known, err *e)
{
    value frame = value_map();
    value_add(&frame, "op", value_text("count"));
    value_add(&frame, "known", value_copy(known));
    bool ok = worker_send(w, &frame, e);
    value_free(&frame);
    return ok;
}

bool scoring_is_rule(const scoring *s, int64_t number)
{
    return number >= 1 && (uint64_t)number <= s->plan->len;
}

bool scoring_is_loading(const scoring *s, int64_t number)
{
    return number >= SCORING_LOADING &&
           (uint64_t)number - SCORING_LOADING < value_len(&s->plan->plugins);
}

static int64_t capability(const scoring *s, size_t plugin, const char *name, int64_t otherwise)
{
    err ignored = {0};
    const plugin_list *all = s->on->plugins;
    const char *called = value_str(value_at(&s->plan->plugins, plugin), "");
    const struct plugin *p = plugin_find(all, called, &ignored);
    return p ? value_get_int(value_get(&p->manifest, "capabilities"), name, otherwise) : otherwise;
}

worker_limits scoring_limits(const scoring *s, uint32_t number)
{
    worker_limits limits = {.call_ms = MANIFEST_CALL_MS, .memory_mb = MANIFEST_MEMORY_MB};
    bool rule = scoring_is_rule(s, number);
    if (!rule && !scoring_is_loading(s, number))
        return limits;
    size_t plugin = rule ? s->plan->rules[number - 1].plugin : number - SCORING_LOADING;
    limits.call_ms = rule ? capability(s, plugin, "call_ms", limits.call_ms) : LOADING_MS;
    limits.memory_mb = capability(s, plugin, "memory_mb", limits.memory_mb);
    return limits;
}
