/* audit.h: what stands behind `polder audit`: one function a word. Floor: cli. */
#ifndef POLDER_CLI_AUDIT_H
#define POLDER_CLI_AUDIT_H

#include "cli/cli.h"

bool audit_verify(cli *c, err *e); /* --head FILE, --public-key KEY */
bool audit_reindex(cli *c, err *e);
bool audit_export(cli *c, err *e); /* --output FILE */
bool audit_key(cli *c, err *e);    /* --key FILE */
bool audit_sign(cli *c, err *e);   /* --key FILE, --output FILE */

#endif
