#!/bin/sh
# Meetings at an event: from who comes, to a timetable that is the best there is, agendas, calendars, and a late cancellation.
. "$(dirname "$0")/lib.sh"
export LC_ALL='' LC_CTYPE=C.UTF-8 LC_MESSAGES=nl_NL.UTF-8

ok init . --demo
ok plugin test matchmaking
ok plugin check matchmaking

# An event has slots and rooms, and people who said that they come.
ok get gathering/demo-vlissingen-2027
says "Kade 4"

# Who cancels before there is a plan is noted.
ok matchmaking cancel demo-vlissingen-2027 demo-havenwacht slot=2 --dry-run
says "Havenwacht Zuidwest (fictief) komt niet om 08:30 UTC"
says "er is nog geen rooster dat daarop wacht"

# First a look. Nothing is kept.
ok matchmaking plan demo-vlissingen-2027 scorecard=zeeland --dry-run --today 2026-11-24
says "deelnemers die in aanmerking komen hebben een gesprek"
grep -q 'som van de scores [0-9.]*,[0-9][0-9]; meer dan [0-9.]*,[0-9][0-9] kan niet' "$out" || fail "expected sums as a Dutch reader writes them"
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
ok matchmaking plan demo-vlissingen-2027 --today 2026-11-24 --json
ok query meeting --where "gathering == 'gathering/demo-vlissingen-2027' and status == 'cancelled'" --json
prints "[]"

# What people get.
ok matchmaking agenda demo-vlissingen-2027 demo-havenwacht
says "Havenwacht Zuidwest (fictief)"
says "Kade 1"
grep -q '^  09:00-09:25 UTC  ' "$out" || fail "expected times that say they are UTC"
ok matchmaking agenda demo-vlissingen-2027 person/demo-directie-zilte-echo
says "(namens Zilte Echo (fictief))"
fails_with 4 matchmaking agenda demo-vlissingen-2027 nergens-bv
tells "organisation/nergens-bv is er niet"
fails_with 4 matchmaking agenda demo-vlissingen-2027 demo-blauwe-vonk
tells "heeft geen gesprekken op"
ok matchmaking calendar demo-vlissingen-2027 -o agendas
[ -s agendas/person-demo-directie-zilte-echo.ics ] || fail "expected a calendar for each person"
[ -s agendas/demo-havenwacht.ics ] || fail "expected a calendar for each participant"
for file in agendas/*.ics; do
  [ "$(head -c 15 "$file")" = BEGIN:VCALENDAR ] || fail "expected $file to begin as a calendar"
  [ "$(grep -c "$(printf '\r')$" "$file")" -eq "$(wc -l <"$file")" ] || fail "expected CRLF in $file"
  [ -z "$(grep ^DTSTART "$file" | sort | uniq -d)" ] || fail "expected nobody in two places at once in $file"
  ! grep -q 'Deelnemers: *\(\\n\)*.$' "$file" || fail "expected no empty list of people in $file"
  LC_ALL=C awk 'length($0) > 76 { exit 1 }' "$file" || fail "expected lines of at most 75 octets in $file"
done
before=$(grep -c '^STATUS:CONFIRMED' agendas/demo-havenwacht.ics)

# A report: who meets whom, who got how many, what was left out, and the sum against the bound.
ok report meetings demo-vlissingen-2027 --lang nl --today 2026-11-24
says "## Wie spreekt wie wanneer"
says "## Wie kreeg hoeveel"
says "## Wat afviel"
says "geen rooster met evenveel organisaties komt boven"
says "- gesprekken: **$meetings**"
total=$(sed 's/.*"total":\([0-9.]*\).*/\1/' "$flow/plan.json")
ok report meetings demo-vlissingen-2027 --lang nl --today 2026-11-24 --format json
says "$total"
fails_with 3 report meetings nergens
tells "gathering/nergens is er niet"

