/* A row taken apart into an id and what each source states. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/claim.h"
#include "store/event.h"
#include "store/import_parts.h"
#include "store/settle.h"

void row_free(row_plan *p)
{
    free(p->id);
    value_free(&p->parts);
    free(p->list);
    *p = (row_plan){0};
}

static bool unknown_kind(const value *kinds, const char *kind, err *e)
{
    const char **names = mem_zero(value_len(kinds) + 1, sizeof *names);
    for (size_t i = 0; i < value_len(kinds); i++)
        names[i] = value_get_str(value_at(kinds, i), "name", "");
    const char *near = text_nearest(kind, names, value_len(kinds));
    err_set(e, ERR_BAD_DATA, "no plugin declares the kind \"%.80s\"", kind);
    if (near)
        err_hint(e, "did you mean %s?", near);
    free(names);
    return false;
}

static bool check_kind(const import_options *o, const char *kind, err *e)
{
    for (size_t i = 0; i < value_len(o->kinds); i++) {
        if (strcmp(value_get_str(value_at(o->kinds, i), "name", ""), kind) == 0)
            return true;
    }
    return !value_is(o->kinds, VALUE_LIST) || unknown_kind(o->kinds, kind, e);
}

/* The text of an id or a kind: a number will do, blanks around it won't count. */
static char *text_of(const value *v)
{
    buf out = {0};
    if (value_is(v, VALUE_INT)) {
        buf_fmt(&out, "%" PRId64, v->as.integer);
    } else if (value_is(v, VALUE_TEXT)) {
        const char *text = v->as.text.bytes + strspn(v->as.text.bytes, " \t");
        size_t len = strlen(text);
        while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
            len--;
        buf_add(&out, text, len);
    }
    return buf_take(&out);
}

static bool no_id(err *e)
{
    err_set(e, ERR_BAD_DATA, "the row has no id, and no slug, title or name to make one from");
    return err_hint(e, "give it an id");
}

static bool slug_from_names(const value *row, const char *kind, row_plan *out, err *e)
{
    static const char *const NAMES[] = {"slug", "title", "name"};
    buf slug = {0};
    for (size_t i = 0; slug.len == 0 && i < 3; i++) {
        char *text = text_of(value_get(row, NAMES[i]));
        if (text)
            text_slug(&slug, text, strlen(text));
        free(text);
    }
    if (slug.len > 0) {
        buf id = {0};
        buf_fmt(&id, "%s/%s", kind, buf_text(&slug));
        out->id = buf_take(&id);
        out->made_id = true;
    }
    buf_free(&slug);
    return out->made_id || no_id(e);
}

/* "slug" or "kind/slug"; the kind before the slash must be the row's own when it names one. */
static bool read_id(const value *row, const import_options *o, row_plan *out, err *e)
{
    bool ok = false;
    char *id = text_of(value_get(row, "id")), *own = text_of(value_get(row, "kind"));
    const char *slash = id ? strchr(id, '/') : NULL;
    char *front = slash ? mem_copy(id, (size_t)(slash - id)) : NULL;
    const char *kind = front ? front : own && own[0] ? own : o->kind;
    if (!kind) {
        err_set(e, ERR_BAD_DATA, "the row does not say its kind");
        err_hint(e, "give every row a kind, or name one with --kind");
        goto done;
    }
    if (front && own && own[0] && strcmp(own, front) != 0) {
        err_set(e, ERR_BAD_DATA, "the id \"%.120s\" is not of the kind \"%.40s\"", id, own);
        goto done;
    }
    if (id && id[0]) {
        buf whole = {0};
        buf_fmt(&whole, "%s%s%s", slash ? "" : kind, slash ? "" : "/", id);
        out->id = buf_take(&whole);
    } else if (!slug_from_names(row, kind, out, e)) {
        goto done;
    }
    ok = store_check_id(out->id, e) && check_kind(o, kind, e);
done:
    free(id);
    free(own);
    free(front);
    return ok;
}

static bool bad_claim(err *e, const char *what)
{
    err_set(e, ERR_BAD_DATA, "%s", what);
    return err_hint(e, "claims are a list of {\"field\", \"value\", \"source\", \"place\"}");
}

static bool check_claim(const value *c, err *e)
{
    static const char *const TEXTS[] = {"source", "place", "date", "settled", "withdrawn"};
    const char *field = value_get_str(c, "field", NULL);
    if (!field || !value_get(c, "value"))
        return bad_claim(e, "a claim has no field or no value");
    for (size_t i = 0; i < 5; i++) {
        const value *v = value_get(c, TEXTS[i]);
        if (v && !value_is(v, VALUE_NIL) && !value_is(v, VALUE_TEXT))
            return bad_claim(e, "a claim's source, place, date, settled and withdrawn are texts");
    }
    return true;
}

