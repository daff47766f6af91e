/* vm.h: one plugin's Lua 5.4 state: sandboxed, capped, repeatable. Lives in worker processes only.
 * Floor: vm. One thread. A limit ends the process through `limit`, which must not return: no plugin
 * can swallow it. A state is never lua_closed while plugin code could run in it: a worker just
 * exits. */
#ifndef POLDER_VM_VM_H
#define POLDER_VM_VM_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/value.h"

typedef struct vm vm; /* opaque */

typedef struct vm_options {
    const char *plugin;    /* name; chunk names are "plugin/path", made by the host alone */
    const char *version;   /* of the plugin, for messages */
    const value *files;    /* map "init.lua" → text; must outlive the vm */
    const char *main;      /* "init.lua" */
    const value *settings; /* map; may be NULL */
    const char *today;     /* ISO date for ctx.today */
    size_t memory_bytes;   /* cap on what the state holds */
    /* At the memory cap or the soft deadline. `kind` is "memory" or "time"; `place`
     * "zeeland/init.lua:12" or ""; `traceback` the plugin's own frames. Must not return. */
    void (*limit)(void *ctx, const char *kind, const char *place, const char *traceback);
    void (*log)(void *ctx, const char *text, size_t len); /* print and polder.log; may be NULL */
    /* What polder.get, query, put and emit ask of the host: `args` has what the plugin passed, and
     * `at`, its line. May be NULL. *out owned by the caller. */
    bool (*call)(void *ctx, const char *fn, const value *args, value *out, err *e);
    void *ctx;
} vm_options;

vm *vm_new(const vm_options *o, err *e); /* owned; NULL sets *e */
void vm_free(vm *m); /* runs none of the plugin's code, for it has no finalizers; accepts NULL */

/* Runs `main`. Contributions can be registered now and never after. false: nothing of it counts. */
bool vm_load(vm *m, err *e);
/* What it registered: list of {type, name, file, line, spec}: file inside the plugin
 * ("rules/port.lua"); functions in spec are left out, a rule's spec says {computes = "score" |
 * "gate"}. */
const value *vm_contributions(const vm *m);
/* Runs the plugin's test.lua after vm_load: list of {name, passed, message, where} (test_lua.c). */
bool vm_test(vm *m, value *out, err *e);
/* The kinds that other plugins declare: a list of {name, fields}. In tests an absent field of many
 * is then an empty list. Copied. */
void vm_know_kinds(vm *m, const value *kinds);

/* Which of these work, until the next vm_allow: none at first, for a score must depend on nothing
 * but what its rule needs. */
typedef enum vm_acts {
    VM_ACTS_NONE,
    VM_ACTS_READ,
    VM_ACTS_REPORT,
    VM_ACTS_ALL,
    VM_ACTS_COMMAND
} vm_acts;
void vm_allow(vm *m, vm_acts acts);

lua_State *vm_lua(vm *m); /* for *_lua.c of floors above */
vm *vm_of(lua_State *L);  /* of any of its coroutines */

/* Pushes the function `key` ("score", "gate") of a contribution; false pushes nothing. */
bool vm_push_function(vm *m, const char *type, const char *name, const char *key);
/* Pushes the ctx of rules: read-only, settings, today and what vm_ctx_function was given. */
void vm_push_ctx(vm *m);
bool vm_dated(const vm *m); /* has anything read its `today` since the state was made? */
/* Of what acts, with another `today`, and `now`; `lang` and, of a command, `secret` may be NULL. */
void vm_push_acting_ctx(vm *m, const char *today, const char *now, const char *secret,
                        const char *lang);
void vm_push_report_ctx(vm *m, const char *today, const char *now, const char *lang);
void vm_ctx_function(vm *m, const char *name, lua_CFunction fn); /* before the first vm_push_ctx */
/* lua_pcall with the host's message handler. On failure pops everything, and sets *e: message,
 * where ("zeeland/port.lua:12", taken from the frames, never from text). vm_traceback then gives
 * the plugin's frames, escaped, at most 4 KB. */
bool vm_call(vm *m, int args, int results, err *e);
const char *vm_traceback(const vm *m);

/* The message handler's index is pushed by vm_push_handler for callers that lua_pcall themselves in
 * bulk; after such a failure vm_caught turns the error value on top of the stack into *e and pops
 * it. */
void vm_push_handler(vm *m);
void vm_caught(vm *m, err *e);

/* Starts the random numbers of the next call: the same seed, the same numbers. Costs two stores. */
void vm_seed(vm *m, uint64_t seed);
bool vm_drew(const vm *m); /* has the plugin drawn one since? */
/* One number for all that the plugin's functions keep between calls. false: nobody can tell. */
bool vm_state(vm *m, uint64_t *out);
/* Before its first call: what a function is, with the settings; the same text, the same answers. */
bool vm_identity(vm *m, const char *type, const char *name, const char *key, char out[HASH_TEXT]);
size_t vm_memory(const vm *m); /* bytes held now */
/* While true, what the state takes is the host's data: no cap holds, it rises by what stays. */
void vm_trust(vm *m, bool trusted);

#endif
