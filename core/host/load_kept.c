#include "host/load_kept.h"

#include <sys/stat.h>

#include "base/pack.h"
#include "host/cache.h"

/* Part of the key: what is kept in another shape is not read. */
static const char SHAPE[] = "loaded 1";

/* A worker that was built anew may read the same files otherwise. */
static void add_program(value *from, const char *program)
{
    struct stat about = {0};
    (void)!stat(program, &about);
    value_push(from, value_text(POLDER_VERSION));
    value_push(from, value_int((int64_t)about.st_size));
    value_push(from, value_int((int64_t)about.st_mtim.tv_sec));
    value_push(from, value_int((int64_t)about.st_mtim.tv_nsec));
}

static void find_key(load_kept *k, const plugin_list *plugins, const char *program,
                     const char *today)
{
    value from = value_list();
    buf bytes = {0};
    value_push(&from, value_text(SHAPE));
    value_push(&from, value_text(today));
    add_program(&from, program);
    for (size_t i = 0; i < plugins->len; i++) {
        const plugin *p = &plugins->items[i];
        if (p->state != PLUGIN_FOUND)
            continue;
        value_push(&from, value_text(p->name));
        value_push(&from, value_text(p->hash));
        value_push(&from, value_copy(&p->settings));
    }
    pack_add(&bytes, &from, &PACK_TO_WORKER, NULL); /* ours: within the limits */
    hash_of(buf_text(&bytes), bytes.len, k->key);
    buf_free(&bytes);
    value_free(&from);
}

void load_kept_open(load_kept *k, workspace *ws, const plugin_list *plugins, const char *program,
                    const char *today)
{
    *k = (load_kept){.ws = ws};
    find_key(k, plugins, program, today);
    if (cache_get(ws, k->key, &k->known) && value_is(&k->known, VALUE_MAP))
        return;
    value_free(&k->known);
    k->known = value_map();
}

value load_kept_take(load_kept *k, const plugin *p)
{
    return value_take(&k->known, p->name);
}

void load_kept_add(load_kept *k, const plugin *p, const value *contributions)
{
    value_set(&k->known, p->name, contributions ? value_copy(contributions) : value_list());
    k->news = true;
}

void load_kept_close(load_kept *k)
{
    if (k->news)
        cache_put(k->ws, k->key, &k->known);
    value_free(&k->known);
}
