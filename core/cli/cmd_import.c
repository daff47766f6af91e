/* cmd_import.c: `polder import`: records in from JSON, JSONL and CSV; bad rows are named, good ones
 * kept. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/kinds_known.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/react.h"
#include "cli/report.h"
#include "host/absent.h"
#include "store/conflict.h"
#include "store/event.h"
#include "store/import.h"
#include "store/reference.h"

enum { MOST_LISTED = 1000 }; /* bad rows, and references, in the JSON document */
enum { MOST_SHOWN = 3 };     /* references, to people */

typedef struct bad_rows {
    cli *c;
    value listed; /* nil: people see them at once */
} bad_rows;

/* A kind that isn't there may be of a plugin that couldn't be loaded. */
static err told(cli *c, const err *why)
{
    err out = *why, ignored = {0};
    const host *h = why->code == ERR_BAD_DATA && strstr(why->message, "no plugin declares")
                        ? cli_host(c, &ignored)
                        : NULL;
    if (h)
        absent_hint(host_plugins(h), &out);
    return out;
}

/* People see a bad row at once, on stderr; a program gets them in the document. */
static void bad_row(void *ctx, const err *why)
{
    bad_rows *b = ctx;
    const err row_error = told(b->c, why);
    if (!value_is(&b->listed, VALUE_LIST)) {
        report_part(&row_error);
    } else if (value_len(&b->listed) < MOST_LISTED) {
        value row = value_map();
        value_add(&row, "message", value_text(row_error.message));
        value_add(&row, "where", value_text(row_error.where));
        value_add(&row, "hint", *row_error.hint ? value_text(row_error.hint) : value_nil());
        value_push(&b->listed, row);
    }
}

/* Not wrong, for data may be ahead of its kind; but it may be a typing error. */
static void unknown_field(void *ctx, const char *kind, const char *field, const char *nearest,
                          int64_t rows)
{
    (void)ctx;
    progress_clear();
    log_line(LOG_WARN, "the kind %s has no field \"%s\" (%lld row%s)%s%s%s; kept all the same",
             kind, field, (long long)rows, rows == 1 ? "" : "s", nearest ? "; did you mean \"" : "",
             nearest ? nearest : "", nearest ? "\"?" : "");
}

static void unknown_term(void *ctx, const char *field, const char *word, const char *nearest,
                         int64_t times)
{
    (void)ctx;
    progress_clear();
    log_line(LOG_WARN,
             "\"%s\" is not in the vocabulary of %s (%lld time%s)%s%s%s; kept all the same", word,
             field, (long long)times, times == 1 ? "" : "s", nearest ? "; did you mean \"" : "",
             nearest ? nearest : "", nearest ? "\"?" : "");
}

static void progress(void *ctx, int64_t rows_safe, int64_t bytes_done, int64_t bytes_all)
{
    (void)ctx;
    if (bytes_all > 0)
        progress_show("importing", bytes_done, bytes_all);
    else
        progress_show("rows imported:", rows_safe, 0);
}

static import_format format_of(const char *name)
{
    static const struct {
        const char *name;
        import_format format;
    } FORMATS[] = {{"json", IMPORT_JSON}, {"jsonl", IMPORT_JSONL}, {"csv", IMPORT_CSV}};
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
        if (strcmp(FORMATS[i].name, name) == 0)
            return FORMATS[i].format;
    return IMPORT_AUTO;
}

/* Rows that name their own kind may name one of a plugin that was added since: then the plugins are
 * loaded first. */
static bool read_kinds(cli *c, const char *kind, value *kinds, err *e)
{
    err why = {0};
    if (!kind && !cli_loaded(c, &why)) {
        err_prefix(&why, "kinds are those last known, for plugins can't be loaded: ");
        report_part(&why);
    }
    return kinds_known(c, kind, kinds, e);
}

static void add_report(import_report *total, const import_report *one)
{
    total->rows += one->rows;
    total->created += one->created;
    total->changed += one->changed;
    total->same += one->same;
    total->bad += one->bad;
}

/* What was imported and kept, and may not be what was meant: references to records that are not
 * there, for those may come, and one's own words beside what a better source states. */
typedef struct loose_ends {
    int64_t before, count; /* the log's head before the import; how many there are */
    value first;           /* {record, field, target} */
    int64_t outweighed;    /* values over which those of better sources stand */
    char *outweighed_in;   /* one of the records; NULL: none */
} loose_ends;

static void print_loose_ends(const loose_ends *l)
{
    buf text = {0};
    for (size_t i = 0; i < value_len(&l->first) && i < MOST_SHOWN; i++) {
        const value *row = value_at(&l->first, i);
        buf_fmt(&text, "%s%s from %s", i ? ", " : "", value_get_str(row, "target", ""),
                value_get_str(row, "record", ""));
    }
    if (l->count > 0)
        log_line(LOG_WARN, "%lld reference%s to records that are not there: %s%s",
                 (long long)l->count, l->count == 1 ? "" : "s", buf_text(&text),
                 l->count > MOST_SHOWN ? ", …" : "");
    buf_free(&text);
}

static void print_outweighed(const loose_ends *l)
{
    if (l->outweighed > 0)
        log_line(LOG_WARN,
                 "%lld %s not what stands, for a better source states otherwise, as of %s: `polder "
                 "conflicts` shows them",
                 (long long)l->outweighed,
                 text_plural(l->outweighed, "value that was read is", "values that were read are"),
                 l->outweighed_in);
}

