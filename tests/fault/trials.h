/* trials.h: commands that are killed, the workspaces in which they are, and calls of the program in
 * a process of its own. The process is in the workspace's folder. */
#ifndef POLDER_FAULT_TRIALS_H
#define POLDER_FAULT_TRIALS_H

#include <stdbool.h>
#include <stddef.h>

enum { TRIAL_WORDS = 12, TRIAL_SHIPS = 3, TRIAL_PLUGINS = 4, TRIAL_FILE_MOST = 1 << 26 };

/* The workspace a trial begins in. */
typedef enum trial_place {
    TRIAL_PLAIN,    /* one plugin with all there is */
    TRIAL_HANDLERS, /* four more react */
    TRIAL_FAILING,  /* one that reacts fails at some ships; at one it is parked */
    TRIAL_KINDS,    /* the plugin declares a kind otherwise since */
    TRIAL_OLD,      /* an older Polder made the store */
    TRIAL_PLACES
} trial_place;

typedef struct trial {
    const char *name;
    trial_place in;
    bool leaves_more; /* said again it is another run, or another event: what holds is the same */
    bool by_time;     /* commits come as rows and time do: each row is whole */
    bool opens;  /* whoever opens the store does a part of it: what is left is looked at first */
    int commits; /* in one run */
    int last;    /* the one of them that keeps it; 0: the last */
    int again;   /* exit code when said again after it was kept */
    const char *gone; /* erased: no byte of it is left */
    const char *words[TRIAL_WORDS];
} trial;

extern const trial TRIALS[]; /* the last has no name */
extern const char *const TRIAL_PLUGIN[TRIAL_PLUGINS];

void trial_die(const char *what, const char *why) __attribute__((noreturn)); /* NULL: errno's */

/* A folder for all, gone when the process ends; and a workspace in its folder `name`, as it stands
 * when a trial begins. */
void trial_folder(void);
void trial_workspace(const char *name, trial_place in);
void trial_start_again(void); /* the store is as it was then */

/* The exit code, or -SIGKILL. In the places where handlers fail the clock stands still, so that no
 * other try is due. What it says goes to said.txt. With a point it is killed there; else
 * the points it passes are the lines of points.txt. */
int trial_call(const char *const *words, const char *point, long nth);
void trial_want(int got, int wanted, const char *what); /* else the end, with what it told */
#define SAY(...)                                                                                   \
    trial_want(trial_call((const char *const[]){__VA_ARGS__, NULL}, NULL, 0), 0, #__VA_ARGS__)

char *trial_text(const char *file); /* owned by the caller */

#endif
