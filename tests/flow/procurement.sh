#!/bin/sh
# From call to decision: published, sealed, assessed by several with reasons, ranked, decided, done again; and what is refused.
. "$(dirname "$0")/lib.sh"
export LC_ALL='' LC_CTYPE=C.UTF-8 LC_MESSAGES=nl_NL.UTF-8

ok init . --demo
ok plugin test procurement
ok plugin check procurement

# A call is made ready: criteria with weights, assessors. It opens only when the weights are 100 together.
ok put call/proef title="Proef (fictief)" deadline=2999-01-01T12:00:00Z owner=organisation/demo-havenwacht \
  assessors='["person/demo-innovatie-havenwacht","person/demo-innovatie-kustgenie"]' status=draft demands=demand/onderwaterwacht-haven fictitious=true
ok put criterion/proef-kwaliteit call=call/proef title=Kwaliteit weight=60 max=10 fictitious=true
fails_with 3 procurement open proef
tells "de gewichten zijn samen 60, niet 100"
ok put criterion/proef-prijs call=call/proef title=Prijs weight=30 max=10 fictitious=true
ok put criterion/proef-prijs weight=40 # still a draft
ok put call/proef demands=demand/nergens
fails_with 3 procurement open proef
tells "demand/nergens is er niet"
ok put call/proef demands=demand/onderwaterwacht-haven
ok procurement open proef
says "is open tot 1 januari 2999, 12:00 UTC"
ok events --type procurement.opened --json
says '"criterion/proef-kwaliteit":60'

# From now on the weights stay, whoever tries.
fails_with 5 put criterion/proef-prijs weight=20
tells "de oproep is gepubliceerd: het gewicht van een criterium ligt vast"
fails_with 5 delete criterion/proef-prijs
for weight in 0 10; do
  fails_with 5 put criterion/extra call=call/proef title=Extra weight=$weight max=10
  tells "er kan geen criterium meer bij"
done
ok put call/anders title="Andere proef" deadline=2999-01-01T12:00:00Z status=draft
ok put criterion/extra call=call/anders title=Extra weight=0 max=10 # of a draft, and it stays there
fails_with 5 put criterion/extra call=call/proef
tells "er kan geen criterium meer bij"
fails_with 5 put criterion/extra call=call/demo-gewonden-2027 title=Extra weight=0 max=10
fails_with 5 put call/proef weights='["criterion/extra: Extra, gewicht 0, hoogste aantal punten 10"]'
tells "de criteria liggen vast"
fails_with 5 delete call/proef
tells "een gepubliceerde oproep kan niet weg"
fails_with 5 put call/anders status=open
tells "de gewichten zijn samen 0, niet 100"
ok delete criterion/extra
fails_with 5 put call/proef deadline=2998-01-01T12:00:00Z
tells "kan later worden, niet eerder"

# The submitter puts the content into an envelope, and keeps it: the workspace takes in its seal, and never saw a word.
# Without a folder it would be lost, so it is not made.
fails_with 2 procurement seal proef demo-zilte-echo title="Geheime aanpak Zwaardvis"
tells "procurement seal: without -o DIR what it makes would be lost"
tells "hint: add -o DIR"
says_not zegel
ok procurement seal --help
says "[documents=…]… -o DIR [OPTIONS]"
events_before=$(polder events --json | wc -c)
ok procurement seal proef demo-zilte-echo title="Geheime aanpak Zwaardvis" summary="Met kwikstaartsonar" price=310731 \
  documents=https://example.org/zeepaard -o "$flow/submitter" --json
