#!/bin/sh
# run.sh: hostile plugins, one at a time and then all at once: each is stopped and named, and the others' answer stands. What each
# must come to is in cases.lua. $POLDER is the program; arguments are the names of plugins to try, all when there are none.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${POLDER:?the program to test}"
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
unset POLDER_HOME LC_ALL LC_MESSAGES LANG
"$POLDER" init --demo "$work/clean" >/dev/null
lua5.4 "$here/check.lua" "$POLDER" "$here" "$work" "$@"
