#!/bin/sh
# Who knows whom: a path of introduction with what each step follows from, bridges, who stands alone, centrality, a picture.
. "$(dirname "$0")/lib.sh"

ok init . --demo
ok plugin test network
ok plugin check network

# Who can introduce me? Each step says why, and which record says so.
ok network path demo-accountmanager-zeeland demo-directie-onder-de-ruis
says "in 2 steps"
says "introduction/demo-zeeland-limburg"
says "introduction/demo-limburg"
ok network path demo-accountmanager-zeeland demo-directie-onder-de-ruis other=1 --json
says '"way":2'
ok network path "zeger voorbeeld (fictief)" demo-directie-onder-de-ruis
says "in 2 steps"
fails_with 4 network path demo-accountmanager-zeeland niemand
tells "nobody is called niemand; \`polder search\` finds by words"
fails_with 4 network path demo-accountmanager-zeeland plank
tells "perhaps meant: Volle Plank (fictief) (organisation/demo-volle-plank)"
LC_ALL=nl_NL.UTF-8 fails_with 2 network path demo-zilte-echo demo-zilte-echo
tells "van Zilte Echo (fictief) naar zichzelf is geen weg"

# Who can be asked is a person or an organisation: those in one agreement know each other by it, and nobody asks a paper
# or a region. Where a region takes part, its development company does.
LC_ALL=nl_NL.UTF-8 ok network path bart-sattler demo-zilte-echo
says "Vraag ROM InWest: van Bart Sattler naar Zilte Echo (fictief) in 4 stappen; Havenwacht Zuidwest (fictief) kent Zilte Echo"
says "region/noord-holland,"
ok network path bart-sattler demo-zilte-echo
says "are in the same"
ok network path bart-sattler demo-zilte-echo other=2 --json
says '"ask":"organisation/rom-inwest"'
says_not '"to_id":"agreement/'
says_not '"to_id":"region/'
ok network path bart-sattler gijs-tuinman
says "Bart Sattler and"
says "know each other"

# One introduction more makes it shorter, or makes a way where there was none.
ok put person/nieuw name="Nieuw Iemand" fictitious=true
fails_with 4 network path nieuw demo-directie-onder-de-ruis
tells "nothing links Nieuw Iemand"
ok put introduction/nieuw date=2026-11-01 people='["person/nieuw","person/demo-directie-onder-de-ruis"]' fictitious=true
ok network path nieuw demo-directie-onder-de-ruis
says "know each other"
says "introduction/nieuw"

# Firms that are linked to nobody, until somebody meets them.
ok network isolated
says "organisation/demo-deltaklem"
ok put introduction/deltaklem date=2026-11-02 organisations='["organisation/demo-deltaklem","organisation/demo-bewaking"]' fictitious=true
ok network isolated
says_not "organisation/demo-deltaklem"

# What links regions, and who stands in the middle.
ok network bridges
says "introduction/deltaklem"
says "Noord-Holland – Zeeland: "
says "Limburg – Zeeland: "
! grep -q "NL[0-9]" "$out" || fail "expected names of regions, not codes"
says_not "Oost-Nederland – Oost-Nederland"
LC_ALL=nl_NL.UTF-8 ok network isolated
says "zonder regio"
ok network list kind=organisation limit=5
says "organisation/demo-"
lines 7
ok network list limit=3 --json
says '"nodes":'

# The picture: an SVG, the same each time; nothing is written into the store by any of this.
ok network picture --today 2026-11-24 -o one
ok network picture --today 2026-11-24 -o two
cmp -s one/netwerk.svg two/netwerk.svg || fail "expected the same picture twice"
[ "$(grep -c 'width="14"' one/netwerk.svg)" -eq 8 ] || fail "expected the seven regions and no region in the legend"
[ "$(grep -o 'width="14".*fill="[^"]*"/' one/netwerk.svg | sort -u | wc -l)" -eq 8 ] || fail "expected a colour for each"
grep -q ">Oost-Nederland<" one/netwerk.svg || fail "expected regions by name"
grep -q "<svg xmlns" one/netwerk.svg || fail "expected an SVG"
ok events --type command.ran --json
prints "[]"

# Two people who come for 41 organisations are two who came.
for name in een twee; do ok put "person/$name" name="$name"; done
ok put gathering/druk title=Druk
for nr in $(seq 41); do
  [ "$nr" -lt 21 ] && who=een || who=twee
  echo "{\"id\":\"attendance/druk-$nr\",\"gathering\":\"gathering/druk\",\"organisation\":\"organisation/o$nr\",\"person\":\"person/$who\",\"status\":\"registered\"}"
done >"$flow/druk.jsonl"
ok import "$flow/druk.jsonl" --kind attendance
ok network path een twee
says "gathering/druk"