says_not Zwaardvis
[ "$(polder events --json | wc -c)" -eq "$events_before" ] || fail "expected the log to know nothing of an envelope"
envelope=$(echo "$flow"/submitter/inzending-proef-demo-zilte-echo-????????.txt)
grep -q "titel: Geheime aanpak Zwaardvis" "$envelope" || fail "expected an envelope that people can read"
sealed() { sed 's/.*"seal":"\([0-9a-f]*\)".*/\1/' "$out"; }
seal=$(sealed)
[ "$(sha256sum <"$envelope" | cut -d' ' -f1)" = "$seal" ] || fail "expected the seal to be what sha256sum says"
size=$(wc -c <"$envelope")
ok procurement submit proef demo-zilte-echo "$seal" "$size"
ok procurement list proef
prints "1 inzending, verzegeld tot 1 januari 2999, 12:00 UTC"
# What it says is what to do next; a second envelope leaves the first where it is.
ok procurement seal proef demo-getijdenwerk-terneuzen title="Andere aanpak" price=430000 -o "$flow/submitter"
ok procurement seal proef demo-getijdenwerk-terneuzen title="Andere aanpak" price=420000 -o "$flow/submitter"
says "Bewaar de envelop hieronder tot de sluiting"
says "1 file: $flow/submitter/inzending-proef-demo-getijdenwerk-terneuzen-"
[ "$(find "$flow/submitter" -name '*terneuzen*' | wc -l)" -eq 2 ] || fail "expected both envelopes to be kept"
# shellcheck disable=SC2046 # the words of the command that it tells
ok $(grep -o 'procurement submit proef .*' "$out")
says "submission/proef-demo-getijdenwerk-terneuzen is ontvangen op"
ok procurement seal proof demo-zilte-echo title=Verkeerd -o "$flow/elsewhere"
says "Let op: call/proof is in deze werkmap niet bekend"
fails_with 2 procurement submit proef demo-zilte-echo "${seal}0" "$size"
tells "een zegel is 64 cijfers en letters a tot f, zoals \`polder procurement seal\` het zegt; dit zijn er 65"
ok procurement list proef
prints "2 inzendingen, verzegeld tot 1 januari 2999, 12:00 UTC"

# Whoever looks finds none of the sealed words: no command, no event, no export, no file of the workspace.
fails_with 5 put submission/proef-demo-zilte-echo title="Geheime aanpak Zwaardvis"
tells "komt een inzending alleen verzegeld binnen"
fails_with 5 put submission/los title=Los call=call/proef organisation=organisation/demo-deltaklem submitted=2998-01-01T00:00:00Z
tells "komt een inzending alleen verzegeld binnen"
ok get submission/proef-demo-zilte-echo --json
says "$seal"
cp "$out" shown
for what in "events --json" "export" "query submission --json" "report overview" "get submission/proef-demo-zilte-echo --claims"; do
  # shellcheck disable=SC2086 # a name and its arguments
  ok $what
  cat "$out" >>shown
done
for word in Zwaardvis kwikstaartsonar 310731 zeepaard; do
  ok search "$word" --json
  prints "[]"
  ! grep -q "$word" shown || fail "expected no command to show: $word"
  ! grep -rqa "$word" . || fail "expected no file of the workspace to hold: $word"
done
grep -rqa "$seal" polder.db* || fail "expected to look where the store keeps it"
ok procurement list proef --today 2999-02-01 # it is the host's clock that counts
says "verzegeld"
fails_with 5 procurement unseal proef-demo-zilte-echo "$(cat "$envelope")"
tells "verzegeld tot"
fails_with 5 procurement ranking proef
fails_with 5 procurement dossier proef-demo-zilte-echo
tells "verzegeld"
fails_with 3 report dossier submission=proef-demo-zilte-echo --today 2999-02-01
tells "sealed until"
fails_with 5 procurement assess proef-demo-zilte-echo proef-kwaliteit demo-innovatie-havenwacht 8 "Een goede aanpak."
tells "inzendingen zijn verzegeld tot 1 januari 2999"
ok events --type procurement.submitted --json
says "$seal"

