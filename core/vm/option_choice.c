/* Options that are one of a few words. */
#include <string.h>

#include "base/text.h"
#include "vm/options.h"

enum { MAX_NAME = 64, MAX_CHOICES = 24, MAX_CHOICES_BYTES = 200 };

bool option_is_among(const char *word, const char *words)
{
    size_t len = strlen(word);
    for (const char *at = words; at && *at;) {
        size_t next = strcspn(at, " ");
        if (next == len && strncmp(at, word, len) == 0)
            return true;
        at += next + (at[next] == ' ');
    }
    return false;
}

void option_choices(const char *words, buf *out)
{
    for (const char *at = words; at && *at;) {
        size_t len = strcspn(at, " ");
        buf_fmt(out, "%s%.*s", at == words ? "" : ", ", (int)len, at);
        at += len + (at[len] == ' ');
    }
}

/* The word nearest to `text` among `words`, into `out`; false when none is near. */
static bool nearest_choice(const char *text, const char *words, char out[MAX_NAME])
{
    char list[MAX_CHOICES_BYTES] = "";
    const char *names[MAX_CHOICES];
    size_t count = 0;
    strncat(list, words, sizeof list - 1);
    char *rest = NULL;
    for (char *word = strtok_r(list, " ", &rest); word && count < MAX_CHOICES;
         word = strtok_r(NULL, " ", &rest))
        names[count++] = word;
    const char *near = text_nearest(text, names, count);
    out[0] = '\0';
    strncat(out, near ? near : "", MAX_NAME - 1);
    return near != NULL;
}

bool option_choice(const option_row *row, value *v, err *e)
{
    char near[MAX_NAME];
    if (*option_text(v) && option_is_among(v->as.text.bytes, row->choices))
        return true;
    buf what = {0}, said = {0};
    buf_str(&what, "one of ");
    option_choices(row->choices, &what);
    option_expected(buf_text(&what), v, e);
    if (*option_text(v) && nearest_choice(option_text(v), row->choices, near)) {
        buf_fmt(&said, "%s; did you mean \"%s\"?", e->message, near);
        err_set(e, ERR_BAD_DATA, "%s", buf_text(&said));
    }
    buf_free(&what);
    buf_free(&said);
    return false;
}
