/* embed.c: a program of somebody else's, which knows nothing of Polder but the installed polder.h:
 * `embed HOME SCORECARD DEMAND` writes, reads, searches and matches in a workspace, and says how
 * each went. Exit code 0 when all went as polder.h promises. */
#include <polder.h>
#include <stdio.h>
#include <string.h>

static int failures;

static void expect(bool right, const char *what, const polder_error *e)
{
    printf("%s: %s\n", right ? "ok" : "FAILED", what);
    if (right)
        return;
    failures++;
    printf("  %s: %s %s (%s)\n", polder_error_code(e), polder_error_message(e),
           polder_error_where(e), polder_error_hint(e));
}

static bool holds(const char *text, const char *part)
{
    return text && strstr(text, part);
}

static void writes_and_reads(polder *p, polder_error *e)
{
    polder_outcome outcome = POLDER_SAME;
    expect(polder_put(p, "source/embed", "{\"title\":\"A test program\",\"reliability\":\"B\"}",
                      NULL, NULL, &outcome, NULL, e) &&
               outcome == POLDER_CREATED,
           "a record that is not there is created", e);
    const char *fields = "{\"title\":\"Proef\",\"trl\":7}";
    expect(polder_put(p, "solution/embed", fields, "source/embed", "line 1", &outcome, NULL, e) &&
               outcome == POLDER_CREATED,
           "a source states something about a record", e);
    expect(polder_put(p, "solution/embed", fields, "source/embed", "line 1", &outcome, NULL, e) &&
               outcome == POLDER_SAME,
           "stating it again changes nothing", e);
    char *record = polder_get(p, "solution/embed", e);
    expect(holds(record, "\"id\":\"solution/embed\"") && holds(record, "\"trl\":7"),
           "a record is read as it was written", e);
    polder_text_free(record);
    record = polder_get_as_of(p, "source/embed", "2999-01-01", e);
    expect(holds(record, "\"id\":\"source/embed\""), "what is known now will be then", e);
    polder_text_free(record);
    record = polder_get_as_of(p, "agreement/defence-innovation-partnership", "3", e);
    expect(!record && !strcmp(polder_error_code(e), "not_found"),
           "what wasn't there yet is not_found in the past", e);
}

static void fails_with_reasons(polder *p, polder_error *e)
{
    expect(!polder_get(p, "solution/no-such-thing", e) &&
               !strcmp(polder_error_code(e), "not_found") && polder_error_exit(e) == 4,
           "a record that is not there is not_found", e);
    expect(!polder_put(p, "solution/embed", "{\"title\":", NULL, NULL, NULL, NULL, e) &&
               !strcmp(polder_error_code(e), "bad_data") && *polder_error_where(e),
           "broken JSON is bad_data, with its place", e);
    expect(!polder_put(p, "solution/embed", "[]", NULL, NULL, NULL, NULL, e) &&
               *polder_error_message(e),
           "fields that are no object are refused", e);
    expect(!polder_get(p, "solution/no-such-thing", NULL), "a program need not ask why", e);
    polder_match_options none = {.size = sizeof none};
    expect(!polder_match(p, &none, e) && !strcmp(polder_error_code(e), "usage"),
           "a match without a scorecard is refused", e);
}

struct seen {
    int rows, most;
    bool right;
};

static bool see(void *ctx, const char *record, size_t len)
{
    struct seen *s = ctx;
    s->right = s->right && len == strlen(record) && holds(record, "\"kind\":\"solution\"");
    return ++s->rows < s->most;
}

static void queries(polder *p, polder_error *e)
{
    struct seen all = {.most = 1000, .right = true}, two = {.most = 2, .right = true};
    polder_query_options o = {
        .size = sizeof o, .kind = "solution", .where = "trl == 7", .order = "-trl"};
    expect(polder_query(p, &o, see, &all, NULL, e) && all.rows > 0 && all.right,
           "a query gives each record to the program", e);
    o = (polder_query_options){.size = sizeof o, .kind = "solution", .limit = 3};
    expect(polder_query(p, &o, see, &two, NULL, e) && two.rows == 2,
           "the program may end a query early", e);
    o.where = "trl >=";
    expect(!polder_query(p, &o, see, &all, NULL, e) && *polder_error_message(e),
           "a broken condition is refused", e);
}

static int count_all(polder *p, polder_error *e)
{
    struct seen all = {.most = 1 << 20, .right = true};
    polder_query_options o = {.size = sizeof o, .kind = "solution", .order = "title"};
    return polder_query(p, &o, see, &all, NULL, e) && all.right ? all.rows : -1;
}

