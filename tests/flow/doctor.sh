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

  # So is a table that says something else than the log, and a clock that stands before it.
  rm -f polder.db*
  mkdir other
  ok init other
  mv other/polder.db .
  ok put organisation/x name=X
  ok doctor
  says "all as the log tells"
  sqlite3 polder.db "update record set data = replace(data, 'X', 'Y')"
  fails_with 7 doctor
  says "1 of 1 records"
  says "polder audit verify"
  sqlite3 polder.db "update record set data = replace(data, 'Y', 'X'); update event set time = '2999-01-01T00:00:00.000Z'"
  run doctor
  says "stands before the newest event"
  ok put organisation/x name=Z
  tells "new events get that time"
fi

printf 'return { workers = "many" }\n' >polder.lua
fails_with 7 doctor
says "workers"
printf 'return {\n' >polder.lua
fails_with 7 doctor
says "polder.lua"