# A call that has closed. Who declared an interest may not assess, others may, with reasons and within the points.
cat >call.jsonl <<'EOT'
{"id":"call/dicht","title":"Gesloten oproep (fictief)","opens":"2026-01-01T00:00:00Z","deadline":"2026-02-01T12:00:00Z","weights":["criterion/dicht-kwaliteit: Kwaliteit, gewicht 60, hoogste aantal punten 10","criterion/dicht-prijs: Prijs, gewicht 40, hoogste aantal punten 10"],"status":"closed","demands":["demand/onderwaterwacht-haven"],"assessors":["person/demo-innovatie-havenwacht","person/demo-innovatie-kustgenie","person/demo-accountmanager-zeeland","person/demo-directie-onderwal-robotica"],"fictitious":true}
{"id":"criterion/dicht-kwaliteit","call":"call/dicht","title":"Kwaliteit","weight":60,"max":10,"fictitious":true}
{"id":"criterion/dicht-prijs","call":"call/dicht","title":"Prijs","weight":40,"max":10,"fictitious":true}
{"id":"submission/een","title":"Een","call":"call/dicht","organisation":"organisation/demo-zilte-echo","submitted":"2026-01-10T10:00:00Z","price":{"amount":100000,"currency":"EUR"},"fictitious":true}
{"id":"submission/twee","title":"Twee","call":"call/dicht","organisation":"organisation/demo-onderwal-robotica","submitted":"2026-01-11T10:00:00Z","price":{"amount":90000,"currency":"EUR"},"fictitious":true}
EOT
ok import call.jsonl
fails_with 5 put submission/laat title=Laat call=call/dicht organisation=organisation/demo-deltaklem submitted=2026-02-01T12:00:01Z
tells "ingezonden na de sluitingstijd"
fails_with 5 put submission/een summary="Toch beter"
tells "na de sluitingstijd verandert een inzending niet meer: de samenvatting ligt vast"
ok procurement declare dicht demo-accountmanager-zeeland demo-zilte-echo nature=adviseur
fails_with 5 procurement assess een dicht-prijs demo-accountmanager-zeeland 9 "Een heel goede prijs."
tells "meldde een belang"
fails_with 5 procurement assess een dicht-prijs demo-directie-zilte-echo 9 "Een heel goede prijs."
tells "is geen beoordelaar van deze oproep"
fails_with 5 procurement assess twee dicht-prijs demo-directie-onderwal-robotica 9 "Een heel goede prijs."
tells "person/demo-directie-onderwal-robotica hoort bij de inzender (organisation/demo-onderwal-robotica)"
fails_with 5 procurement assess een dicht-prijs demo-innovatie-havenwacht 11 "Een heel goede prijs."
tells "11 is te veel voor Prijs: het hoogste aantal punten is 10"
fails_with 5 procurement assess een dicht-prijs demo-innovatie-havenwacht 8 ok
tells "motivering"
for n in 1 2; do
  echo "{\"id\":\"assessment/dubbel-$n\",\"submission\":\"submission/een\",\"criterion\":\"criterion/dicht-prijs\",\"assessor\":\"person/demo-innovatie-havenwacht\",\"points\":$n,\"reason\":\"Een heel goede prijs.\",\"made\":\"2026-02-02T10:00:00Z\"}"
done >twice.jsonl
fails_with 1 import twice.jsonl
tells "person/demo-innovatie-havenwacht beoordeelde dit al (assessment/dubbel-1): verander die"
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
says "7,00 ±2,00!"
says "niet volledig beoordeeld"
fails_with 5 procurement decide dicht award=een by=demo-innovatie-havenwacht reason="De beste."
tells "submission/twee is niet volledig beoordeeld"
assess twee dicht-prijs demo-innovatie-kustgenie 9
ok procurement ranking dicht --json
says '"ranking":["1 submission/een 74.00:'

# What was given once is not given again and does not go; other points come with another reason.
given=assessment/dubbel-1
fails_with 5 put assessment/dubbel submission=submission/een criterion=criterion/dicht-prijs assessor=person/demo-innovatie-havenwacht \
  points=10 reason="Een heel goede prijs." made=2026-02-02T10:00:00Z
tells "beoordeelde dit al ($given): verander die, met een nieuwe motivering (polder put $given points=… reason=…)"
fails_with 5 put $given points=1
tells "andere punten vragen een nieuwe motivering"
fails_with 5 procurement assess een dicht-prijs demo-innovatie-havenwacht 1 "Gewogen, zoals bekendgemaakt"
tells "andere punten vragen een nieuwe motivering"
fails_with 5 put $given assessor=person/demo-innovatie-kustgenie
tells "van een beoordeling ligt de beoordelaar vast"
fails_with 5 delete $given
tells "een beoordeling van een gesloten oproep kan niet weg: verander haar"

# Who ranks lower is chosen only with a reason that names who ranks higher.
fails_with 5 procurement decide dicht award=twee by=demo-innovatie-havenwacht reason="Wij willen deze."
tells "submission/een staat hoger en wordt niet gekozen"
ok procurement decide dicht award=een by=demo-innovatie-havenwacht reason="De hoogste score." --json
run_id=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")
ok get decision/dicht-1
says "$run_id"
says "74.00"

# No decision names less than what it rests on.
fails_with 5 put decision/los title=Los call=call/dicht awarded=submission/een reason="Zomaar." status=taken
tells "de berekening waarop het steunt"
fails_with 5 put decision/los title=Los call=call/dicht awarded=submission/een reason="Zomaar." run="$run_id" ranking=een
tells "de rangorde is niet die van de beoordelingen"