static void pages(polder *p, polder_error *e)
{
    struct seen s = {.most = 1 << 20, .right = true};
    polder_query_options o = {.size = sizeof o, .kind = "solution", .order = "title", .limit = 7};
    char *after = NULL;
    bool ok = true;
    do {
        char *next = NULL;
        o.after = after;
        ok = polder_query(p, &o, see, &s, &next, e);
        polder_text_free(after);
        after = next;
    } while (ok && after);
    expect(ok && s.right && s.rows > 7 && s.rows == count_all(p, e),
           "pages behind each other give every record once", e);
}

/* Of what is put and not what it may seem. */
static void notes(polder *p, polder_error *e)
{
    char *told = NULL;
    expect(polder_put(p, "solution/embed", "{\"titel\":\"Proef\"}", NULL, NULL, NULL, &told, e) &&
               holds(told, "\"note\":\"undeclared_field\",\"field\":\"titel\""),
           "a field that the kind lacks is kept, and told", e);
    polder_text_free(told);
    told = NULL;
    expect(
        polder_put(p, "solution/embed", "{\"titel\":null,\"trl\":3}", NULL, NULL, NULL, &told, e) &&
            holds(told, "\"note\":\"outweighed\",\"field\":\"trl\"") &&
            holds(told, "\"source\":\"source/embed\""),
        "an own word that a better source outweighs is told", e);
    polder_text_free(told);
}

static bool see_any(void *ctx, const char *row, size_t len)
{
    struct seen *s = ctx;
    s->right = s->right && len == strlen(row);
    return ++s->rows < s->most;
}

/* After notes(): source/embed says 7 of solution/embed's trl, and the program 3. */
static void decides(polder *p, polder_error *e)
{
    struct seen all = {.most = 1000, .right = true};
    char *text = polder_claims(p, "solution/embed", NULL, e);
    expect(holds(text, "\"source\":\"source/embed\",\"place\":\"line 1\"") &&
               holds(text, "\"source\":null"),
           "claims are told with source and place", e);
    polder_text_free(text);
    expect(polder_conflicts(p, "solution/embed", see_any, &all, e) && all.rows == 1 && all.right,
           "a disagreement is told", e);
    expect(polder_settle(p, "solution/embed", "trl", NULL, "measured", e), "it is settled", e);
    text = polder_get(p, "solution/embed", e);
    expect(holds(text, "\"trl\":3"), "what was decided stands", e);
    polder_text_free(text);
    expect(polder_unsettle(p, "solution/embed", "trl", "measured wrongly", e), "and undone", e);
    text = polder_withdraw(p, "source/embed", "it was a test", e);
    expect(holds(text, "\"records\":[{\"id\":\"solution/embed\",\"fields\":{"),
           "a source is withdrawn, and what rested on it follows", e);
    polder_text_free(text);
    text = polder_restore(p, "source/embed", "it is no more", e);
    expect(holds(text, "\"trl\":7"), "it comes back", e);
    polder_text_free(text);
}

static void proves(polder *p, polder_error *e)
{
    bool whole = false;
    struct seen all = {.most = 1 << 20, .right = true}, one = {.most = 1, .right = true};
    polder_events_options o = {.size = sizeof o, .subject = "solution/embed"};
    expect(polder_events(p, &o, see_any, &all, e) && all.rows > 3 && all.right,
           "a record's history is read from the log", e);
    o = (polder_events_options){.size = sizeof o, .type = "source.withdrawn"};
    expect(polder_events(p, &o, see_any, &one, e) && one.rows == 1, "and events of a type", e);
    expect(polder_put(p, "person/embed", "{\"name\":\"An Voorbeeld\"}", NULL, NULL, NULL, NULL, e),
           "a person is written", e);
    char *text = polder_forget(p, "person/embed", "a test", e);
    expect(holds(text, "{\"id\":\"person/embed\""), "and forgotten", e);
    polder_text_free(text);
    text = polder_verify(p, NULL, NULL, &whole, e);
    expect(whole && holds(text, "\"bad_seq\":null"), "the store is as it was written", e);
    polder_text_free(text);
}

static bool find(void *ctx, const char *record, size_t len)
{
    (void)len;
    *(bool *)ctx = holds(record, "\"id\":\"solution/embed\"") && holds(record, "\"snippet\":");
    return false;
}