# The plan remembers its scorecard: the report and a cancellation go by it, and another one is refused.
ok report meetings demo-vlissingen-2027 --lang en --today 2026-11-24
says "(zeeland/zeeland), with which the plan was made."
fails_with 3 report meetings demo-vlissingen-2027 scorecard=limburg
tells "is gepland met de scorekaart zeeland/zeeland: laat scorecard= weg, of plan opnieuw met scorecard=limburg"
fails_with 2 matchmaking cancel demo-vlissingen-2027 demo-havenwacht scorecard=partnership/national
tells "is gepland met de scorekaart zeeland/zeeland"
ok matchmaking cancel demo-vlissingen-2027 demo-havenwacht scorecard=zeeland --dry-run
ok matchmaking plan demo-vlissingen-2027 scorecard=limburg --dry-run
says "let op: het vorige rooster was gemaakt met zeeland/zeeland"

# Only what is needed is new; free slots are filled when asked.
ok matchmaking plan demo-vlissingen-2027 scorecard=zeeland most=2 --today 2026-11-24
ok matchmaking cancel demo-vlissingen-2027 demo-deltaklem --dry-run
says "1 vervallen, 0 nieuw, 0 verplaatst"
ok matchmaking cancel demo-vlissingen-2027 demo-deltaklem fill=yes --dry-run
says "1 vervallen, 1 nieuw, 0 verplaatst"
ok matchmaking plan demo-vlissingen-2027 scorecard=zeeland --today 2026-11-24

# Somebody who is in a meeting of another event at that hour is told of, by who plans.
ok put gathering/samen title=Samen slots='["2027-03-18T09:05:00Z"]' rooms='["R"]' slot_minutes=25
for name in havenwacht zilte-echo; do
  ok put attendance/samen-$name gathering=gathering/samen organisation=organisation/demo-$name status=registered
done
ok matchmaking plan samen scorecard=zeeland --today 2026-11-24 --dry-run
says "let op: Havenwacht Zuidwest (fictief) heeft om 09:05 UTC ook een gesprek elders: Ontmoetingsdag haven en delta"
ok put gathering/samen slots='["2027-03-18T12:00:00Z"]'
ok matchmaking plan samen scorecard=zeeland --today 2026-11-24 --dry-run
says_not "elders"

# A late cancellation: these meetings go, the others stay where they are.
timetable="select id, starts, room from meeting where gathering = 'gathering/demo-vlissingen-2027' and status = 'planned' order by id"
ok query --sql "$timetable" --format csv
cp "$out" "$flow/before"
ok matchmaking cancel demo-vlissingen-2027 demo-havenwacht
says "$before vervallen"
grep -q '^vervalt: 09:00 UTC, Kade [1-4]: Havenwacht Zuidwest (fictief) met ' "$out" || fail "expected which meetings go"
says "0 verplaatst; al het andere blijft"
says "som van de scores"
ok query --sql "$timetable" --format csv
[ "$(comm -13 "$flow/before" "$out" | wc -l)" -eq 0 ] || fail "expected every meeting that stays in its slot and room"
ok matchmaking calendar demo-vlissingen-2027 demo-havenwacht -o agendas
[ "$(grep -c '^STATUS:CANCELLED' agendas/demo-havenwacht.ics)" -eq "$before" ] || fail "expected the calendar to say what was cancelled"
grep -q '^SEQUENCE:[1-9]' agendas/demo-havenwacht.ics || fail "expected a calendar that supersedes the one before"

# One person comes for five organisations: she is never in two places at a time, neither when planned nor after a cancellation.
her=person/demo-directie-zilte-echo
for name in zilte-echo deltaklem schemerglas getijdenwerk-terneuzen instituut-golfslag; do
  ok put "attendance/demo-2027-$name" person=$her
done
planned="from meeting where gathering = 'gathering/demo-vlissingen-2027' and status = 'planned' and people like '%$her%'"
twice="select starts, count(*) $planned group by 1 having count(*) > 1"
ok matchmaking plan demo-vlissingen-2027 --today 2026-11-24
ok query --sql "$twice" --json
prints "[]"
ok query --sql "select count(*) $planned" --format csv
[ "$(tail -1 "$out")" -ge 5 ] || fail "expected her to have meetings"
ok matchmaking cancel demo-vlissingen-2027 demo-kustgenie
ok query --sql "$twice" --json
prints "[]"

# She can't come in the second slot: that counts for all five.
ok matchmaking cancel demo-vlissingen-2027 $her slot=2
ok query --sql "select id $planned and starts like '2027-03-18T08:30%'" --json
prints "[]"
ok matchmaking plan demo-vlissingen-2027 --today 2026-11-24
ok query --sql "select id $planned and starts like '2027-03-18T08:30%'" --json
prints "[]"

