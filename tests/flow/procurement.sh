#!/bin/sh
# From call to decision: published, sealed, assessed by several with reasons, ranked, decided, done again; and what is refused.
. "$(dirname "$0")/lib.sh"

ok init . --demo
ok plugin test procurement
ok plugin check procurement

# A call is made ready: criteria with weights, assessors. It opens only when the weights are 100 together.
ok put call/proef title="Proef (fictief)" deadline=2999-01-01T12:00:00Z owner=organisation/demo-havenwacht \
  assessors='["person/demo-innovatie-havenwacht","person/demo-innovatie-kustgenie"]' status=draft fictitious=true
ok put criterion/proef-kwaliteit call=call/proef title=Kwaliteit weight=60 max=10 fictitious=true
fails_with 3 procurement open proef
tells "de gewichten zijn samen 60, niet 100"
ok put criterion/proef-prijs call=call/proef title=Prijs weight=30 max=10 fictitious=true
ok put criterion/proef-prijs weight=40 # still a draft
ok procurement open proef
says "is open tot 01-01-2999 12:00 UTC"
ok events --type procurement.opened --json
says '"criterion/proef-kwaliteit":60'

# From now on the weights stay, whoever tries.
fails_with 5 put criterion/proef-prijs weight=20
tells "de oproep is gepubliceerd: weight van een criterium ligt vast"
fails_with 5 delete criterion/proef-prijs
fails_with 5 put criterion/extra call=call/proef title=Extra weight=10 max=10
tells "samen 110"
fails_with 5 put call/proef deadline=2998-01-01T12:00:00Z
tells "kan later worden, niet eerder"

# Submissions come in, and are sealed: a count, and nothing to assess.
ok procurement submit proef demo-zilte-echo title="Geheime aanpak" price=310000
ok procurement submit proef demo-getijdenwerk-terneuzen title="Andere aanpak" price=420000
ok procurement list proef
prints "2 inzendingen, verzegeld tot 01-01-2999 12:00 UTC"
ok procurement list proef --today 2999-02-01 # it is the host's clock that counts
says "verzegeld"
fails_with 5 procurement ranking proef
fails_with 5 procurement dossier proef-demo-zilte-echo
tells "verzegeld"
fails_with 3 report dossier submission=proef-demo-zilte-echo --today 2999-02-01
tells "sealed until"
fails_with 5 procurement assess proef-demo-zilte-echo proef-kwaliteit demo-innovatie-havenwacht 8 "Een goede aanpak."
tells "inzendingen zijn verzegeld tot 01-01-2999"
ok events --type procurement.submitted --json
! grep -q Geheime "$out" || fail "expected events of sealed submissions to say nothing of what is in them"