static void add_claim(const value *c, row_plan *out)
{
    value fields = value_map();
    const char *field = value_get_str(c, "field", "");
    value_add(&fields, field, value_copy(value_get(c, "value")));
    value_push(&out->parts, fields);
    out->list[out->count++] = (statement){.id = out->id,
                                          .source = value_get_str(c, "source", NULL),
                                          .place = value_get_str(c, "place", NULL),
                                          .date = value_get_str(c, "date", NULL),
                                          .settled = value_get_str(c, "settled", NULL),
                                          .withdrawn = value_get_str(c, "withdrawn", NULL)};
}

static bool read_claims(const value *claims, row_plan *out, value *covered, err *e)
{
    if (claims && !value_is(claims, VALUE_NIL) && !value_is(claims, VALUE_LIST))
        return bad_claim(e, "the claims are not a list");
    for (size_t i = 0; value_is(claims, VALUE_LIST) && i < value_len(claims); i++) {
        const value *c = value_at(claims, i);
        if (!value_get(c, "field") && value_is(value_get(c, "withdrawn"), VALUE_TEXT) &&
            strncmp(out->id, "source/", 7) == 0) {
            out->withdrawn = value_get_str(c, "withdrawn", NULL);
            continue;
        }
        if (!check_claim(c, e))
            return false;
        value_set(covered, value_get_str(c, "field", ""), value_bool(true));
        add_claim(c, out);
    }
    return true;
}

/* What no claim covers is stated by --source, or is the actor's own word. */
static void read_rest(const value *row, const import_options *o, const value *covered,
                      row_plan *out)
{
    value fields = value_map();
    for (size_t i = 0; i < row->as.map.len; i++) {
        const value_entry *field = &row->as.map.items[i];
        if (!check_is_reserved(field->key) && !value_get(covered, field->key))
            value_add(&fields, field->key, value_copy(&field->value));
    }
    value_push(&out->parts, fields);
    out->list[out->count++] = (statement){.id = out->id, .source = o->source};
}

bool row_read(const value *row, const import_options *o, row_plan *out, err *e)
{
    *out = (row_plan){.parts = value_list()};
    if (!value_is(row, VALUE_MAP))
        return err_set(e, ERR_BAD_DATA, "the row is not an object but a %s",
                       value_type_name(row->type));
    const value *claims = value_get(row, "claims");
    value covered = value_map();
    size_t most = value_is(claims, VALUE_LIST) ? value_len(claims) + 1 : 1;
    out->list = mem_zero(most, sizeof *out->list);
    bool ok = read_id(row, o, out, e) && read_claims(claims, out, &covered, e);
    if (ok) {
        read_rest(row, o, &covered, out);
        for (size_t i = 0; i < out->count; i++) /* now that the list moves no more */
            out->list[i].fields = value_at(&out->parts, i);
    }
    value_free(&covered);
    return ok;
}

static bool has_claim(store *st, const char *id, const char *field, const char *source, bool *out,
                      err *e)
{
    claim_set claims = {0};
    bool ok = claim_set_load(st, id, &claims, e);
    *out = ok && claim_set_find(&claims, field, source);
    claim_set_free(&claims);
    return ok;
}

/* What people decided about its claims; *any when that was news. */
static bool settle(store *st, const row_plan *p, bool *any, err *e)
{
    int64_t before = 0, after = 0;
    if (!event_head(st, &before, e))
        return false;
    for (size_t i = 0; i < p->count; i++) {
        const statement *s = &p->list[i];
        bool live = false;
        if (!s->settled)
            continue;
        const char *field = s->fields->as.map.items[0].key;
        if (s->withdrawn && !has_claim(st, p->id, field, s->source, &live, e))
            return false;
        if (s->withdrawn && !live ? !settle_withdrawn(st, s, e)
                                  : !store_settle(st, p->id, field, s->source, s->settled, e))
            return false;
    }
    *any = event_head(st, &after, e) && after > before;
    return true;
}

/* Claims and decisions: all or nothing. */
bool row_put(store *st, const row_plan *p, bool sources_follow, put_outcome *outcome, err *e)
{
    bool settled = false, any = false;
    for (size_t i = 0; i < p->count; i++)
        settled = settled || p->list[i].settled;
    if (!settled)
        return put_statements(st, p->list, p->count, sources_follow, outcome, e);
    if (!store_begin(st, e))
        return false;
    if (!put_statements(st, p->list, p->count, sources_follow, outcome, e) ||
        !settle(st, p, &any, e)) {
        store_rollback(st);
        return false;
    }
    if (any && *outcome == PUT_SAME)
        *outcome = PUT_CHANGED;
    return store_commit(st, e);
}
