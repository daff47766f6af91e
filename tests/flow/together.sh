#!/bin/sh
# Two commands at once: who reads never waits, who writes waits for the other, and is told who it is when that takes too long.
. "$(dirname "$0")/lib.sh"

ok init .
ok put organisation/first name=Eerste

# An import that is all or nothing, and still waits for rows: it holds the store from its first row on.
mkfifo rows
"$POLDER" import - --kind organisation --format jsonl --atomic <rows >import.out 2>import.err &
import=$!
exec 3>rows
seq -f '{"id":"slow-%g","name":"Traag, en met een lange naam, want gelezen wordt er bij vele bytes tegelijk"}' 3000 >&3

# It may not have come that far yet: then the writing succeeds.
tries=0
code=0
while [ "$code" -eq 0 ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || fail "expected the import to hold the store"
  run put organisation/impatient name="Poging $tries"
done
[ "$code" -eq 7 ] || fail "expected exit code 7"
tells "the store is being written by process $import ("
tells "polder import - --kind organisation"
fits

ok get organisation/first
ok query organisation --json
says_not organisation/slow
ok audit verify

# What was found stands, though its run can't be kept.
fails_with 7 match --scorecard national --json
says '"scorecard":"partnership/national"'
says_not '"run":'
tells "the answer stands, but no run of it is kept: the store is being written by process $import ("
fails_with 7 report overview --format md
says "# "
tells "the answer stands, but no run of it is kept"

# One who waits, and is let in when the import ends.
"$POLDER" put organisation/patient name=Geduldig >put.out 2>&1 3>&- &
put=$!
exec 3>&-
wait "$import" || fail "expected the import to succeed"
wait "$put" || fail "expected the writer that waited to succeed"
ok get organisation/slow-3000
ok get organisation/patient
ok audit verify
