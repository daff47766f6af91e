/* kill_points: SIGKILL at every fault point (base/fault.h) of commands that write. A run that is
 * left alone tells which points there are, how often each is passed and which commits lie before;
 * then the command is killed at each, at its first, second and last pass. What is left is what the
 * commits before it made, and nothing half; what was answered is there; and the same command once
 * more brings the store where it would have been. The daemon is killed so too (serve.h).
 * `kill_points [PASSES [CASE]]` */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/value.h"
#include "serve.h"
#include "state.h"
#include "trials.h"

enum { PASSES = 3 };

static const char COMMITTED[] = "executed commit";
static value known; /* every point that a command passed */
static long kills;

typedef struct states {
    buf now, past;
} states;

static states states_here(void)
{
    states s = {0};
    err e = {0};
    if (!state_now("polder.db", &s.now, &e) || !state_past("polder.db", &s.past, &e))
        trial_die("the store", e.message);
    return s;
}

static void states_free(states *s)
{
    buf_free(&s->now);
    buf_free(&s->past);
}

static bool same(const buf *a, const buf *b)
{
    return strcmp(buf_text(a), buf_text(b)) == 0;
}

/* What an undisturbed run told: every point it passed, in order, and the store before, after each
 * commit, and at the end. */
typedef struct course {
    char *text;
    char **points;
    size_t *commits; /* up to each of them */
    size_t len, stages;
    states *stage, end;
} course;

static long pass_of(const course *c, size_t at)
{
    long nth = 0;
    for (size_t i = 0; i <= at; i++)
        nth += strcmp(c->points[i], c->points[at]) == 0;
    return nth;
}

static void read_points(course *c)
{
    c->text = trial_text("points.txt");
    for (char *line = strtok(c->text, "\n"); line; line = strtok(NULL, "\n")) {
        c->points = mem_grow(c->points, c->len + 1, sizeof *c->points);
        c->commits = mem_grow(c->commits, c->len + 1, sizeof *c->commits);
        c->stages += strcmp(line, COMMITTED) == 0;
        c->points[c->len] = line;
        c->commits[c->len++] = c->stages;
        value_set(&known, line, value_bool(true));
    }
}

static void fail(const trial *t, const char *point, long nth, const char *why)
{
    fprintf(stderr, "kill_points: %s, killed at \"%s\", pass %ld: %s\n", t->name, point, nth, why);
    exit(1);
}

static course course_of(const trial *t)
{
    course c = {0};
    trial_start_again();
    trial_want(trial_call(t->words, NULL, 0), 0, t->name); /* caches are there now */
    trial_start_again();
    trial_want(trial_call(t->words, NULL, 0), 0, t->name);
    read_points(&c);
    if (!t->by_time && c.stages != (size_t)t->commits)
        fail(t, COMMITTED, (long)c.stages, "a change is not one commit");
    c.end = states_here();
    if (state_lacks(buf_text(&c.end.now)) || state_lacks(buf_text(&c.end.past)))
        fail(t, "the end", 0, "a table is missing");
    c.stage = mem_zero(c.stages + 1, sizeof *c.stage);
    for (size_t i = 0; i <= c.stages; i++) {
        trial_start_again();
        if (i > 0 && !t->by_time)
            trial_want(trial_call(t->words, COMMITTED, (long)i), -SIGKILL, t->name);
        c.stage[i] = states_here();
    }
    return c;
}

static void course_free(course *c)
{
    for (size_t i = 0; i <= c->stages; i++)
        states_free(&c->stage[i]);
    states_free(&c->end);
    free(c->stage);
    free(c->points);
    free(c->commits);
    free(c->text);
}

static bool has_bytes(const char *path, const char *bytes)
{
    buf text = {0};
    bool has = file_read(path, TRIAL_FILE_MOST, &text, NULL) &&
               memmem(text.data, text.len, bytes, strlen(bytes)) != NULL;
    buf_free(&text);
    return has;
}

/* What was left, before anything else is done with it. */
static const char *wrong_left(const trial *t, const course *c, const states *left,
                              const states *wanted, bool answered)
{
    if (t->by_time &&
        !(state_within(buf_text(&left->now), buf_text(&c->stage[0].now), buf_text(&c->end.now)) &&
          state_within(buf_text(&left->past), buf_text(&c->stage[0].past), buf_text(&c->end.past))))
        return "something half is left";
    if (!t->by_time && !(same(&left->now, &wanted->now) && same(&left->past, &wanted->past)))
        return "what is left is not what the commits before it made";
    if (answered && !same(&left->past, &c->end.past))
        return "what was answered is not there";
    return NULL;
}

static const char *wrong_again(const trial *t, const course *c, const states *left, size_t commits)
{
    bool kept = same(&left->past, &c->end.past) || (t->last && commits >= (size_t)t->last);
    trial_want(trial_call(t->words, NULL, 0), kept ? t->again : 0, t->name);
    states after = states_here();
    const char *wrong = NULL;
    if (!same(&after.now, &c->end.now))
        wrong = "said again, it ends elsewhere";
    else if (!t->leaves_more && !same(&after.past, &c->end.past))
        wrong = "said again, it leaves another past";
    else if (t->gone && (has_bytes("polder.db", t->gone) || has_bytes("polder.db-wal", t->gone)))
        wrong = "said again, what is erased is still in the file";
    states_free(&after);
    return wrong;
}

