/* lang.h: titles of kinds, fields and rules in the user's language: what --lang says, else Dutch
 * when the locale says nl, else English. Floor: cli. */
#ifndef POLDER_CLI_LANG_H
#define POLDER_CLI_LANG_H

#include "base/value.h"

const char *lang_code(void); /* "nl" or "en", as chosen, else by LC_ALL, LC_MESSAGES, LANG */
/* From here on this one, of an option's choices; NULL: as the locale says. Borrowed. */
void lang_choose(const char *code);
/* `title` is {nl, en} or a text; `otherwise` when it is neither. Borrowed. */
const char *lang_title(const value *title, const char *otherwise);

#endif
