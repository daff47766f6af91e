/* known_answers.h: what eval and tune say of the file of known answers. Floor: cli. */
#ifndef POLDER_CLI_KNOWN_ANSWERS_H
#define POLDER_CLI_KNOWN_ANSWERS_H

#include "base/value.h"

/* Lines whose records are not there, on stderr: a list of {where, id}. */
void known_answers_tell(const value *unknown);

#endif