/* How many frames or commits come differs: a later pass may not be there. */
static void kill_once(const trial *t, const course *c, size_t at)
{
    const char *point = c->points[at];
    long nth = pass_of(c, at);
    trial_start_again();
    int code = trial_call(t->words, point, nth);
    bool varies = t->by_time || strncmp(point, "frame-", 6) == 0;
    if (code != -SIGKILL && nth > 1 && varies)
        return;
    trial_want(code, -SIGKILL, point);
    kills++;
    bool answered = has_bytes("said.txt", "\n");
    states left = {0};
    if (t->opens)
        left = states_here();
    SAY("audit", "verify");
    SAY("conflicts");
    SAY("query", "ship", "--where", "n != 0");
    if (!t->opens)
        left = states_here();
    const char *wrong = wrong_left(t, c, &left, &c->stage[c->commits[at]], answered);
    if (!wrong)
        wrong = wrong_again(t, c, &left, c->commits[at]);
    if (wrong)
        fail(t, point, nth, wrong);
    states_free(&left);
}

/* The first pass, the last, and `passes` in all between them. */
static bool is_chosen(const course *c, size_t at, long passes)
{
    long all = 0, nth = pass_of(c, at);
    for (size_t i = 0; i < c->len; i++)
        all += strcmp(c->points[i], c->points[at]) == 0;
    bool chosen = nth == 1;
    for (long k = 1; k < passes; k++)
        chosen = chosen || nth == 1 + k * (all - 1) / (passes - 1);
    return chosen;
}

/* Each ship, each plugin: once. */
static void check_effects(const trial *t, const course *c)
{
    for (int i = 0; t->in == TRIAL_HANDLERS && i < TRIAL_PLUGINS * TRIAL_SHIPS; i++) {
        char event[60], record[60];
        snprintf(event, sizeof event, "|%s.did|ship/h%d|", TRIAL_PLUGIN[i / TRIAL_SHIPS],
                 i % TRIAL_SHIPS + 1);
        snprintf(record, sizeof record, "record|seen/%s-%d|1|", TRIAL_PLUGIN[i / TRIAL_SHIPS],
                 i % TRIAL_SHIPS + 1);
        const char *did = strstr(buf_text(&c->end.past), event);
        if (!did || strstr(did + 1, event) || !strstr(buf_text(&c->end.now), record))
            fail(t, event, 0, "not once");
    }
}

static void run_trial(const trial *t, long passes)
{
    course c = course_of(t);
    long before = kills;
    check_effects(t, &c);
    for (size_t i = 0; i < c.len; i++)
        if (is_chosen(&c, i, passes))
            kill_once(t, &c, i);
    printf("%s: %ld kills, commits: %zu\n", t->name, kills - before, c.stages);
    fflush(stdout);
    course_free(&c);
}

static void run_trials(trial_place in, long passes, const char *only)
{
    static const char *const NAMES[] = {"plain", "handlers", "failing", "kinds", "old"};
    trial_workspace(NAMES[in], in);
    for (size_t i = 0; TRIALS[i].name; i++)
        if (TRIALS[i].in == in && (!only || strcmp(only, TRIALS[i].name) == 0))
            run_trial(&TRIALS[i], passes);
}

static bool is_known(const char *name, size_t len)
{
    for (size_t i = 0; i < value_len(&known); i++) {
        const char *point = known.as.map.items[i].key;
        if (strncmp(point, name, len) == 0 && (point[len] == ' ' || !point[len]))
            return true;
    }
    return false;
}

/* No point in the sources is one that no trial passes. */
static void check_all_known(const char *core)
{
    char command[300], line[300];
    snprintf(command, sizeof command, "grep -rhE --include='*.c' 'FAULT_POINT' '%s'", core);
    FILE *found = popen(command, "r");
    int count = 0;
    while (found && fgets(line, sizeof line, found)) {
        const char *name = strchr(line, '"');
        size_t len = name ? strcspn(name + 1, "\"") : 0;
        if (!len || !is_known(name + 1, len))
            trial_die(line,
                      "no trial passes this point; is its file compiled with POLDER_FAULTS? Run "
                      "cmake again");
        count++;
    }
    if (!found || pclose(found) != 0 || count == 0)
        trial_die(core, "no points found");
}

int main(int argc, char **argv)
{
    long passes = argc > 1 ? strtol(argv[1], NULL, 10) : PASSES;
    const char *only = argc > 2 ? argv[2] : NULL;
    char *core = realpath("core", NULL);
    if (!core)
        trial_die("core", "start it in the folder of the sources");
    known = value_map();
    trial_folder();
    for (int in = 0; in < TRIAL_PLACES; in++)
        run_trials((trial_place)in, passes, only);
    if (!only || strcmp(only, "serve") == 0) {
        kills += serve_kills(passes, &known);
        printf("serve: %ld kills in all\n", kills);
    }
    if (!only)
        check_all_known(core);
    printf("%zu points, %ld kills: nothing half, nothing twice, nothing lost\n", value_len(&known),
           kills);
    free(core);
    value_free(&known);
    return 0;
}
