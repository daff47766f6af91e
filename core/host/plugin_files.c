#include "host/plugin_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/plugin_source.h"

static const char MANIFEST[] = "plugin.json";

/* The walk through a plugin's folder. */
typedef struct walk {
    const char *root; /* absolute, links resolved */
    char **names;     /* of the files, relative to root */
    size_t len, cap;
    err *e;
} walk;

static bool over(err *e, const char *place, const char *what)
{
    err_set(e, ERR_LIMIT, "a plugin has %s", what);
    return err_where(e, "%s", place);
}

static bool is_ours(const char *relative)
{
    size_t len = strlen(relative);
    return strcmp(relative, MANIFEST) == 0 || (len > 4 && strcmp(relative + len - 4, ".lua") == 0);
}

/* Links may point to another place in the folder, never out of it; pipes and devices are not files
 * to read. */
static bool check_file(walk *w, const char *path)
{
    char *real = file_absolute(path, w->e);
    struct stat info;
    size_t len = strlen(w->root);
    bool ok = false;
    if (!real)
        return false;
    if (strncmp(real, w->root, len) != 0 || real[len] != '/') {
        err_set(w->e, ERR_NOT_ALLOWED, "this link leads out of the plugin's folder");
        err_where(w->e, "%s", path);
        err_hint(w->e, "copy what it points to into the plugin");
    } else if (stat(real, &info) != 0 || !S_ISREG(info.st_mode)) {
        err_set(w->e, ERR_BAD_DATA, "this is not an ordinary file");
        err_where(w->e, "%s", path);
    } else {
        ok = true;
    }
    free(real);
    return ok;
}

static bool note_file(walk *w, const char *path, const char *relative)
{
    if (!check_file(w, path))
        return false;
    if (w->len == PLUGIN_FILES_MOST) {
        over(w->e, w->root, "at most 200 Lua files");
        return false;
    }
    if (w->len == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 16;
        w->names = mem_grow(w->names, w->cap, sizeof *w->names);
    }
    w->names[w->len++] = mem_text(relative);
    return true;
}

static bool is_link(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
}

/* Hidden folders and linked ones are not gone into: neither holds a plugin's own code. */
static bool walk_folder(walk *w, const char *folder, const char *below, int levels)
{
    value names = value_nil();
    bool ok = file_list(folder, &names, w->e);
    for (size_t i = 0; ok && i < value_len(&names); i++) {
        const char *name = value_str(value_at(&names, i), "");
        if (*name == '.')
            continue;
        char *path = file_join(folder, name);
        buf relative = {0};
        buf_fmt(&relative, "%s%s", below, name);
        if (file_is_folder(path) && !is_link(path)) {
            buf_char(&relative, '/');
            ok = levels > 1 ? walk_folder(w, path, buf_text(&relative), levels - 1)
                            : over(w->e, path, "at most 8 folders inside each other");
        } else if (is_ours(buf_text(&relative))) {
            ok = note_file(w, path, buf_text(&relative));
        }
        buf_free(&relative);
        free(path);
    }
    value_free(&names);
    return ok;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void plugin_files_hash(const value *files, const char *manifest, size_t len, char out[HASH_TEXT])
{
    hash *h = hash_new();
    bool added = false;
    for (size_t i = 0; i <= value_len(files); i++) {
        const value_entry *file = i < value_len(files) ? &files->as.map.items[i] : NULL;
        if (!added && (!file || strcmp(MANIFEST, file->key) < 0)) {
            plugin_source_add(h, MANIFEST, manifest, len);
            added = true;
        }
        if (file)
            plugin_source_add(h, file->key, value_str(&file->value, ""), value_len(&file->value));
    }
    hash_end(h, out);
}

/* Reads what the walk found, in order of name. */
static bool read_all(const walk *w, value *files, buf *manifest)
{
    size_t total = 0;
    for (size_t i = 0; i < w->len; i++) {
        buf text = {0};
        char *path = file_join(w->root, w->names[i]);
        bool ok = file_read(path, PLUGIN_FILE_BYTES, &text, w->e);
        free(path);
        total += text.len;
        if (ok && total > PLUGIN_ALL_BYTES)
            ok = over(w->e, w->root, "at most 8 MiB of Lua files");
        if (ok) {
            if (strcmp(w->names[i], MANIFEST) == 0)
                buf_add(manifest, buf_text(&text), text.len);
            else
                value_add(files, w->names[i], value_bytes(buf_text(&text), text.len));
        }
        buf_free(&text);
        if (!ok)
            return false;
    }
    return true;
}

bool plugin_files_read(const char *folder, value *files, buf *manifest, char hash[HASH_TEXT],
                       err *e)
{
    char *root = file_absolute(folder, e);
    walk w = {.root = root, .e = e};
    value found = value_map();
    buf text = {0};
    bool ok = root && walk_folder(&w, root, "", PLUGIN_LEVELS);
    if (ok && w.len)
        qsort(w.names, w.len, sizeof *w.names, by_bytes);
    ok = ok && read_all(&w, &found, &text);
    if (ok) {
        plugin_files_hash(&found, buf_text(&text), text.len, hash);
        buf_add(manifest, buf_text(&text), text.len);
        value_free(files);
        *files = found;
        found = value_nil();
    }
    value_free(&found);
    buf_free(&text);
    for (size_t i = 0; i < w.len; i++)
        free(w.names[i]);
    free(w.names);
    free(root);
    return ok;
}