static void print_report(const cli *c, const import_report *r, const import_options *o,
                         const loose_ends *l)
{
    const bad_rows *bad = o->ctx;
    if (c->json) {
        value document = value_map();
        value_add(&document, "rows", value_int(r->rows));
        value_add(&document, "created", value_int(r->created));
        value_add(&document, "changed", value_int(r->changed));
        value_add(&document, "same", value_int(r->same));
        value_add(&document, "bad", value_int(r->bad));
        value_add(&document, "bad_rows", value_copy(&bad->listed));
        value_add(&document, "missing", value_int(l->count));
        value_add(&document, "missing_references", value_copy(&l->first));
        value_add(&document, "outweighed", value_int(l->outweighed));
        value_add(&document, "dry_run", value_bool(o->dry_run));
        out_json(&document);
        value_free(&document);
        return;
    }
    const char *nothing = o->dry_run            ? "; nothing written (--dry-run)"
                          : o->atomic && r->bad ? "; nothing written (--atomic)"
                                                : "";
    out_fmt("%lld row%s: %lld created, %lld changed, %lld the same, %lld bad%s\n",
            (long long)r->rows, r->rows == 1 ? "" : "s", (long long)r->created,
            (long long)r->changed, (long long)r->same, (long long)r->bad, nothing);
    print_loose_ends(l);
    print_outweighed(l);
}

/* With --atomic all files are one change. */
static bool import_all(cli *c, store *st, import_options *o, import_report *total, err *e)
{
    bool ok = true;
    bool as_one = o->atomic && !o->dry_run && c->args.words_len > 1;
    if (as_one && !store_begin(st, e))
        return false;
    for (size_t i = 0; ok && i < c->args.words_len; i++) {
        import_report one = {0};
        o->path = args_word(&c->args, i);
        ok = import_file(st, o, &one, e);
        progress_clear();
        add_report(total, &one);
    }
    if (as_one && ok && total->bad == 0)
        return store_commit(st, e);
    if (as_one)
        store_rollback(st);
    return ok;
}

static bool judge(const import_options *o, const import_report *total, err *e)
{
    if (total->bad == 0)
        return true;
    bool none = o->atomic || total->bad == total->rows;
    err_set(e, none ? ERR_BAD_DATA : ERR_PARTIAL, "%lld of %lld row%s %s bad; %s",
            (long long)total->bad, (long long)total->rows, total->rows == 1 ? "" : "s",
            total->bad == 1 ? "is" : "are",
            o->dry_run ? "nothing was written"
            : none     ? "none was imported"
                       : "the others are imported");
    return err_hint(e, "mend the rows named above and import again: rows that are the same are "
                       "left alone");
}

static bool exec(cli *c, err *e)
{
    value kinds = value_nil();
    bad_rows bad = {c, c->json ? value_list() : value_nil()};
    import_report total = {0};
    loose_ends loose = {.first = value_list()};
    import_options o = {
        .ctx = &bad,
        .kind = args_text(&c->args, "kind"),
        .format = format_of(args_text(&c->args, "format")),
        .source = args_text(&c->args, "source"),
        .dry_run = args_flag(&c->args, "dry-run"),
        .atomic = args_flag(&c->args, "atomic"),
        .bad_row = bad_row,
        .progress = progress,
        .unknown_field = unknown_field,
        .unknown_term = unknown_term,
    };
    store *st = cli_writer(c, e);
    bool ok = st && read_kinds(c, o.kind, &kinds, e);
    o.kinds = value_len(&kinds) ? &kinds : NULL;
    ok = ok && event_head(st, &loose.before, e) && import_all(c, st, &o, &total, e);
    if (ok) {
        value_free(&loose.first);
        ok = reference_missing(st, loose.before, MOST_LISTED, &loose.count, &loose.first, e) &&
             store_outweighed(st, loose.before, &loose.outweighed, &loose.outweighed_in, e);
    }
    if (ok ||
        (total.rows && !o.atomic)) /* a file that can't be read doesn't undo those before it */
        print_report(c, &total, &o, &loose);
    ok = ok && judge(&o, &total, e);
    value_free(&kinds);
    value_free(&bad.listed);
    value_free(&loose.first);
    free(loose.outweighed_in);
    return ok && out_ok(e);
}

static const option OPTIONS[] = {
    {.name = "kind",
     .type = OPTION_TEXT,
     .value_name = "KIND",
     .help = "kind of rows that don't say theirs"},
    {.name = "format",
     .type = OPTION_ENUM,
     .value_name = "FORMAT",
     .choices = "auto|json|jsonl|csv",
     .otherwise = "auto",
     .help = "what the files are"},
    {.name = "source",
     .type = OPTION_TEXT,
     .value_name = "ID",
     .help =
         "the source record that states these rows; else they are your own word (`polder put`)"},
    {.name = "dry-run", .type = OPTION_FLAG, .help = "check everything, write nothing"},
    {.name = "atomic", .type = OPTION_FLAG, .help = "write nothing when one row is bad"},
    OPTION_NO_HANDLERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_import = {
    .name = "import",
    .usage = "FILE…",
    .summary = "records in, from JSON, JSONL or CSV",
    .help =
        "Reads each FILE (\"-\" is stdin). Every bad row is reported with its file and line; the "
        "good ones are kept, unless --atomic is given. A row that is in the store as it is changes "
        "nothing, so importing twice is harmless. Values must be what their kind declares; a field "
        "that it doesn't declare is kept and named, and so is a reference to a record that is not "
        "there.\n"
        "CSV: money as EUR 1200 or € 1.200,50, dates as 2026-02-23 or 23-2-2026, several values in "
        "a cell with ; or | between them.\n"
        "Exit code 1: some rows were bad; 3: all of them, or one with --atomic.",
    .example = "polder import companies.csv --kind organisation --dry-run\n"
               "polder import records.jsonl --atomic",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = -1,
    .exec = exec,
};
