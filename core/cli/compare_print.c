#include "cli/compare_print.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/table.h"

enum { RULES_SHOWN = 3, MOVES_SHOWN = 20, REASON_COLUMN = 4 };

/* As it was called after event `log`; one that was there before alone, after `before`. */
static void print_title(store *st, const value *demand, int64_t log, int64_t before)
{
    const char *id = value_get_str(demand, "demand", "");
    buf title = {0};
    match_title(st, id, log, &title);
    if (!title.len)
        match_title(st, id, before, &title);
    out_fmt("\n%s", out_styled(OUT_BOLD));
    out_safe(title.len ? buf_text(&title) : id);
    out_fmt("%s\n", out_styled(OUT_PLAIN));
    if (title.len)
        out_fmt("%s\n", id);
    buf_free(&title);
}

static void rank_text(char out[16], const value *place)
{
    int64_t rank = value_get_int(place, "rank", 0);
    if (rank)
        snprintf(out, 16, "%lld", (long long)rank);
    else
        snprintf(out, 16, "-");
}

static void score_text(char out[16], const value *place)
{
    const value *score = value_get(place, "score");
    if (score && !value_is(score, VALUE_NIL))
        snprintf(out, 16, "%.1f", value_as_double(score, 0));
    else
        snprintf(out, 16, "-");
}

/* "partnership/trl-margin +5.2, zeeland/port +3.9", else who passed it. */
static void why_text(const value *move, buf *out)
{
    const value *rules = value_get(move, "rules"), *by = value_get(move, "passed_by");
    const char *then = value_get_str(value_get(move, "was"), "gate", NULL),
               *now = value_get_str(value_get(move, "is"), "gate", NULL);
    if (then || now) {
        buf_fmt(out, now ? "kept out by %s" : "was kept out by %s", now ? now : then);
        return;
    }
    bool one_side = value_is(value_get(move, "by"), VALUE_NIL);
    for (size_t i = 0; i < value_len(rules) && i < RULES_SHOWN; i++)
        buf_fmt(out, one_side ? "%s%s %.1f" : "%s%s %+.1f", i ? ", " : "",
                value_get_str(value_at(rules, i), "rule", ""),
                one_side ? value_get_double(value_at(rules, i), "is", 0) +
                               value_get_double(value_at(rules, i), "was", 0)
                         : value_get_double(value_at(rules, i), "by", 0));
    if (value_len(rules) > RULES_SHOWN)
        buf_fmt(out, ", %zu more", value_len(rules) - RULES_SHOWN);
    if (value_len(rules) == 0 && value_len(by))
        buf_fmt(out, "passed by %s", value_str(value_at(by, 0), ""));
    int64_t more = (int64_t)value_len(by) - 1 + value_get_int(move, "passed_by_more", 0);
    if (value_len(rules) == 0 && more > 0)
        buf_fmt(out, " and %lld more", (long long)more);
}

static void print_move(const value *move)
{
    char ranks[2][16], scores[2][16];
    buf why = {0};
    rank_text(ranks[0], value_get(move, "was"));
    rank_text(ranks[1], value_get(move, "is"));
    score_text(scores[0], value_get(move, "was"));
    score_text(scores[1], value_get(move, "is"));
    out_fmt("%4s -> %-4s %5s -> %-5s  %-7s  ", ranks[0], ranks[1], scores[0], scores[1],
            value_get_str(move, "move", ""));
    out_safe(value_get_str(move, "solution", ""));
    out_str("\n");
    why_text(move, &why);
    if (why.len) {
        out_fmt("%*s", REASON_COLUMN, "");
        out_wrapped(buf_text(&why), REASON_COLUMN, REASON_COLUMN);
    }
    buf_free(&why);
}

static void print_moves(store *st, const value *document, const value *demand)
{
    const value *moves = value_get(demand, "moves");
    if (!value_len(moves))
        return;
    print_title(st, demand, value_get_int(value_get(document, "is"), "log", 0),
                value_get_int(value_get(document, "was"), "log", 0));
    out_fmt("%4s    %-4s %5s    %-5s  %-7s  solution, and what moved its score\n", "rank", "",
            "score", "", "");
    for (size_t i = 0; i < value_len(moves) && i < MOVES_SHOWN; i++)
        print_move(value_at(moves, i));
    if (value_len(moves) > MOVES_SHOWN)
        out_fmt("    and %zu more: --json shows all\n", value_len(moves) - MOVES_SHOWN);
}

static void print_side(const char *name, const value *side)
{
    out_fmt("%-4s %s  %s, today %s, log %lld\n", name, value_get_str(side, "run", "(not kept)"),
            value_get_str(side, "scorecard", ""), value_get_str(side, "today", ""),
            (long long)value_get_int(side, "log", 0));
}