# The run must be there, and be a ranking for the demands of that call: an invented one is refused, by put and by import.
with_run() { fails_with 5 put decision/los title=Los call=call/dicht awarded=submission/een reason="Zomaar." ranking=een run="$1"; }
for invented in run/20260223-130509-120-a1b2c3 zomaar last; do
  with_run $invented
  tells "berekening $invented is hier niet: neem het besluit met \`polder procurement decide\`"
done
ok report overview -o overview.md --json
with_run "$(polder events --type run.finished --json | sed 's/.*"subject":"\(run[^"]*\)".*/\1/' | tail -1)"
tells "is geen rangschikking van oplossingen: zij komt van \`polder report\`"
ok match --scorecard partnership/national --demand demand/dijk-en-kust-bewaken --top 1 --json
other=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")
with_run "$other"
tells "berekening $other gaat niet over demand/onderwaterwacht-haven, een vraag van deze oproep"
for of in run/20260223-130509-120-a1b2c3 "$other"; do
  echo "{\"id\":\"decision/los\",\"title\":\"Los\",\"call\":\"call/dicht\",\"awarded\":[\"submission/een\"],\"reason\":\"Zomaar.\",\"status\":\"taken\",\"ranking\":[\"een\"],\"run\":\"$of\"}" >los.jsonl
  fails_with 3 import los.jsonl
  tells "berekening $of"
done
ok query decision --where 'id == "decision/los"'
prints "no records"

# Anyone can do it again, and nobody can change it.
ok procurement replay dicht-1
says "gelijk: 2 regels"
ok replay "$run_id"
fails_with 5 procurement assess een dicht-prijs demo-innovatie-havenwacht 1 "Toch minder goed dan gedacht."
tells "er is al besloten"
fails_with 5 put decision/dicht-1 reason="Anders"
tells "een genomen besluit ligt vast, ook de motivering"
fails_with 5 delete decision/dicht-1
fails_with 5 procurement decide dicht award=twee by=demo-innovatie-havenwacht reason="Nog eens."
tells "er is al een besluit"
ok put decision/dicht-1 status=revoked

# The seed decides nothing: what is decided here can be done again, in any fresh workspace.
ok query decision --where 'id == "decision/demo-havenwacht-2026"'
prints "no records"
ok procurement ranking demo-havenwacht-2026

# Each assessment is a step of the dossier, imported, put or given by the command: the same steps in both.
given=assessment/demo-sluiswachter-prijs-havenwacht
ok put $given points=7 reason="Bij nader inzien iets minder."
ok procurement assess demo-sluiswachter demo-havenwacht-prijs demo-innovatie-havenwacht 6 "Toch nog iets minder goed."
says "$given: 6 punten" # the one that there was is changed
steps() { grep -E '^\| [0-9]+ \| [0-9]+ [a-z]+ 20' "$out" | grep -c "$1"; }
for dossier in "procurement dossier demo-sluiswachter" "report dossier submission=demo-sluiswachter --format md"; do
  # shellcheck disable=SC2086 # a name and its arguments
  ok $dossier
  [ "$(steps '')" -eq 9 ] || fail "expected 9 steps: $dossier"
  [ "$(steps '| opgenomen | assessment/demo-sluiswachter-.* | cli:')" -eq 6 ] || fail "expected 6 assessments: $dossier"
  says "| gewijzigd | $given | 7 | cli:"
  says "| beoordeeld | $given | 6 | cli:"
done
ok procurement dossier demo-sluiswachter
says "prijs: € 310.000,00"
says "Gemiddeld 8,50, verschil 1,00"
says "ingezonden: 24 juni 2026, 09:12 UTC"
says "meldde op 1 juli 2026 een belang"
ok procurement dossier demo-sluiswachter --lang en
says "price: €310,000.00"
says "Mean 8.50, range 1.00"
says "submitted: 24 June 2026, 09:12 UTC"

ok procurement decide demo-havenwacht-2026 award=demo-sluiswachter by=demo-innovatie-havenwacht reason="De hoogste score." --json
run_id=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")
ok procurement replay demo-havenwacht-2026-1
says "gelijk: 3 regels"
says "polder replay $run_id"
ok replay "$run_id"
fails_with 5 put $given points=9 reason="Achteraf toch veel beter."
tells "er is al besloten: beoordelingen liggen vast"
fails_with 5 delete $given
tells "er is al besloten: beoordelingen liggen vast"
fails_with 5 procurement assess demo-kadekrab demo-havenwacht-prijs demo-innovatie-havenwacht 8 "De laagste prijs van drie."
tells "er is al besloten: beoordelingen liggen vast"

# After the closing time a seal opens for its own envelope only, and what was inside can be assessed.
ok procurement seal dicht demo-deltaklem title="Derde" price=80000 -o "$flow/submitter" --json
envelope=$(echo "$flow"/submitter/inzending-dicht-demo-deltaklem-????????.txt)
third=$(sealed)
ok put submission/drie title="Verzegelde inzending" call=call/dicht organisation=organisation/demo-deltaklem \
  submitted=2026-01-12T10:00:00Z seal="$third" size="$(wc -c <"$envelope")"
ok procurement dossier drie
says "geopend: nog niet"
ok report dossier submission=drie --format md --lang en
says "not to be told yet: the envelope was not opened"
ok procurement ranking dicht --json
fails_with 5 procurement unseal drie "$(sed 's/80000/70000/' "$envelope")"
tells "de envelop past niet op het zegel"
fails_with 5 put submission/drie title=Derde
tells "de titel ligt vast"
ok procurement unseal drie "$(cat "$envelope")"
ok get submission/drie --json
says '"amount":80000'
ok procurement list dicht
says "geopend"
says "drie       " # as unseal, assess and decide ask for it
fails_with 5 put submission/drie price="EUR 70000"
tells "de prijs ligt vast"

# The dossier of a submission: everything, for who won and for who did not.
ok procurement dossier twee -o dossiers
says "# Dossier: Twee"
says "Gewogen zoals bekendgemaakt."
says "niet gekozen"
[ -s dossiers/dossier-twee.md ] || fail "expected a dossier in the folder"
ok report dossier submission=twee --format html -o dossiers/twee.html

# Of a sealed one it shows the seal, when it was received and opened, whether it fits, and each step as an event of the log.
ok procurement dossier drie
says "zegel (SHA-256): \`$third\`"
says "verzegeld ontvangen: 12 januari 2026, 10:00 UTC"
opened=$(polder events --type procurement.unsealed --json | sed 's/.*"seq":\([0-9]*\),.*/\1/')
says "(gebeurtenis $opened)"
says "de envelop past erop: haar SHA-256 is het zegel"
says "      prijs in euro: 80000"
says "| $opened | "
says "| zegel geopend | submission/drie |  | cli:"
ok report dossier submission=drie --format md --lang en
says "| Seal (SHA-256) | $third |"
says "yes: the SHA-256 of the envelope is the seal"
says "(event $opened)"
says "| seal opened |"
says "| entered |"
ok report dossier submission=drie --format json --lang nl
says "ja: de SHA-256 van de envelop is het zegel"
ok report dossier submission=een --format md --lang nl
says "Deze inzending kwam zonder zegel binnen."
says "| beoordeeld |"
says "| besloten |"
ok events --type 'procurement.*' --json
for step in opened submitted unsealed declared assessed decided; do says "procurement.$step"; done
ok audit verify

ok procurement --lang en
says "Publish a call"
ok procurement seal --help --lang en
says "For the submitter: writes the envelope into the folder that -o names"

# In English for who reads English: what is said, what is refused, and what the dossier tells.
export LC_MESSAGES=en_GB.UTF-8
ok procurement list dicht
says "3 submissions"
fails_with 5 put submission/een summary="Toch beter"
tells "after the closing time a submission does not change any more: the summary stays"
fails_with 5 procurement assess een dicht-prijs demo-directie-zilte-echo 1 "Toch minder goed." --lang nl
tells "is geen beoordelaar van deze oproep"
fails_with 4 procurement list nergens
tells "there is no call/nergens; \`polder query call\` lists them"
fails_with 4 procurement declare dicht niemand
tells "there is no person/niemand"
ok procurement dossier drie
says "the envelope fits it: its SHA-256 is the seal"

# Who declares an interest afterwards: what they gave is shown, and counts no more, in the dossier as in the ranking.
ok procurement declare dicht demo-innovatie-kustgenie demo-zilte-echo
says "mind: 2 earlier assessments do not count any more"
ok report dossier submission=een --lang en
says "score out of 100: **86.0**"
says "What somebody with an interest gave, or gave a second time, does not count."
says "| no |"
ok procurement ranking dicht --json
says 'submission/een 86.00:'
