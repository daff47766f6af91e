#!/bin/sh
# Meetings at an event: from who comes, to a timetable that is the best there is, agendas, calendars, and a late cancellation.
. "$(dirname "$0")/lib.sh"

ok init . --demo
ok plugin test matchmaking
ok plugin check matchmaking

# An event has slots and rooms, and people who said that they come.
ok get gathering/demo-vlissingen-2027
says "Kade 4"

# First a look. Nothing is kept.
ok matchmaking plan demo-vlissingen-2027 scorecard=zeeland --dry-run --today 2026-11-24
says "deelnemers die in aanmerking komen hebben een gesprek"
says "not kept:"
ok query meeting --where "gathering == 'gathering/demo-vlissingen-2027'" --json
prints "[]"

# Everyone who qualifies has a meeting, and the sum of the scores is the upper bound: no timetable is better.
ok matchmaking plan demo-vlissingen-2027 scorecard=zeeland --today 2026-11-24 --json
cp "$out" "$flow/plan.json"
says '"total":'
[ "$(sed 's/.*"total":\([0-9.]*\).*/\1/' "$out")" = "$(sed 's/.*"bound":\([0-9.]*\).*/\1/' "$out")" ] || fail "expected the total to be the bound"
[ "$(sed 's/.*"covered":\([0-9]*\).*/\1/' "$out")" = "$(sed 's/.*"qualify":\([0-9]*\).*/\1/' "$out")" ] ||
  fail "expected a meeting for everyone who qualifies"
meetings=$(sed 's/.*"meetings":\([0-9]*\).*/\1/' "$out")
ok query meeting --where "gathering == 'gathering/demo-vlissingen-2027' and status == 'planned'" --format csv
lines $((meetings + 1))
ok events --type matchmaking.planned --json
says '"subject":"gathering/demo-vlissingen-2027"'

# Each meeting names the run that its score comes from.
run_id=$(sed 's/.*\(run\/[0-9a-z-]*\).*/\1/' "$flow/plan.json")
ok query meeting --where "gathering == 'gathering/demo-vlissingen-2027'" --limit 1 --json
says "\"run\":\"$run_id\""

# No room has two meetings.
ok query --sql "select starts, room, count(*) from meeting where gathering = 'gathering/demo-vlissingen-2027' group by 1, 2 having count(*) > 1" --json
prints "[]"

# The same again changes nothing: the plan is the same.
ok matchmaking plan demo-vlissingen-2027 scorecard=zeeland --today 2026-11-24 --json
ok query meeting --where "gathering == 'gathering/demo-vlissingen-2027' and status == 'cancelled'" --json
prints "[]"

# What people get.
ok matchmaking agenda demo-vlissingen-2027 demo-havenwacht
says "Havenwacht Zuidwest (fictief)"
says "Kade 1"
ok matchmaking calendar demo-vlissingen-2027 -o agendas
[ -s agendas/demo-havenwacht.ics ] || fail "expected a calendar for each participant"
for file in agendas/*.ics; do
  [ "$(head -c 15 "$file")" = BEGIN:VCALENDAR ] || fail "expected $file to begin as a calendar"
  [ "$(grep -c "$(printf '\r')$" "$file")" -eq "$(wc -l <"$file")" ] || fail "expected CRLF in $file"
  [ -z "$(grep ^DTSTART "$file" | sort | uniq -d)" ] || fail "expected nobody in two places at once in $file"
  LC_ALL=C awk 'length($0) > 76 { exit 1 }' "$file" || fail "expected lines of at most 75 octets in $file"
done
before=$(grep -c '^STATUS:CONFIRMED' agendas/demo-havenwacht.ics)

# A late cancellation: these meetings go, the others stay where they are.
timetable="select id, starts, room from meeting where gathering = 'gathering/demo-vlissingen-2027' and status = 'planned' order by id"
ok query --sql "$timetable" --format csv
cp "$out" "$flow/before"
ok matchmaking cancel demo-vlissingen-2027 demo-havenwacht
says "$before vervallen"
says "0 verplaatst; al het andere blijft"
ok query --sql "$timetable" --format csv
[ "$(comm -13 "$flow/before" "$out" | wc -l)" -eq 0 ] || fail "expected every meeting that stays in its slot and room"
ok matchmaking calendar demo-vlissingen-2027 demo-havenwacht -o agendas
[ "$(grep -c '^STATUS:CANCELLED' agendas/demo-havenwacht.ics)" -eq "$before" ] || fail "expected the calendar to say what was cancelled"
grep -q '^SEQUENCE:[1-9]' agendas/demo-havenwacht.ics || fail "expected a calendar that supersedes the one before"

# What can't be.
fails_with 4 matchmaking plan nergens
tells "gathering/nergens is er niet"
fails_with 5 matchmaking plan demo-nijkerk-2026
tells "er zijn al gesprekken gehouden"
fails_with 4 matchmaking cancel demo-vlissingen-2027 demo-havenwacht
tells "is niet aangemeld"
fails_with 2 matchmaking cancel demo-vlissingen-2027 demo-zilte-echo slot=99
tells "er is geen ronde 99"
ok audit verify