static void searches(polder *p, polder_error *e)
{
    bool found = false;
    struct seen s = {.most = 1000, .right = true};
    char *next = NULL, *end = NULL;
    polder_search_options o = {
        .size = sizeof o, .text = "kwikstaartproef", .kind = "solution", .limit = 1};
    const char *fields = "{\"title\":\"Kwikstaartproef\"}";
    expect(polder_put(p, "solution/embed", fields, "source/embed", NULL, NULL, NULL, e) &&
               polder_search(p, &o, find, &found, NULL, e) && found,
           "a search finds a record by a word of its title", e);
    expect(polder_put(p, "solution/embed-2", fields, "source/embed", NULL, NULL, NULL, e) &&
               polder_search(p, &o, see, &s, &next, e) && next,
           "a page of a search says where the next begins", e);
    o.after = next;
    expect(polder_search(p, &o, see, &s, &end, e) && !end && s.rows == 2 && s.right,
           "the next page has the rest", e);
    polder_text_free(next);
    char *kinds = polder_kinds(p, e);
    expect(holds(kinds, "\"name\":\"solution\"") && holds(kinds, "\"fields\":["),
           "the kinds that plugins declare are there", e);
    polder_text_free(kinds);
}

static void removes(polder *p, polder_error *e)
{
    char *naming = NULL;
    expect(polder_put(p, "organisation/embed", "{\"name\":\"Embed\"}", NULL, NULL, NULL, NULL, e) &&
               polder_put(p, "solution/embed", "{\"organisation\":\"organisation/embed\"}", NULL,
                          NULL, NULL, NULL, e) &&
               polder_delete(p, "organisation/embed", &naming, e) &&
               holds(naming, "\"record\":\"solution/embed\",\"field\":\"organisation\""),
           "a record that others name is deleted, and they are told", e);
    polder_text_free(naming);
    expect(polder_delete(p, "solution/embed", NULL, e) &&
               polder_delete(p, "solution/embed-2", NULL, e),
           "records are deleted", e);
    expect(!polder_get(p, "solution/embed", e) && !strcmp(polder_error_code(e), "not_found"),
           "a deleted record is not there", e);
}

static void matches(polder *p, const char *scorecard, const char *demand, polder_error *e)
{
    polder_match_options o = {.size = sizeof o,
                              .scorecard = scorecard,
                              .demands = &demand,
                              .demand_count = 1,
                              .top = 3,
                              .today = "2026-11-24"};
    char *document = polder_match(p, &o, e);
    expect(holds(document, "\"ranked\":[{\"rank\":1") && holds(document, demand) &&
               holds(document, "\"today\":\"2026-11-24\"") && holds(document, "\"rank\":3") &&
               !holds(document, "\"rank\":4"),
           "a match ranks the best solutions with reasons", e);
    expect(holds(document, "\"failed_rules\":[]"), "no rule failed", e);
    char *again = polder_match(p, &o, e);
    expect(document && again && !strcmp(document, again), "the same match gives the same bytes", e);
    polder_text_free(document);
    polder_text_free(again);
}

static void runs(polder *p, const char *scorecard, const char *demand, polder_error *e)
{
    polder_match_options o = {.size = sizeof o,
                              .scorecard = scorecard,
                              .demands = &demand,
                              .demand_count = 1,
                              .top = 3,
                              .keep = true};
    bool same = false;
    char *kept = polder_match(p, &o, e), *again = polder_replay(p, "last", &same, e);
    expect(holds(kept, "\"run\":\"run/") && holds(again, "\"differences\":[]") && same,
           "a run that was kept is repeated to the byte", e);
    char *moved = polder_compare(p, "last", "last", e);
    expect(holds(moved, "\"moves\":[]") && holds(moved, "\"same\":3"),
           "between a run and itself nothing moved", e);
    expect(!polder_replay(p, "run/none", NULL, e) && !strcmp(polder_error_code(e), "not_found"),
           "a run that isn't there can't be repeated", e);
    expect(!polder_compare(p, NULL, "last", NULL), "two runs are compared, not one", e);
    polder_text_free(kept);
    polder_text_free(again);
    polder_text_free(moved);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: embed HOME SCORECARD DEMAND\n", stderr);
        return 2;
    }
    polder_error *e = polder_error_new();
    printf("libpolder %s\n", polder_version());
    expect(!polder_open("/nowhere/at/all", NULL, e) && *polder_error_message(e),
           "a workspace that is not there is no workspace", e);
    polder *p = polder_open(argv[1], "embed", e);
    expect(p != NULL, "a workspace opens", e);
    if (p) {
        writes_and_reads(p, e);
        fails_with_reasons(p, e);
        notes(p, e);
        decides(p, e);
        proves(p, e);
        queries(p, e);
        pages(p, e);
        searches(p, e);
        matches(p, argv[2], argv[3], e);
        runs(p, argv[2], argv[3], e);
        removes(p, e);
    }
    polder_close(p);
    polder_error_free(e);
    return failures ? 1 : 0;
}
