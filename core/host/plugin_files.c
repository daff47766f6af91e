#include "host/plugin_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/plugin_source.h"

static const char MANIFEST[] = "plugin.json";

/* The walk through a plugin's folder, and what it found so far. */
typedef struct walk {
    const char *root;
    value files; /* name relative to root → text; the manifest apart */
    buf manifest;
    size_t count, bytes;
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

static bool not_ordinary(err *e, const char *path)
{
    err_set(e, ERR_BAD_DATA, "this is not an ordinary file");
    return err_where(e, "%s", path);
}

static void keep(walk *w, const char *relative, buf *text)
{
    if (strcmp(relative, MANIFEST) == 0) {
        w->manifest = *text;
    } else {
        size_t len = text->len;
        value_add(&w->files, relative, value_adopt(buf_take(text), len));
    }
    *text = (buf){0};
}

/* `name` in the folder `at` is an ordinary file; should it be a pipe by now, nothing waits. */
static bool read_file(walk *w, int at, const char *name, const char *path, const char *relative)
{
    if (w->count++ == PLUGIN_FILES_MOST)
        return over(w->e, w->root, "at most 200 Lua files");
    buf text = {0};
    int fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool ok = fd >= 0 ? file_read_open(fd, path, PLUGIN_FILE_BYTES, &text, w->e)
                      : file_fail(w->e, "read", path);
    if (fd >= 0)
        close(fd);
    w->bytes += text.len;
    if (ok && w->bytes > PLUGIN_ALL_BYTES)
        ok = over(w->e, w->root, "at most 8 MiB of Lua files");
    if (ok)
        keep(w, relative, &text);
    buf_free(&text);
    return ok;
}

/* Links may point to another place in the folder, never out of it. */
static bool read_link(walk *w, const char *path, const char *relative)
{
    char *root = file_absolute(w->root, w->e), *real = root ? file_absolute(path, w->e) : NULL;
    size_t len = root ? strlen(root) : 0;
    struct stat info;
    bool ok = false;
    if (!real)
        goto done;
    if (strncmp(real, root, len) != 0 || real[len] != '/') {
        err_set(w->e, ERR_NOT_ALLOWED, "this link leads out of the plugin's folder");
        err_where(w->e, "%s", path);
        err_hint(w->e, "copy what it points to into the plugin");
    } else if (stat(real, &info) != 0 || !S_ISREG(info.st_mode)) {
        not_ordinary(w->e, path);
    } else {
        ok = read_file(w, AT_FDCWD, real, path, relative);
    }
done:
    free(real);
    free(root);
    return ok;
}

/* DT_REG, DT_LNK and so on, also where the file system leaves that to us. */
static int type_of(int at, const struct dirent *entry)
{
    struct stat info;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type;
    if (fstatat(at, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_UNKNOWN;
    return IFTODT(info.st_mode);
}

static bool walk_folder(walk *w, int at, const char *name, const char *below, int levels);

/* Links to folders are not gone into; pipes and devices are not even opened. */
static bool walk_entry(walk *w, int at, const struct dirent *entry, const char *below, int levels)
{
    buf relative = {0};
    buf_fmt(&relative, "%s%s", below, entry->d_name);
    char *path = file_join(w->root, buf_text(&relative));
    int type = type_of(at, entry);
    bool ok = true;
    if (type == DT_DIR) {
        buf_char(&relative, '/');
        ok = levels > 1 ? walk_folder(w, at, entry->d_name, buf_text(&relative), levels - 1)
                        : over(w->e, path, "at most 8 folders inside each other");
    } else if (is_ours(buf_text(&relative))) {
        ok = type == DT_REG   ? read_file(w, at, entry->d_name, path, buf_text(&relative))
             : type == DT_LNK ? read_link(w, path, buf_text(&relative))
                              : not_ordinary(w->e, path);
    }
    free(path);
    buf_free(&relative);
    return ok;
}

/* Hidden files and folders hold nothing of the plugin's own. */
static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool walk_folder(walk *w, int at, const char *name, const char *below, int levels)
{
    struct dirent **entries = NULL;
    int folder = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int count = folder < 0 ? -1 : scandirat(folder, ".", &entries, is_shown, by_bytes);
    bool ok = count >= 0;
    if (!ok) {
        char *path = file_join(w->root, below);
        file_fail(w->e, "read the folder", path);
        free(path);
    }
    for (int i = 0; i < count; i++) {
        ok = ok && walk_entry(w, folder, entries[i], below, levels);
        free(entries[i]);
    }
    free(entries);
    if (folder >= 0)
        close(folder);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const value_entry *)a)->key, ((const value_entry *)b)->key);
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

bool plugin_files_read(const char *folder, value *files, buf *manifest, char hash[HASH_TEXT],
                       err *e)
{
    walk w = {.root = folder, .files = value_map(), .e = e};
    bool ok = walk_folder(&w, AT_FDCWD, folder, "", PLUGIN_LEVELS);
    if (ok) {
        if (value_len(&w.files))
            qsort(w.files.as.map.items, value_len(&w.files), sizeof(value_entry), by_name);
        plugin_files_hash(&w.files, buf_text(&w.manifest), w.manifest.len, hash);
        buf_add(manifest, buf_text(&w.manifest), w.manifest.len);
        value_free(files);
        *files = w.files;
        w.files = value_nil();
    }
    value_free(&w.files);
    buf_free(&w.manifest);
    return ok;
}