static const char *version_in(const value *side)
{
    return value_get_str(side, "version", "-");
}

static void add_value(buf *text, const value *v, const char *empty)
{
    if (!v || value_is(v, VALUE_NIL) || (value_is(v, VALUE_LIST) && !value_len(v)))
        buf_str(text, empty);
    else
        json_write(text, v);
}

/* "name: 1 -> 2", behind so many spaces. */
static void print_change(const char *name, const value *row, const char *empty, size_t indent)
{
    buf text = {0};
    buf_fmt(&text, "%s: ", name);
    add_value(&text, value_get(row, "was"), empty);
    buf_str(&text, " -> ");
    add_value(&text, value_get(row, "is"), empty);
    out_wrapped(buf_text(&text), indent, 0);
    buf_free(&text);
}

static void print_plugins(const value *plugins)
{
    for (size_t i = 0; i < value_len(plugins); i++) {
        const value *one = value_at(plugins, i), *was = value_get(one, "was"),
                    *is = value_get(one, "is"), *settings = value_get(one, "changed_settings");
        bool files = strcmp(value_get_str(was, "hash", ""), value_get_str(is, "hash", "")) != 0;
        out_fmt("plugin %s: %s (%.8s) -> %s (%.8s)%s\n", value_get_str(one, "plugin", ""),
                version_in(was), value_get_str(was, "hash", "-"), version_in(is),
                value_get_str(is, "hash", "-"),
                value_get_bool(one, "settings", false)
                    ? files ? ", other files and settings" : ", other settings"
                    : "");
        for (size_t k = 0; k < value_len(settings); k++) {
            const value *setting = value_at(settings, k);
            print_change(value_get_str(setting, "setting", ""), setting, "none", 4);
        }
    }
}

static void print_counted(const value *row)
{
    buf text = {0};
    buf_fmt(&text,
            "texts counted as of event %lld, then as of event %lld: what each word weighs may have "
            "changed everywhere",
            (long long)value_get_int(row, "was", 0), (long long)value_get_int(row, "is", 0));
    out_wrapped(buf_text(&text), 2, 0);
    buf_free(&text);
}

/* A run of all demands names none of them. */
static void print_inputs(const value *inputs)
{
    for (size_t i = 0; i < value_len(inputs); i++) {
        const value *one = value_at(inputs, i);
        const char *name = value_get_str(one, "input", "");
        if (strcmp(name, "counted") == 0)
            print_counted(one);
        else
            print_change(name, one, strcmp(name, "demands") == 0 ? "all" : "none", 2);
    }
}

static void print_depth(const value *was, const value *is)
{
    int64_t a = value_get_int(was, "top", 0), b = value_get_int(is, "top", 0);
    if (a != b)
        out_fmt("  compared as deep as both go: the first %lld\n", (long long)(a < b ? a : b));
}

static void print_changed(const value *document)
{
    int64_t records = value_get_int(document, "records", 0);
    const value *changed = value_get(document, "changed");
    buf text = {0};
    if (!records)
        return;
    buf_fmt(&text, "%lld record%s changed: ", (long long)records, records == 1 ? "" : "s");
    for (size_t i = 0; i < value_len(changed) && i < 5; i++)
        buf_fmt(&text, "%s%s", i ? ", " : "", value_str(value_at(changed, i), ""));
    if (records > 5)
        buf_fmt(&text, ", %lld more", (long long)records - 5);
    out_wrapped(buf_text(&text), 2, 0);
    buf_free(&text);
}

/* Too many to be looked up show "-" as if they had no score. */
static void print_unasked(const value *document, const char *narrower)
{
    int64_t unasked = value_get_int(document, "unasked", 0);
    buf text = {0};
    if (!unasked)
        return;
    buf_fmt(&text,
            "%lld below a top %s not looked up: \"-\" there does not mean that %s kept out. %s",
            (long long)unasked, unasked == 1 ? "was" : "were", unasked == 1 ? "it is" : "they are",
            narrower);
    out_wrapped(buf_text(&text), 0, 0);
    buf_free(&text);
}

bool compare_print(cli *c, const value *document, err *e)
{
    store *st = cli_store(c, e);
    const value *demands = value_get(document, "demands");
    size_t moved = 0;
    if (!st)
        return false;
    print_side("was", value_get(document, "was"));
    print_side("is", value_get(document, "is"));
    print_inputs(value_get(document, "inputs"));
    print_depth(value_get(document, "was"), value_get(document, "is"));
    print_plugins(value_get(document, "plugins"));
    print_changed(document);
    for (size_t i = 0; i < value_len(demands) && out_ok(NULL); i++) {
        moved += value_len(value_get(value_at(demands, i), "moves")) > 0;
        print_moves(st, document, value_at(demands, i));
    }
    if (moved)
        out_str("\n");
    print_unasked(document, "Fewer: match with a lower --top or fewer demands.");
    out_fmt("%zu of %zu demand%s moved\n", moved, value_len(demands),
            value_len(demands) == 1 ? "" : "s");
    return out_ok(e);
}

