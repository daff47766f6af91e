#include "store/import.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/import_parts.h"
#include "store/seen.h"
#include "store/settle.h"

enum { BATCH_ROWS = 500, BATCH_MS = 1000, LATE_ROWS = 100000 };

/* A row whose source comes later in the file. */
typedef struct late_row {
    value row;
    int64_t line;
    bool hopeless;
} late_row;

struct importer {
    store *st;
    const import_options *o;
    const char *name;
    input *in;
    import_report report;
    import_report safe; /* as it was at the last commit */
    seen *ids;
    value unknown;   /* for import_unknown.c */
    value withdrawn; /* for import_withdrawn.c */
    late_row *late;
    size_t late_count;
    bool begun; /* a transaction is open */
    int64_t batch_rows, batch_began_ms;
};

const import_options *importer_options(const importer *im)
{
    return im->o;
}

const char *importer_name(const importer *im)
{
    return im->name;
}

static bool is_fatal(err_code code)
{
    return code == ERR_UNAVAILABLE || code == ERR_BUG;
}

static void bad_row(importer *im, int64_t line, const err *why)
{
    im->report.bad++;
    if (!im->o->bad_row)
        return;
    err shown = *why;
    char place[32];
    snprintf(place, sizeof place, ":%" PRId64, line);
    /* A reader that knows the column has said so. */
    if (!strstr(shown.where, place) && store_check_id(shown.where, NULL) &&
        !strstr(shown.message, shown.where))
        err_prefix(&shown, "%s: ", why->where);
    if (!strstr(shown.where, place))
        err_where(&shown, "%s%s", im->name, place);
    im->o->bad_row(im->o->ctx, &shown);
}

static bool all_or_none(const importer *im)
{
    return im->o->atomic || im->o->dry_run;
}

static bool commit(importer *im, err *e)
{
    if (!im->begun)
        return true;
    im->begun = false;
    bool keep = !im->o->dry_run && !(im->o->atomic && im->report.bad > 0);
    if (!keep)
        store_rollback(im->st);
    else if (!store_commit(im->st, e))
        return false;
    if (!keep && im->o->atomic && im->report.bad > 0)
        im->report.created = im->report.changed = im->report.same = 0;
    if (keep)
        im->safe = im->report;
    int64_t safe = im->safe.created + im->safe.changed + im->safe.same;
    if (im->o->progress)
        im->o->progress(im->o->ctx, safe, input_bytes_done(im->in), input_bytes_all(im->in));
    return true;
}

static bool begin(importer *im, err *e)
{
    if (im->begun)
        return true;
    im->begun = store_begin(im->st, e);
    im->batch_rows = 0;
    im->batch_began_ms = clock_monotonic_ms();
    return im->begun;
}

static bool commit_when_due(importer *im, err *e)
{
    im->batch_rows++;
    if (im->batch_rows < BATCH_ROWS && clock_monotonic_ms() - im->batch_began_ms < BATCH_MS)
        return true;
    if (!all_or_none(im))
        return commit(im, e);
    if (im->o->progress)
        im->o->progress(im->o->ctx, 0, input_bytes_done(im->in), input_bytes_all(im->in));
    im->batch_rows = 0;
    im->batch_began_ms = clock_monotonic_ms();
    return true;
}

static bool used_before(importer *im, const row_plan *p, int64_t line, err *e)
{
    int64_t first = seen_add(im->ids, p->id, line);
    if (first == 0)
        return false;
    err_set(e, ERR_BAD_DATA, "the id %s is used twice in this file, first at line %" PRId64, p->id,
            first);
    if (p->made_id)
        err_hint(e, "it was made from the title or name: give the rows an id");
    return true;
}

static bool put(importer *im, const row_plan *p, bool sources_follow, err *e)
{
    put_outcome outcome = PUT_SAME;
    if (!row_put(im->st, p, sources_follow, &outcome, e) ||
        !unknown_note(im->st, p, &im->unknown, e))
        return false;
    withdrawn_note(p, &im->withdrawn);
    im->report.created += outcome == PUT_CREATED;
    im->report.changed += outcome == PUT_CHANGED;
    im->report.same += outcome == PUT_SAME;
    return true;
}

