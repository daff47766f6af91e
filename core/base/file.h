/* file.h: whole files and folders, with errors that name them. Floor: base. Any thread. */
#ifndef POLDER_BASE_FILE_H
#define POLDER_BASE_FILE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"

/* Appends the whole file; "-" is stdin. ERR_NOT_FOUND, ERR_NOT_ALLOWED, ERR_LIMIT (over
 * `max_bytes`), ERR_BAD_DATA (a folder). */
bool file_read(const char *path, size_t max_bytes, buf *out, err *e);
/* The rest of a file that is open; `path` is for errors. What came before one stays in *out. */
bool file_read_open(int fd, const char *path, size_t max_bytes, buf *out, err *e);
/* Writes beside it, syncs, renames over it: after true it is whole on disk. */
bool file_write(const char *path, const void *bytes, size_t len, err *e);
/* The same in pieces: nothing is there under that name before file_end, and nothing is left after
 * file_abandon. A pipe or device is written to at once. */
typedef struct file_writer file_writer;            /* opaque */
file_writer *file_begin(const char *path, err *e); /* owned: until file_end or file_abandon */
bool file_add(file_writer *w, const void *bytes, size_t len, err *e);
bool file_end(file_writer *w, err *e); /* frees it, also when it fails */
void file_abandon(file_writer *w);     /* accepts NULL */
/* Makes a file that only its owner can read, whole on disk; ERR_NOT_ALLOWED when there is one of
 * that name. */
bool file_create_private(const char *path, const void *bytes, size_t len, err *e);
bool file_exists(const char *path);
bool file_is_folder(const char *path);
bool file_make_folder(const char *path, err *e); /* with its parents; an existing one is fine */
/* Names in a folder, sorted bytewise, without "." and ".."; a list of text. */
bool file_list(const char *path, value *out, err *e);
/* "cannot WHAT notes.txt: No such file or directory", by errno, with the code that fits; false. */
bool file_fail(err *e, const char *what, const char *path);
char *file_join(const char *folder, const char *name); /* owned by the caller */
char *file_absolute(const char *path, err *e); /* owned by the caller; NULL when it is not there */

#endif