/* The rules whose points differ most between the scorecards. */
static void differs_text(const value *solution, const value *cards, buf *out)
{
    const value *rules = value_get(solution, "rules"), *places = value_get(solution, "places");
    for (size_t i = 0; i < value_len(places); i++) {
        const char *gate = value_get_str(value_at(places, i), "gate", NULL);
        if (gate)
            buf_fmt(out, "%s%s: kept out by %s", out->len ? "; " : "",
                    value_str(value_at(cards, i), ""), gate);
    }
    for (int shown = 0; shown < RULES_SHOWN; shown++) {
        const value *best = NULL;
        double most = 0.05;
        for (size_t i = 0; i < value_len(rules); i++) {
            const value *adds = value_get(value_at(rules, i), "adds");
            double least = 1e9, largest = -1e9;
            for (size_t k = 0; k < value_len(adds); k++) {
                double points = value_as_double(value_at(adds, k), 0);
                least = points < least ? points : least;
                largest = points > largest ? points : largest;
            }
            const char *name = value_get_str(value_at(rules, i), "rule", "");
            if (largest - least > most && !strstr(buf_text(out), name)) {
                most = largest - least;
                best = value_at(rules, i);
            }
        }
        if (!best)
            return;
        const value *adds = value_get(best, "adds");
        buf_fmt(out, "%s%s", out->len ? "; " : "", value_get_str(best, "rule", ""));
        for (size_t k = 0; k < value_len(adds); k++)
            buf_fmt(out, value_is(value_at(adds, k), VALUE_NIL) ? "%s-" : "%s%.1f", k ? " / " : " ",
                    value_as_double(value_at(adds, k), 0));
    }
}

static void print_solution(const value *solution, const value *cards)
{
    const value *places = value_get(solution, "places");
    buf why = {0};
    for (size_t i = 0; i < value_len(places); i++) {
        char rank[16], score[16];
        rank_text(rank, value_at(places, i));
        score_text(score, value_at(places, i));
        out_fmt("%4s %6s  ", rank, score);
    }
    out_safe(value_get_str(solution, "solution", ""));
    out_str("\n");
    differs_text(solution, cards, &why);
    if (why.len) {
        out_fmt("%*s", REASON_COLUMN, "");
        out_wrapped(buf_text(&why), REASON_COLUMN, REASON_COLUMN);
    }
    buf_free(&why);
}

static void print_demand_cards(store *st, const value *demand, int64_t log, const value *cards)
{
    const value *solutions = value_get(demand, "solutions");
    print_title(st, demand, log, log);
    if (!value_len(solutions)) {
        out_str("no solution is ranked by any of them\n");
        return;
    }
    for (size_t i = 0; i < value_len(cards); i++)
        out_fmt("%c #  score   ", (int)('A' + i % 26));
    out_str("solution, and what its rules add there\n");
    for (size_t i = 0; i < value_len(solutions); i++)
        print_solution(value_at(solutions, i), cards);
}

/* Scorecards count alike, but those that look at no text. */
static void print_cards_counted(const value *counted)
{
    int64_t event = 0;
    for (size_t i = 0; i < value_len(counted); i++)
        event = value_as_int(value_at(counted, i), event);
    match_print_counted(event);
}

bool compare_print_cards(cli *c, const value *document, err *e)
{
    store *st = cli_store(c, e);
    const value *cards = value_get(document, "scorecards"),
                *demands = value_get(document, "demands");
    if (!st)
        return false;
    for (size_t i = 0; i < value_len(cards); i++)
        out_fmt("%c  %s\n", (int)('A' + i % 26), value_str(value_at(cards, i), ""));
    for (size_t d = 0; d < value_len(demands) && out_ok(NULL); d++)
        print_demand_cards(st, value_at(demands, d), value_get_int(document, "log", 0), cards);
    out_str(value_len(demands) ? "\n" : "no demands to match\n");
    print_unasked(document, "Fewer: with --demand or a lower --top.");
    out_fmt("today %s, log %lld\n", value_get_str(document, "today", ""),
            (long long)value_get_int(document, "log", 0));
    print_cards_counted(value_get(document, "counted"));
    return out_ok(e);
}
