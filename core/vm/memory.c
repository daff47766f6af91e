#include "vm/inside.h"
#include "vm/trace.h"

#include <stdio.h>
#include <stdlib.h>

/* Lua answers a refusal with an emergency collection and asks once more; refused again it would
 * raise an error that the plugin can catch, so the second refusal in a row ends the process
 * instead. */
static void *refuse(vm *m)
{
    if (++m->refused < 2)
        return NULL;
    char place[TRACE_PLACE];
    trace_place(m, place);
    buf_clear(&m->traceback);
    trace_write(m, &m->traceback);
    m->o.limit(m->o.ctx, "memory", place, buf_text(&m->traceback));
    abort();
}

static void *system_is_out(void)
{
    fputs("polder-worker: the system is out of memory\n", stderr);
    _Exit(70);
}

/* `osize` is a type tag, not a size, when `ptr` is NULL. */
void *memory_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    vm *m = ud;
    size_t held = ptr ? osize : 0;
    if (nsize == 0) {
        free(ptr);
        m->used -= held;
        return NULL;
    }
    if (nsize > held) {
        size_t others = m->used - held;
        size_t cap = m->trusted ? SIZE_MAX : m->o.memory_bytes;
        if (others > cap || nsize > cap - others)
            return refuse(m);
        m->refused = 0;
    }
    void *grown = realloc(ptr, nsize);
    if (!grown)
        return system_is_out();
    m->used = m->used - held + nsize;
    return grown;
}

size_t vm_memory(const vm *m)
{
    return m->used;
}

void vm_trust(vm *m, bool trusted)
{
    if (trusted && !m->trusted)
        m->trusted_from = m->used;
    else if (!trusted && m->trusted && m->used > m->trusted_from)
        m->o.memory_bytes += m->used - m->trusted_from;
    m->trusted = trusted;
}
