#!/bin/sh
# Who knows whom: a path of introduction with what each step follows from, bridges, who stands alone, centrality, a picture.
. "$(dirname "$0")/lib.sh"

ok init . --demo
ok plugin test network
ok plugin check network

# Who can introduce me? Each step says why, and which record says so.
ok network path demo-accountmanager-zeeland demo-directie-onder-de-ruis
says "in 2 stappen"
says "introduction/demo-zeeland-limburg"
says "introduction/demo-limburg"
ok network path demo-accountmanager-zeeland demo-directie-onder-de-ruis other=1 --json
says '"way":2'
fails_with 4 network path demo-accountmanager-zeeland niemand
tells "onbekend: niemand"

# One introduction more makes it shorter, or makes a way where there was none.
ok put person/nieuw name="Nieuw Iemand" fictitious=true
fails_with 4 network path nieuw demo-directie-onder-de-ruis
tells "niets verbindt Nieuw Iemand"
ok put introduction/nieuw date=2026-11-01 people='["person/nieuw","person/demo-directie-onder-de-ruis"]' fictitious=true
ok network path nieuw demo-directie-onder-de-ruis
says "kennen elkaar"
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
ok network list kind=organisation limit=5
says "organisation/demo-"
lines 7
ok network list limit=3 --json
says '"nodes":'

# The picture: an SVG, the same each time; nothing is written into the store by any of this.
ok network picture --today 2026-11-24 -o one
ok network picture --today 2026-11-24 -o two
cmp -s one/netwerk.svg two/netwerk.svg || fail "expected the same picture twice"
grep -q "<svg xmlns" one/netwerk.svg || fail "expected an SVG"
ok events --type command.ran --json
prints "[]"