/* Whether a source of the row is a record that isn't there, and not the row itself. */
static bool lacks_source(importer *im, const row_plan *p, const char **which, bool *lacks, err *e)
{
    *lacks = false;
    for (size_t i = 0; i < p->count && !*lacks; i++) {
        const char *source = p->list[i].source;
        if (!source || strncmp(source, "source/", 7) != 0 || strcmp(source, p->id) == 0 ||
            (i > 0 && p->list[i - 1].source && strcmp(source, p->list[i - 1].source) == 0))
            continue;
        bool there = false;
        if (!store_exists(im->st, source, &there, e))
            return false;
        *lacks = !there;
        *which = source;
    }
    return true;
}

static bool keep_for_later(importer *im, value *row, int64_t line, err *e)
{
    if (im->late_count == LATE_ROWS) {
        err_set(e, ERR_LIMIT, "too many rows come before their source");
        return err_hint(e, "put the records of kind source first");
    }
    im->late = mem_grow(im->late, im->late_count + 1, sizeof *im->late);
    im->late[im->late_count++] = (late_row){.row = *row, .line = line};
    *row = value_nil();
    return true;
}

static bool take(importer *im, value *row, int64_t line, err *e)
{
    row_plan p = {0};
    const char *source = NULL;
    bool lacks = false;
    bool ok = row_read(row, im->o, &p, e) && !used_before(im, &p, line, e);
    if (ok) {
        ok = lacks_source(im, &p, &source, &lacks, e) &&
             (lacks ? keep_for_later(im, row, line, e) : put(im, &p, false, e));
        if (!ok)
            seen_drop(im->ids, p.id);
    }
    row_free(&p);
    return ok;
}

bool importer_row(importer *im, value *row, int64_t line, err *e)
{
    err why = {0};
    bool ok = begin(im, e);
    if (ok) {
        im->report.rows++;
        if (!take(im, row, line, &why)) {
            ok = !is_fatal(why.code);
            if (ok)
                bad_row(im, line, &why);
            else
                err_copy(e, &why);
        }
        ok = ok && commit_when_due(im, e);
    }
    value_free(row);
    return ok;
}

bool importer_unread(importer *im, int64_t line, const err *why, err *e)
{
    if (!begin(im, e))
        return false;
    im->report.rows++;
    bad_row(im, line, why);
    return commit_when_due(im, e);
}

/* A source that isn't there may still come among the late rows, which may need each other in a
 * circle. */
static bool has_hope(importer *im, const row_plan *p, err *e)
{
    for (size_t i = 0; i < p->count; i++) {
        const char *source = p->list[i].source;
        bool there = !source || strcmp(source, p->id) == 0 || seen_has(im->ids, source);
        if (!there && !store_exists(im->st, source, &there, e))
            return false;
        if (!there) {
            store_missing(im->st, source, e);
            return err_prefix(e, "the source isn't known: ");
        }
    }
    return true;
}

/* Whether `late` was, with `only_check`: can be, put. Bad rows are reported. */
static bool take_late(importer *im, late_row *late, bool only_check, bool *dropped, err *e)
{
    row_plan p = {0};
    err why = {0};
    bool ok = row_read(&late->row, im->o, &p, &why) && has_hope(im, &p, &why);
    bool is_source = ok && strncmp(p.id, "source/", 7) == 0;
    if (ok && !only_check)
        ok = put(im, &p, is_source, &why);
    *dropped = !ok;
    if (!ok) {
        late->hopeless = true;
        seen_drop(im->ids, p.id ? p.id : "");
        if (!is_fatal(why.code))
            bad_row(im, late->line, &why);
        else
            err_copy(e, &why);
    }
    row_free(&p);
    return ok || !is_fatal(why.code);
}

