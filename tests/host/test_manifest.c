#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "host/manifest.h"

static bool read_text(const char *text, value *out, err *e)
{
    return manifest_read(text, strlen(text), "plugin.json", out, e);
}

static void a_short_manifest_gets_its_defaults(void **state)
{
    (void)state;
    value m = value_nil();
    err e = {0};
    assert_true(read_text("{\"name\": \"mine\", \"version\": \"1.2.0\", \"api\": 1}", &m, &e));
    assert_string_equal(value_get_str(&m, "main", ""), "init.lua");
    assert_string_equal(value_get_str(value_get(&m, "title"), "nl", ""), "mine");
    assert_string_equal(value_get_str(&m, "contact", "?"), "");
    assert_int_equal(value_len(value_get(&m, "requires")), 0);
    const value *may = value_get(&m, "capabilities");
    assert_int_equal(value_get_int(may, "memory_mb", 0), MANIFEST_MEMORY_MB);
    assert_int_equal(value_get_int(may, "call_ms", 0), MANIFEST_CALL_MS);
    assert_true(value_is(value_get(may, "http"), VALUE_LIST));
    assert_true(value_is(value_get(value_get(may, "records"), "write"), VALUE_LIST));
    value_free(&m);
}

static void a_full_manifest_keeps_what_it_says(void **state)
{
    (void)state;
    value m = value_nil();
    err e = {0};
    assert_true(read_text(
        "{\"name\": \"zeeland\", \"version\": \"1.2.0\", \"api\": 1, \"title\": {\"nl\": \"Z\", "
        "\"en\": \"S\"},"
        " \"main\": \"src/start.lua\", \"requires\": {\"partnership\": \">=1.0\"}, \"contact\": "
        "\"x\","
        " \"description\": \"both\", \"capabilities\": {\"http\": [\"*.example\"], \"records\":"
        " {\"read\": [\"*\"], \"write\": [\"indicator\"]}, \"emit\": [\"zeeland.*\"],"
        " \"files\": [\"data/a.csv\"], \"memory_mb\": 128, \"call_ms\": 500},"
        " \"settings\": {\"bonus\": {\"type\": \"number\", \"default\": 10}}}",
        &m, &e));
    assert_string_equal(value_get_str(value_get(&m, "title"), "en", ""), "S");
    assert_string_equal(value_get_str(value_get(&m, "description"), "nl", ""), "both");
    assert_int_equal(value_get_int(value_get(&m, "capabilities"), "memory_mb", 0), 128);
    assert_string_equal(value_get_str(value_get(&m, "requires"), "partnership", ""), ">=1.0");
    value_free(&m);
}

#define HEAD "{\n \"name\": \"mine\",\n \"version\": \"1.0.0\",\n \"api\": 1"

static void errors_name_line_key_and_the_nearest_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where, *message, *hint;
    } ROWS[] = {
        {HEAD ",\n \"titel\": \"x\"}", "plugin.json:5", "titel: there is no such key", "\"title\""},
        {HEAD ",\n \"capabilities\": {\n  \"memry_mb\": 3}}", "plugin.json:6",
         "capabilities.memry_mb: there is no such key", "\"memory_mb\""},
        {HEAD ",\n \"capabilities\": {\n  \"memory_mb\": 100000}}", "plugin.json:6",
         "capabilities.memory_mb: expected a whole number from 4 to 4096", ""},
        {HEAD ",\n \"capabilities\": {\"call_ms\": \"fast\"}}", "plugin.json:5",
         "capabilities.call_ms: ", ""},
        {HEAD ",\n \"capabilities\": {\"http\": [\"ok.example\",\n \"http://no\"]}}",
         "plugin.json:6", "capabilities.http.1: ", ""},
        {HEAD ",\n \"capabilities\": {\"files\": [\"../secret\"]}}", "plugin.json:5",
         "files.0: ", ""},
        {HEAD ",\n \"capabilities\": {\"runs\": [\"Match\"]}}", "plugin.json:5",
         "capabilities.runs.0: expected a list of sorts of runs, such as \"match\"", ""},
        {HEAD ",\n \"capabilities\": {\"files\": [\"/etc/passwd\"]}}", "plugin.json:5",
         "files.0: ", ""},
        {HEAD ",\n \"capabilities\": {\"records\": {\"read\": [\"A b\"]}}}", "plugin.json:5",
         "capabilities.records.read.0: ", ""},
        {HEAD ",\n \"capabilities\": {\"records\": {\"raed\": []}}}", "plugin.json:5",
         "capabilities.records.raed: ", "\"read\""},
        {HEAD ",\n \"main\": \"../init.lua\"}", "plugin.json:5", "main: ", ""},
        {HEAD ",\n \"main\": \"init.txt\"}", "plugin.json:5", "main: ", ""},
        {HEAD ",\n \"requires\": {\"partnership\": \"new\"}}", "plugin.json:5",
         "requires.partnership: ", ""},
        {HEAD ",\n \"requires\": []}", "plugin.json:5", "requires: expected an object", ""},
        {HEAD ",\n \"title\": {\"de\": \"x\"}}", "plugin.json:5", "title.de: ", "nl, en"},
        {HEAD ",\n \"title\": {\"nl\": 3}}", "plugin.json:5", "title: ", ""},
        {HEAD ",\n \"title\": 7}", "plugin.json:5", "title: ", ""},
        {HEAD ",\n \"contact\": 7}", "plugin.json:5", "contact: ", ""},
        {"{\"name\": \"Mine\", \"version\": \"1.0.0\", \"api\": 1}", "plugin.json:1", "name: ", ""},
        {"{\"name\": \"mine\", \"version\": \"1.0\", \"api\": 1}", "plugin.json:1",
         "version: ", ""},
        {"{\"name\": \"mine\", \"version\": \"1.0.0\", \"api\": 2}", "plugin.json:1",
         "api: this plugin is for API 2", "update Polder"},
        {"{\"name\": \"mine\", \"version\": \"1.0.0\", \"api\": \"1\"}", "plugin.json:1",
         "api: ", ""},
        {"{\"name\": \"mine\", \"version\": \"1.0.0\"}", "plugin.json", "\"api\" is missing", ""},
        {"[1]", "plugin.json", "expected an object", ""},
        {"{\"name\": \"mine\",\n \"name\": \"two\"}", "plugin.json:2:", "name", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        value m = value_nil();
        err e = {0};
        if (read_text(ROWS[i].text, &m, &e))
            fail_msg("accepted: %s", ROWS[i].text);
        assert_int_equal(e.code, ERR_BAD_DATA);
        if (!strstr(e.where, ROWS[i].where) || !strstr(e.message, ROWS[i].message) ||
            !strstr(e.hint, ROWS[i].hint))
            fail_msg("%s\ngave %s at %s (%s)", ROWS[i].text, e.message, e.where, e.hint);
        assert_true(value_is(&m, VALUE_NIL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_manifest_gets_its_defaults),
        cmocka_unit_test(a_full_manifest_keeps_what_it_says),
        cmocka_unit_test(errors_name_line_key_and_the_nearest_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