# A call that has closed. Who declared an interest may not assess, others may, with reasons and within the points.
fails_with 5 procurement assess demo-kadekrab demo-havenwacht-prijs demo-innovatie-havenwacht 8 "De laagste prijs van drie."
tells "er is al besloten: beoordelingen liggen vast"
cat >call.jsonl <<'EOT'
{"id":"call/dicht","title":"Gesloten oproep (fictief)","opens":"2026-01-01T00:00:00Z","deadline":"2026-02-01T12:00:00Z","status":"closed","demands":["demand/onderwaterwacht-haven"],"assessors":["person/demo-innovatie-havenwacht","person/demo-innovatie-kustgenie","person/demo-accountmanager-zeeland"],"fictitious":true}
{"id":"criterion/dicht-kwaliteit","call":"call/dicht","title":"Kwaliteit","weight":60,"max":10,"fictitious":true}
{"id":"criterion/dicht-prijs","call":"call/dicht","title":"Prijs","weight":40,"max":10,"fictitious":true}
{"id":"submission/een","title":"Een","call":"call/dicht","organisation":"organisation/demo-zilte-echo","submitted":"2026-01-10T10:00:00Z","price":{"amount":100000,"currency":"EUR"},"fictitious":true}
{"id":"submission/twee","title":"Twee","call":"call/dicht","organisation":"organisation/demo-onderwal-robotica","submitted":"2026-01-11T10:00:00Z","price":{"amount":90000,"currency":"EUR"},"fictitious":true}
EOT
ok import call.jsonl
fails_with 5 put submission/laat title=Laat call=call/dicht organisation=organisation/demo-deltaklem submitted=2026-02-01T12:00:01Z
tells "ingezonden na de sluitingstijd"
fails_with 5 put submission/een summary="Toch beter"
tells "na de sluitingstijd verandert een inzending niet meer (summary)"
ok procurement declare dicht demo-accountmanager-zeeland demo-zilte-echo nature=adviseur
fails_with 5 procurement assess een dicht-prijs demo-accountmanager-zeeland 9 "Een heel goede prijs."
tells "meldde een belang"
fails_with 5 procurement assess een dicht-prijs demo-directie-zilte-echo 9 "Een heel goede prijs."
tells "is geen beoordelaar van deze oproep"
fails_with 5 procurement assess een dicht-prijs demo-innovatie-havenwacht 11 "Een heel goede prijs."
tells "hoogstens 10 punten voor Prijs"
fails_with 5 procurement assess een dicht-prijs demo-innovatie-havenwacht 8 ok
tells "motivering"
assess() { ok procurement assess "$1" "$2" "$3" "$4" "Gewogen zoals bekendgemaakt."; }
assess een dicht-kwaliteit demo-innovatie-havenwacht 9
assess een dicht-kwaliteit demo-innovatie-kustgenie 5
assess een dicht-prijs demo-innovatie-havenwacht 8
assess een dicht-prijs demo-innovatie-kustgenie 8
assess twee dicht-kwaliteit demo-innovatie-havenwacht 6
assess twee dicht-kwaliteit demo-innovatie-kustgenie 6
assess twee dicht-prijs demo-innovatie-havenwacht 9

# The ranking shows who is not wholly assessed, and where assessors differ.
ok procurement ranking dicht
says "7.00 ±2.00!"
says "niet volledig"
fails_with 5 procurement decide dicht award=een by=demo-innovatie-havenwacht reason="De beste."
tells "submission/twee is niet volledig beoordeeld"
assess twee dicht-prijs demo-innovatie-kustgenie 9
ok procurement ranking dicht --json
says '"lines":["1 submission/een 74.00:'

# Who ranks lower is chosen only with a reason that names who ranks higher.
fails_with 5 procurement decide dicht award=twee by=demo-innovatie-havenwacht reason="Wij willen deze."
tells "submission/een staat hoger en wordt niet gekozen"
ok procurement decide dicht award=een by=demo-innovatie-havenwacht reason="De hoogste score." --json
run_id=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")
ok get decision/dicht-1
says "$run_id"
says "74.00"

# Anyone can do it again, and nobody can change it.
ok procurement replay dicht-1
says "gelijk: 2 regels"
ok replay "$run_id"
fails_with 5 procurement assess een dicht-prijs demo-innovatie-havenwacht 1 "Toch minder goed dan gedacht."
tells "er is al besloten"
fails_with 5 put decision/dicht-1 reason="Anders"
tells "een genomen besluit ligt vast (reason)"
fails_with 5 delete decision/dicht-1
fails_with 5 procurement decide dicht award=twee by=demo-innovatie-havenwacht reason="Nog eens."
tells "er is al een besluit"
ok put decision/dicht-1 status=revoked

# The dossier of a submission: everything, for who won and for who did not.
ok procurement dossier twee -o dossiers
says "# Dossier: Twee"
says "Gewogen zoals bekendgemaakt."
says "niet gekozen"
[ -s dossiers/dossier-twee.md ] || fail "expected a dossier in the folder"
ok report dossier submission=twee --format html -o dossiers/twee.html
ok events --type 'procurement.*' --json
for step in opened submitted declared assessed decided; do says "procurement.$step"; done
ok audit verify
