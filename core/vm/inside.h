/* inside.h: what the files of this floor share, and nobody above it sees. Floor: vm. */
#ifndef POLDER_VM_INSIDE_H
#define POLDER_VM_INSIDE_H

#include <lauxlib.h>
#include <lua.h>
#include <signal.h>

#include "vm/measure_lua.h"
#include "vm/vm.h"

/* The chain of coroutines that run now, innermost first; the links lie on the C stack of the
 * resumes. */
typedef struct vm_run {
    lua_State *L;
    const struct vm_run *up; /* NULL for the main one */
} vm_run;

struct vm {
    lua_State *L;
    vm_options o;
    size_t used;                /* bytes held now */
    int refused;                /* growth requests refused in a row */
    bool trusted;               /* no cap */
    size_t trusted_from;        /* bytes held when that began */
    vm_run bottom;              /* the main state */
    const vm_run *volatile run; /* also read by the signal handler */
    uint64_t seed, random[4];
    lua_Integer next_at;                     /* where in SLOT_NEXT_KEYS */
    bool seeded;                             /* `random` follows from `seed` */
    bool loading, testing, ctx_built, dated; /* dated: vm_dated */
    value contributions;                     /* list */
    size_t kept_bytes;                       /* in it */
    value kinds;                             /* list, of other plugins */
    value tests;                             /* list, while testing */
    value report;                            /* list of blocks, while one is written */
    size_t report_bytes;                     /* in it */
    value measures;                          /* list of specs */
    vm_measure_functions measure;
    vm_acts acts;    /* what polder.get and the like may do now */
    int percent;     /* that the host was told of last */
    bool caught;     /* the handler saw the error that vm_caught is asked about */
    char where[320]; /* of that error */
    char test_where[320];
    buf traceback;
};

/* Registry keys are the addresses of these bytes. */
typedef enum vm_slot {
    SLOT_FUNCTIONS,     /* "rule/port/score" → function */
    SLOT_CTX,           /* the ctx of rules, once built */
    SLOT_CTX_FUNCTIONS, /* name → function */
    SLOT_POLDER,        /* the module */
    SLOT_TEST,          /* polder.test */
    SLOT_LIST,          /* the metatable of polder.list */
    SLOT_MEASURE,       /* the metatable of measures */
    SLOT_NEXT_TABLE,    /* what `next` walked last */
    SLOT_NEXT_KEYS,     /* its keys in order */
    SLOT_COUNT,
} vm_slot;
extern const char vm_slots[SLOT_COUNT];

/* memory.c */
void *memory_alloc(void *ud, void *ptr, size_t osize, size_t nsize);

/* deadline.c */
extern volatile sig_atomic_t deadline_due;
void deadline_arm(lua_State *L);

/* view_lua.c */
void view_lock(lua_State *L, lua_CFunction newindex); /* table on top → read-only proxy of it */
bool view_data(lua_State *L, int index);    /* pushes what is behind a view; false: no view */
bool view_is_list(lua_State *L, int index); /* of a view */
int view_refuses(lua_State *L);             /* the usual __newindex */

/* order_lua.c, random_lua.c, coroutine_lua.c, sandbox_lua.c */
int order_pairs(lua_State *L);
void order_push_iterator(lua_State *L, int table); /* of pairs, over the table itself */
int order_next(lua_State *L);
int random_number(lua_State *L);
int coroutine_resume(lua_State *L), coroutine_wrap(lua_State *L);
int coroutine_close(lua_State *L);
int sandbox_open(lua_State *L);
int sandbox_text(lua_State *L); /* tostring without addresses */
void sandbox_host_chunk(lua_State *L, const unsigned char *text, size_t len);
int vm_find_module(lua_State *L); /* vm.c: name → loader, or nil and a message */

/* act_lua.c */
int act_get(lua_State *L), act_query(lua_State *L), act_each(lua_State *L), act_match(lua_State *L);
int act_find_run(lua_State *L), act_events(lua_State *L), act_put(lua_State *L);
int act_emit(lua_State *L), act_print(lua_State *L), act_progress(lua_State *L),
    act_explain(lua_State *L);

/* api_lua.c */
int api_raise(lua_State *L, const err *e, const char *prefix); /* error at the caller's place */
void api_push_module(lua_State *L);
void api_push_ctx(vm *m, const value *settings, const char *today);
void api_push_rule_ctx(vm *m); /* of a match */

#endif
