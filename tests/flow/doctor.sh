#!/bin/sh
# doctor: what works here, with a workspace and without.
. "$(dirname "$0")/lib.sh"

ok doctor
says "seccomp"
says "landlock"
says "no workspace here"
says "libraries"
ok init .
ok doctor --json
says '"what":"log","state":"ok"'
says '"part":"sandbox"'

# Damage to the log is found, here and by audit.
if command -v sqlite3 >/dev/null; then
  ok put organisation/x name=X
  ok put organisation/x name=Y
  sqlite3 polder.db "update event set data = replace(data, 'Y', 'Z') where seq = (select max(seq) from event)"
  fails_with 3 audit verify
  tells "damaged at event"
  fails_with 7 doctor
  says "damaged at event"
fi

printf 'return { workers = "many" }\n' >polder.lua
fails_with 7 doctor
says "workers"
printf 'return {\n' >polder.lua
fails_with 7 doctor
says "polder.lua"
