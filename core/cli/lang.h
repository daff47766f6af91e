/* lang.h: titles of kinds, fields and rules in the user's language: Dutch when the locale says nl,
 * else English. Floor: cli. */
#ifndef POLDER_CLI_LANG_H
#define POLDER_CLI_LANG_H

#include "base/value.h"

const char *lang_code(void); /* "nl" or "en", by LC_ALL, LC_MESSAGES, LANG */
/* `title` is {nl, en} or a text; `otherwise` when it is neither. Borrowed. */
const char *lang_title(const value *title, const char *otherwise);

#endif
