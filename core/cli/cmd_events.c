/* cmd_events.c: `polder events`: the log, from the oldest event or from now on. */
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/event_row.h"
#include "cli/events_handlers.h"
#include "cli/out.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "store/event.h"

enum { POLL_MS = 200 };

typedef struct listing {
    rows *out;
    rows_format format;
    bool follow;
    int64_t last, left; /* seq of the last event shown; how many may follow, below 0: any number */
} listing;

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/* A table knows its widths at the end only: what is followed is printed by lines. */
static void print_line(const value *row)
{
    out_fmt("%6lld  %s  ", (long long)value_get_int(row, "seq", 0), value_get_str(row, "time", ""));
    static const char *const KEYS[] = {"actor", "type", "subject", "changes"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        out_safe(value_get_str(row, KEYS[i], ""));
        out_str(i + 1 < sizeof KEYS / sizeof *KEYS ? "  " : "\n");
    }
}

static bool show(void *ctx, const value *event, err *e)
{
    listing *l = ctx;
    value row = event_row(event, l->format == ROWS_TABLE);
    if (l->follow && l->format == ROWS_TABLE)
        print_line(&row);
    else
        rows_add(l->out, &row);
    value_free(&row);
    l->last = value_get_int(event, "seq", 0);
    l->left -= l->left > 0;
    return out_ok(e);
}

/* A store can be written by any process: it is asked again and again, which costs one look at an
 * index. */
static bool follow(store *st, event_filter *f, listing *l, err *e)
{
    static const struct timespec PAUSE = {.tv_nsec = POLL_MS * 1000000};
    const struct sigaction action = {.sa_handler = interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    while (!interrupted && l->left != 0) {
        int64_t head = 0;
        if (!event_head(st, &head, e))
            return false;
        if (head > f->since) {
            f->limit = l->left;
            if (!event_each(st, f, show, l, e))
                return false;
            f->since = l->last > head ? l->last : head;
            fflush(stdout);
        } else {
            nanosleep(&PAUSE, NULL);
        }
    }
    return true;
}

static bool check(const cli *c, const listing *l, err *e)
{
    if (!l->follow || l->format == ROWS_TABLE || l->format == ROWS_JSONL)
        return true;
    err_set(e, ERR_USAGE, "--follow has no end: it can't be printed as one document");
    return err_hint(e, c->json ? "ask for --format jsonl in place of --json"
                               : "ask for --format jsonl, or leave --format out");
}

static bool list(const cli *c, store *st, event_filter *f, listing *l, err *e)
{
    if (l->follow && !args_text(&c->args, "since") && !event_head(st, &f->since, e))
        return false;
    if (l->follow)
        return follow(st, f, l, e);
    if (!event_each(st, f, show, l, e))
        return false;
    rows_end(l->out, "no events");
    return true;
}

static bool exec(cli *c, err *e)
{
    const args *a = &c->args;
    if (args_word(a, 0))
        return events_handlers(c, e);
    listing l = {.format = rows_format_of(c),
                 .follow = args_flag(a, "follow"),
                 .left = args_text(a, "limit") ? args_int(a, "limit") : -1};
    event_filter f = {.since = args_int(a, "since"),
                      .type = args_text(a, "type"),
                      .subject = args_text(a, "subject"),
                      .limit = l.left};
    store *st = check(c, &l, e) ? cli_store(c, e) : NULL;
    if (!st)
        return false;
    size_t count = 0;
    const rows_column *columns = event_columns(l.format, &count);
    l.out = l.follow && l.format == ROWS_TABLE ? NULL : rows_new(l.format, columns, count);
    bool ok = list(c, st, &f, &l, e);
    rows_free(l.out);
    return ok && out_ok(e);
}

static const option OPTIONS[] = {
    {.name = "since",
     .type = OPTION_INT,
     .value_name = "SEQ",
     .minimum = 0,
     .maximum = INT64_MAX,
     .help = "only events later than this one"},
    {.name = "type",
     .type = OPTION_TEXT,
     .value_name = "GLOB",
     .help = "only events of these types, such as \"record.*\""},
    {.name = "subject",
     .type = OPTION_TEXT,
     .value_name = "ID",
     .help = "only events about this record or run"},
    {.name = "limit",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 0,
     .maximum = INT64_MAX,
     .help = "at most so many events"},
    {.name = "follow",
     .type = OPTION_FLAG,
     .help = "print new events as they come, until Ctrl-C; without --since only those"},
    OPTION_FORMAT_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_events = {
    .name = "events",
    .usage = "[waiting|parked|run|retry NR]",
    .summary = "the log: every change, oldest first",
    .help = "Lists the events of the log. Each has a number (seq), a time, who made it, its type, "
            "what it is about, and what changed. --format jsonl also gives data and hashes.\n"
            "waiting: which plugins' handlers have events still to handle: how many, since when, "
            "and why; parked: where they gave up after several tries; retry NR: try one again; "
            "run: let handlers do what is due now, which any command that changes something also "
            "does, and tell what still waits.",
    .example = "polder events --type 'record.*' --limit 20\n"
               "polder events --subject region/zeeland --format jsonl\n"
               "polder events waiting",
    .options = OPTIONS,
    .words_max = 2,
    .choices = "waiting|parked|run|retry",
    .exec = exec,
};
