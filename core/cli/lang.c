#include "cli/lang.h"

#include <stdlib.h>
#include <string.h>

static const char *chosen;

void lang_choose(const char *code)
{
    chosen = code;
}

const char *lang_code(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; !chosen && i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *locale = getenv(NAMES[i]);
        if (locale && *locale)
            return strncmp(locale, "nl", 2) == 0 ? "nl" : "en";
    }
    return chosen ? chosen : "en";
}

const char *lang_title(const value *title, const char *otherwise)
{
    const char *text = value_str(title, NULL);
    if (!text)
        text = value_get_str(title, lang_code(), NULL);
    return text && *text ? text : otherwise;
}
