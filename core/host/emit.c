#include "host/emit.h"

#include <string.h>

/* Types that say what Polder itself did. */
static bool is_own(const char *type)
{
    static const char *const OWN[] = {"record.",  "run.",   "kinds.",  "source.",
                                      "handler.", "audit.", "command."};
    for (size_t i = 0; i < sizeof OWN / sizeof OWN[0]; i++)
        if (strncmp(type, OWN[i], strlen(OWN[i])) == 0)
            return true;
    return false;
}

static bool is_type(const char *type)
{
    size_t len = strlen(type);
    return len > 0 && len <= 100 && type[0] >= 'a' && type[0] <= 'z' && strchr(type, '.') &&
           strspn(type, "abcdefghijklmnopqrstuvwxyz0123456789._-") == len;
}

bool emit_check_type(const char *type, const char *owner, err *e)
{
    if (!is_type(type))
        return err_set(
            e, ERR_BAD_DATA,
            "a type of event is like \"%s.overdue\": small letters, digits, '-', '_' and "
            "a point",
            owner);
    if (is_own(type))
        return err_set(e, ERR_NOT_ALLOWED, "%s is a type that Polder itself writes", type);
    return true;
}

bool emit_check_subject(const char *subject, err *e)
{
    if (!*subject || strlen(subject) > 200 || strpbrk(subject, " \t\n\r"))
        return err_set(e, ERR_BAD_DATA,
                       "subject: expected a name without blanks, as in \"demand/dijk\": the log "
                       "can't be without it any more, so no words about somebody");
    return true;
}
