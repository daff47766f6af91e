/* value.h: the one variant type that crosses every boundary: store, Lua, frames, JSON, C API.
 * Floor: base. */
#ifndef POLDER_BASE_VALUE_H
#define POLDER_BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum value_type {
    VALUE_NIL, /* JSON null */
    VALUE_BOOL,
    VALUE_INT,    /* whole 64-bit integers */
    VALUE_DOUBLE, /* finite unless a worker sent it */
    VALUE_TEXT,   /* UTF-8 with length; may hold any byte when it came from Lua */
    VALUE_LIST,
    VALUE_MAP, /* text keys in insertion order, each once */
} value_type;

typedef struct value value;
typedef struct value_entry value_entry;

/* Plain data. A zeroed value is nil. A value owns all that hangs below it. */
struct value {
    value_type type;
    bool literal; /* a map whose keys are string literals: it owns none of them */
    union {
        bool boolean;
        int64_t integer;
        double number;
        struct {
            char *bytes; /* NUL behind the last byte */
            size_t len;
        } text;
        struct {
            value *items;
            size_t len, cap;
        } list;
        struct {
            value_entry *items;
            size_t len, cap;
        } map;
    } as;
};

struct value_entry {
    char *key; /* NUL-terminated; holds no NUL */
    value value;
};

/* Make. The result is owned by whoever holds it. */
value value_nil(void);
value value_bool(bool boolean);
value value_int(int64_t integer);
value value_double(double number);
value value_number(double number);  /* the same, but nil for NaN */
value value_text(const char *text); /* copies; NULL gives nil */
value value_bytes(const char *bytes, size_t len);
value value_adopt(char *bytes, size_t len); /* takes over what was allocated, with its NUL */
value value_list(void);
value value_map(void);
value value_list_of(size_t room); /* empty, with memory for so many */
value value_map_of(size_t room);
value value_map_literal(size_t room); /* and every key that is added to it is a string literal */
value value_copy(const value *v);
void value_free(value *v); /* leaves nil; NULL is fine */

/* Build. The item moves into the list or map (its old variable is dead); the pointer that comes
 * back is borrowed and good until the next change. */
value *value_push(value *list, value item);
value *value_set(value *map, const char *key, value item); /* replaces in place */
value *value_add(value *map, const char *key,
                 value item);                 /* the caller knows that the key is new: no look-up */
bool value_drop(value *map, const char *key); /* false when it was not there */
value value_take(value *map, const char *key); /* owned by the caller; nil when it was not there */

/* Read. All accept NULL and answer as for nil. */
const value *value_get(const value *map, const char *key); /* NULL when absent or not a map */
const value *value_at(const value *list,
                      size_t index);                   /* from 0; NULL past the end or not a list */
size_t value_len(const value *v);                      /* items, entries or bytes; 0 for the rest */
bool value_holds(const value *list, const char *text); /* is the text one of its items? */
bool value_is(const value *v, value_type type);
const char *value_str(const value *v, const char *otherwise); /* text, or `otherwise` */
int64_t value_as_int(const value *v, int64_t otherwise);      /* a whole double counts */
double value_as_double(const value *v, double otherwise);     /* an int counts */
bool value_as_bool(const value *v, bool otherwise);
const char *value_get_str(const value *map, const char *key, const char *otherwise);
int64_t value_get_int(const value *map, const char *key, int64_t otherwise);
double value_get_double(const value *map, const char *key, double otherwise);
bool value_get_bool(const value *map, const char *key, bool otherwise);

/* Deep, type-strict equality, but 1 and 1.0 are equal; maps are equal in any order. */
bool value_equal(const value *a, const value *b);
size_t value_memory(const value *v);          /* bytes that it takes, roughly */
const char *value_type_name(value_type type); /* "text", "list", … as messages to people say it */

#endif