# Who says the same twice is away as before, and a list that has it twice means no more.
for _ in 1 2; do
  ok matchmaking cancel demo-vlissingen-2027 demo-bewaking slot=3
done
ok get attendance/demo-2027-bewaking --json
says '"absent":["2027-03-18T09:00:00Z"]'
ok put gathering/klein title=Klein slots='["2027-05-01T08:00:00Z"]' rooms='["R"]' slot_minutes=25
for name in havenwacht onderwal-robotica; do
  ok put attendance/klein-$name gathering=gathering/klein organisation=organisation/demo-$name status=registered
done
ok matchmaking plan klein scorecard=zeeland --today 2026-11-24 --dry-run
says "Klein: 1 gesprek"
ok put attendance/klein-havenwacht absent='["2027-05-01T08:00:00Z","2027-05-01T08:00:00Z"]'
run matchmaking plan klein scorecard=zeeland --today 2026-11-24 --dry-run
says_not "Klein: 1 gesprek"

# An organisation that has somebody else as well sends them, and the meeting stays.
ok put attendance/demo-2027-zilte-bis gathering=gathering/demo-vlissingen-2027 organisation=organisation/demo-zilte-echo person=person/demo-directie-lichtslot status=registered
ok matchmaking cancel demo-vlissingen-2027 $her
says "andere mensen:"
ok query --sql "select id $planned" --json
prints "[]"

ok matchmaking cancel --help
says_not "Top, from 1"

# What can't be.
fails_with 4 matchmaking plan nergens
tells "gathering/nergens is er niet"
fails_with 5 matchmaking plan demo-nijkerk-2026
tells "er zijn al gesprekken gehouden"
fails_with 4 matchmaking cancel demo-vlissingen-2027 demo-havenwacht
tells "is niet aangemeld"
fails_with 2 matchmaking cancel demo-vlissingen-2027 demo-zilte-echo slot=99
tells "er is geen ronde 99"
fails_with 2 matchmaking cancel demo-nijkerk-2026 demo-zilte-echo
tells "het logboek zegt niet met welke scorekaart gathering/demo-nijkerk-2026 is gepland"
ok report meetings demo-nijkerk-2026 --lang nl
says "## Wie kreeg hoeveel"
ok put gathering/leeg title=Leeg
fails_with 3 matchmaking plan leeg
tells "heeft nog geen ronden (slots) of ruimten (rooms): polder put gathering/leeg"

# Slots that overlap would put one organisation and one room in two meetings at once.
ok put gathering/over title=Over slots='["2027-06-18T08:00:00Z","2027-06-18T08:10:00Z"]' rooms='["R1","R2"]'
fails_with 3 matchmaking plan over
tells "gathering/over: de ronden van 2027-06-18T08:00:00Z en 2027-06-18T08:10:00Z vallen over elkaar: een gesprek duurt 25"
fails_with 3 matchmaking cancel over demo-havenwacht
tells "vallen over elkaar"
fails_with 5 put gathering/over slot_minutes=11
tells "duurt 11 minuten"
ok put gathering/over slot_minutes=10
fails_with 4 matchmaking cancel over demo-havenwacht
tells "is niet aangemeld"

# In English for who reads English.
export LC_MESSAGES=en_GB.UTF-8
ok matchmaking plan demo-vlissingen-2027 --dry-run --today 2026-11-24
says "participants that qualify have a meeting"
says "scorecard zeeland/zeeland"
ok matchmaking cancel demo-vlissingen-2027 demo-zilte-echo --dry-run
says "all else stays"
grep -q '^goes: [0-9:]* UTC, Kade [1-4]: .* with Zilte Echo' "$out" || fail "expected which meetings go, in English"
says_not " gesprek"
ok matchmaking agenda demo-vlissingen-2027 demo-zilte-echo
says " UTC  Kade"
ok report meetings demo-vlissingen-2027 --lang en --today 2026-11-24
grep -q '^- .* UTC, Kade [1-4]: .* with ' "$out" || fail "expected cancelled meetings in English"
says_not "in gesprek met"
for command in agenda cancel; do
  ok matchmaking $command --help
  says "Times are in UTC."
done
fails_with 4 matchmaking plan nergens
tells "there is no gathering/nergens"
ok audit verify
