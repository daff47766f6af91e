#!/bin/sh
# The log: listed, filtered, followed.
. "$(dirname "$0")/lib.sh"

ok init .
ok put solution/delta title=Delta trl=7
ok put solution/eb title=Eb
ok put solution/delta trl=8
ok events --type 'record.*'
says "record.created"
says "solution/eb"
says "trl = 8"
fits
ok events --type record.created --subject solution/delta --format jsonl
lines 1
for key in seq time actor type subject data prev hash; do
  says "\"$key\":"
done
says_not '"changes"'
ok events --type 'record.*' --limit 2 --format jsonl
lines 2
seq=$(tail -n 1 "$out" | grep -o '"seq":[0-9]*' | cut -d : -f 2)
ok events --since "$seq" --json
says '"trl":8'
says_not '"Delta"'
ok events --since 99999 --json
prints "[]"
ok events --since 99999
prints "no events"
ok events --subject solution/delta --format csv
says "seq,time,actor,type,subject,data,prev,hash"
lines 3

# Followed from a point: what is there, then what comes.
"$POLDER" events --follow --since "$seq" --limit 2 --type 'record.*' --format jsonl >"$flow/followed" &
follower=$!
ok put solution/vloed title=Vloed
wait "$follower" || fail "expected --follow to end after --limit events"
[ "$(wc -l <"$flow/followed")" -eq 2 ] || fail "expected two events from --follow"
grep -q '"subject":"solution/vloed"' "$flow/followed" || fail "expected the event that came while following"

# Until it is told to stop: that is its end, not a failure.
"$POLDER" events --follow --since "$seq" >"$flow/until" &
follower=$!
until grep -q "solution/vloed" "$flow/until" 2>/dev/null; do
  kill -0 "$follower" || fail "expected --follow to go on"
done
kill -TERM "$follower"
wait "$follower" || fail "expected --follow to end well when it is told to stop"
fails_with 2 events --follow --json
tells "has no end"
fails_with 2 events --follow --format csv