static bool is_source_row(const late_row *late, const import_options *o)
{
    row_plan p = {0};
    bool yes = row_read(&late->row, o, &p, NULL) && strncmp(p.id, "source/", 7) == 0;
    row_free(&p);
    return yes;
}

static bool finish_late(importer *im, err *e)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < im->late_count; i++) {
            bool dropped = false;
            if (!im->late[i].hopeless && !take_late(im, &im->late[i], true, &dropped, e))
                return false;
            again = again || dropped;
        }
    }
    for (int sources = 1; sources >= 0; sources--) {
        for (size_t i = 0; i < im->late_count; i++) {
            bool dropped = false;
            if (im->late[i].hopeless || is_source_row(&im->late[i], im->o) != (sources == 1))
                continue;
            if (!begin(im, e) || !take_late(im, &im->late[i], false, &dropped, e) ||
                !commit_when_due(im, e))
                return false;
        }
    }
    return true;
}

static bool withdraw_sources(importer *im, err *e)
{
    return value_len(&im->withdrawn) == 0 ||
           (begin(im, e) && withdrawn_do(im->st, &im->withdrawn, e));
}

static bool check_is_text(const importer *im, const char *text, size_t len, err *e)
{
    const char *zero = len ? memchr(text, 0, len) : NULL;
    if (len >= 4 && memcmp(text, "PK\x03\x04", 4) == 0) {
        err_set(e, ERR_BAD_DATA, "this is a spreadsheet or a zip file, not text");
        err_hint(e, "save the sheet as CSV (UTF-8) and import that");
    } else if (len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0)) {
        err_set(e, ERR_BAD_DATA, "this text is in UTF-16");
        err_hint(e, "save it as UTF-8");
    } else if (zero) {
        err_set(e, ERR_BAD_DATA, "this is not text: byte %zu is zero", (size_t)(zero - text) + 1);
        err_hint(e, "import reads JSON, JSONL and CSV");
    } else {
        return true;
    }
    return err_where(e, "%s", im->name);
}

static bool check_source(store *st, const import_options *o, err *e)
{
    bool there = true;
    if (!o->source)
        return true;
    if (strncmp(o->source, "source/", 7) != 0) {
        err_set(e, ERR_USAGE, "%s is not a source", o->source);
        return err_hint(e, "a source is a record of kind source, as in source/defensie-2026-02");
    }
    return store_exists(st, o->source, &there, e) && (there || store_missing(st, o->source, e)) &&
           withdraw_check(st, o->source, e);
}

static bool read_all(importer *im, err *e)
{
    size_t len = 0;
    const char *text = input_peek(im->in, &len);
    if (!check_is_text(im, text, len, e))
        return false;
    bool ok = false;
    switch (input_format(im->o, text, len)) {
    case IMPORT_JSON:
        ok = import_json(im, im->in, e);
        break;
    case IMPORT_CSV:
        ok = import_csv(im, im->in, e);
        break;
    default:
        ok = import_jsonl(im, im->in, e);
    }
    return ok && input_good(im->in, e) && finish_late(im, e) && withdraw_sources(im, e) &&
           commit(im, e);
}

bool import_file(store *st, const import_options *o, import_report *report, err *e)
{
    importer im = {.st = st, .o = o, .name = strcmp(o->path, "-") == 0 ? "stdin" : o->path};
    if (!check_source(st, o, e) || !(im.in = input_open(o->path, e)))
        return false;
    im.ids = seen_new();
    im.unknown = value_map();
    im.withdrawn = value_map();
    bool ok = read_all(&im, e);
    unknown_tell(st, &im.unknown, o);
    value_free(&im.unknown);
    value_free(&im.withdrawn);
    if (im.begun)
        store_rollback(st);
    *report = ok ? im.report : im.safe;
    report->rows = im.report.rows;
    report->bad = im.report.bad;
    for (size_t i = 0; i < im.late_count; i++)
        value_free(&im.late[i].row);
    free(im.late);
    seen_free(im.ids);
    input_close(im.in);
    return ok;
}
