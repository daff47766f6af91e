#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "cli/doctor.h"

enum { FEWEST_FILES = 256, FEWEST_PROCESSES = 64 };

/* Asked of the library that is loaded, by name: its headers stay in the floors that use it. */
static const struct {
    const char *name, *function; /* const char *function(void) */
} LIBRARIES[] = {
    {"SQLite", "sqlite3_libversion"}, {"libuv", "uv_version_string"},
    {"cJSON", "cJSON_Version"},       {"libsodium", "sodium_version_string"},
    {"utf8proc", "utf8proc_version"}, {"msgpack-c", "msgpack_version"},
};

static void add_libraries(value *rows)
{
    buf text = {0};
    for (size_t i = 0; i < sizeof LIBRARIES / sizeof *LIBRARIES; i++) {
        const char *(*version)(void) = NULL;
        void *symbol = dlsym(RTLD_DEFAULT, LIBRARIES[i].function);
        memcpy(&version, &symbol, sizeof version);
        buf_fmt(&text, "%s%s %s", i ? ", " : "", LIBRARIES[i].name,
                version ? version() : "(built in)");
    }
    doctor_add(rows, "machine", "libraries", DOCTOR_OK, buf_text(&text), NULL);
    buf_free(&text);
}

static void add_limit(value *rows, const char *what, int resource, rlim_t fewest,
                      const char *advice)
{
    struct rlimit limit;
    buf text = {0};
    if (getrlimit((__rlimit_resource_t)resource, &limit) != 0)
        return;
    bool low = limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < fewest;
    if (limit.rlim_cur == RLIM_INFINITY)
        buf_str(&text, "no limit");
    else
        buf_fmt(&text, "%llu", (unsigned long long)limit.rlim_cur);
    doctor_add(rows, "machine", what, low ? DOCTOR_BAD : DOCTOR_OK, buf_text(&text),
               low ? advice : NULL);
    buf_free(&text);
}

static void add_processors(value *rows)
{
    char text[64];
    long processors = sysconf(_SC_NPROCESSORS_ONLN), pages = sysconf(_SC_PHYS_PAGES);
    long long megabytes = (long long)pages * sysconf(_SC_PAGESIZE) / (1024 * 1024);
    snprintf(text, sizeof text, "%ld, %lld MB of memory", processors, megabytes);
    doctor_add(rows, "machine", "processors", DOCTOR_OK, text, NULL);
}

static void add_clock(value *rows)
{
    char utc[CLOCK_TIME_TEXT], zone[64] = "", text[128];
    int64_t now_ms = clock_now_ms();
    time_t seconds = (time_t)(now_ms / 1000);
    struct tm local;
    clock_time_text(now_ms, utc);
    bool known = localtime_r(&seconds, &local) && strftime(zone, sizeof zone, "%Z, %z", &local) > 0;
    snprintf(text, sizeof text, "%s; here %s", utc, known ? zone : "unknown");
    bool wrong = now_ms < INT64_C(1767225600000); /* 2026-01-01, before Polder */
    doctor_add(rows, "machine", "clock", wrong ? DOCTOR_BAD : DOCTOR_OK, text,
               wrong ? "set the clock: events carry its time" : NULL);
    bool zones = access("/usr/share/zoneinfo/Europe/Amsterdam", R_OK) == 0;
    doctor_add(rows, "machine", "time zones", zones ? DOCTOR_OK : DOCTOR_NOTE,
               zones ? "/usr/share/zoneinfo" : "not installed; times are in UTC all the same",
               zones ? NULL : "apt install tzdata");
}

void doctor_machine(value *rows)
{
    add_processors(rows);
    add_limit(rows, "open files", RLIMIT_NOFILE, FEWEST_FILES, "ulimit -n 1024");
    add_limit(rows, "processes", RLIMIT_NPROC, FEWEST_PROCESSES, "ulimit -u 1024");
    add_libraries(rows);
    add_clock(rows);
}
