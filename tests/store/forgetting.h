/* forgetting.h: what the tests of forget share: people with a past, and whether any byte of it is
 * left. */
#ifndef POLDER_TESTS_STORE_FORGETTING_H
#define POLDER_TESTS_STORE_FORGETTING_H

#include "support.h"

#include "base/file.h"
#include "base/text.h"
#include "store/forget.h"
#include "store/kinds.h"
#include "store/past.h"
#include "store/run.h"
#include "store/settle.h"

static inline void save_kinds(store *st)
{
    err e = {0};
    value kinds = json(
        "[{\"name\":\"person\",\"plugin\":\"p\",\"title\":{\"nl\":\"P\",\"en\":\"P\"},\"fields\":["
        "{\"name\":\"name\",\"type\":\"text\",\"personal\":true,\"required\":true},"
        "{\"name\":\"emails\",\"type\":\"email\",\"personal\":true,\"many\":true,\"unique\":true},"
        "{\"name\":\"region\",\"type\":\"text\"}]}]");
    if (!kinds_save(st, &kinds, &e))
        fail_msg("%s", e.message);
    value_free(&kinds);
}

static inline value forget(fixture *f, const char *id)
{
    err e = {0};
    value report = value_nil();
    if (!store_forget(f->st, id, "asked for it", &report, &e))
        fail_msg("%s", e.message);
    return report;
}

static inline int64_t count_of(const value *report, const char *key)
{
    return value_get_int(report, key, -1);
}

/* Whether any of the store's files holds the text, in any case, with or without marks. */
static inline const char *holder_of(const fixture *f, const char *text)
{
    static const char *const ENDS[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < 4; i++) {
        char path[128];
        buf bytes = {0}, folded = {0}, wanted = {0};
        snprintf(path, sizeof path, "%s%s", f->path, ENDS[i]);
        bool found = file_read(path, 1 << 28, &bytes, NULL);
        text_fold(&folded, bytes.data, bytes.len);
        text_fold(&wanted, text, strlen(text));
        found = found && memmem(folded.data, folded.len, wanted.data, wanted.len);
        buf_free(&bytes);
        buf_free(&folded);
        buf_free(&wanted);
        if (found)
            return ENDS[i][0] ? ENDS[i] : "the file itself";
    }
    return NULL;
}

static inline void assert_no_trace(const fixture *f, const char *text)
{
    const char *holder = holder_of(f, text);
    if (holder)
        fail_msg("%s still holds \"%s\"", holder, text);
}

static inline void assert_past(store *st, const char *id, int64_t seq, const char *expected)
{
    err e = {0};
    value v = value_nil();
    if (!past_get(st, id, seq, &v, &e))
        fail_msg("%s", e.message);
    char *text = text_of(&v);
    assert_string_equal(text, expected);
    free(text);
    value_free(&v);
}

/* A person with a past: two sources, a decision, a run and a plugin's events about her, among
 * others. */
static inline char *live_a_life(fixture *f)
{
    err e = {0};
    store *st = f->st;
    save_kinds(st);
    put_json(st, "source/krant", "{\"title\":\"Krant\"}", NULL);
    put_json(st, "person/p1", "{\"name\":\"Annelies Oudenaam\",\"region\":\"NL34\"}",
             "source/krant");
    put_json(st, "person/p2", "{\"name\":\"Bertus Blijver\",\"region\":\"NL34\"}", NULL);
    put_json(st, "person/p1",
             "{\"name\":\"Annelies Nieuwnaam\",\"emails\":[\"annelies@voorbeeld.example\"]}", NULL);
    assert_true(store_settle(st, "person/p1", "name", "source/krant", "Oudenaam says she", &e));
    put_json(st, "person/p1", "{\"region\":\"NL32\"}", NULL);
    for (int i = 0; i < 300; i++) { /* enough for pages to be split and moved */
        char id[32], fields[200];
        snprintf(id, sizeof id, "person/x%d", i);
        snprintf(fields, sizeof fields, "{\"name\":\"Iemand %0120d\"}", i);
        put_json(st, id, fields, NULL);
    }
    value data = json("{\"to\":\"annelies@voorbeeld.example\"}");
    assert_true(store_begin(st, &e));
    assert_true(event_append(st, "mail.sent", "person/p1", &data, NULL, &e));
    assert_true(event_append(st, "mail.copied", "person/p2", &data, NULL, &e));
    assert_true(store_commit(st, &e));
    value_free(&data);
    value inputs = json("{\"log\":3}"),
          result =
              json("{\"ranked\":[{\"solution\":\"person/p1\",\"reason\":\"is A. Nieuwnaam\"}]}"),
          other = json("{\"ranked\":[{\"solution\":\"person/p2\"}]}");
    char *run = run_store(st, "match", &inputs, &result, &e);
    char *kept = run_store(st, "match", &inputs, &other, &e);
    assert_non_null(run);
    assert_non_null(kept);
    free(kept);
    value_free(&inputs);
    value_free(&result);
    value_free(&other);
    return run;
}

#endif
