#!/bin/sh
# Investments against budgets: a programme's budget is allotted to themes and regions, and every euro counts once in each of
# the three divisions. What has no budget says so, and what lies over budget is told.
. "$(dirname "$0")/lib.sh"

ok init . --demo

# A programme has a budget. Used is what is committed or paid; a proposal uses nothing yet.
ok put programme/klein title="Klein programma (fictief)" budget="EUR 1000" regions='["region/zeeland","region/limburg"]' \
  themes='["safety","cyber"]' starts=2026-01-01 ends=2026-12-31 fictitious=true
ok put investment/een title="Een (fictief)" programme=programme/klein region=region/zeeland amount="EUR 900" status=proposed \
  themes=safety date=2026-03-01 fictitious=true
ok indicators investments programme=klein --lang nl
says " Budget  Besteed  Deel     Over  Voorgesteld  Programma"
says "€ 1.000      € 0  0,0%  € 1.000        € 900  Klein programma (fictief)"
ok put investment/een status=committed
ok indicators investments programme=klein --lang en
says "Budget  Used  Share  Left  Proposed  Programme"
says "€1,000  €900  90.0%  €100        €0  Klein programma (fictief)"

# A part of it is allotted to a theme, a region or both. Together allotments are not more than the budget, each is a
# positive number of euros, and each lies within the programme's term and regions.
ok put allotment/klein-zeeland title="Veiligheid in Zeeland (fictief)" programme=programme/klein theme=safety \
  region=region/zeeland amount="EUR 600" starts=2026-01-01 ends=2026-06-30 fictitious=true
ok get allotment/klein-zeeland --json
says '"amount":{"amount":600,"currency":"EUR"}'
fails_with 5 put allotment/klein-limburg title="Limburg (fictief)" programme=programme/klein region=region/limburg amount="EUR 401" fictitious=true
tells "programme/klein heeft een budget van € 1.000, en toegedeeld is dan € 1.001"
ok put allotment/klein-limburg title="Limburg (fictief)" programme=programme/klein region=region/limburg amount="EUR 300" fictitious=true
fails_with 5 put allotment/klein-limburg amount="EUR 0"
tells "hoger dan 0"
fails_with 3 put allotment/klein-limburg amount="USD 10"
tells "amount: expected money of at least 0 EUR, got"
fails_with 5 put allotment/klein-limburg region=region/noord-holland
tells "is voor region/noord-holland, en programme/klein werkt daar niet"
fails_with 5 put allotment/klein-limburg ends=2027-01-31
tells "eindigt op 31 januari 2027, en het programma op 31 december 2026"
fails_with 5 put allotment/niets title=Niets programme=programme/klein amount="EUR 1"
tells "noem een thema of een regio"
fails_with 5 put programme/klein budget="EUR 899"
tells "toegedeeld is dan € 900"

# By region and by theme: budget, used, left and share. What no part was made for stands in a row of its own.
ok indicators investments by=region programme=klein --lang nl
says "Budget  Besteed    Deel    Over  Voorgesteld  Regio"
says " € 300      € 0    0,0%   € 300          € 0  Limburg"
says " € 600    € 900  150,0%  € -300          € 0  Zeeland (boven budget)"
says " € 100      € 0    0,0%   € 100          € 0  aan geen regio toegedeeld"
says "Boven budget: Zeeland, € 300 te veel."
fits
ok indicators investments by=theme programme=klein --json
says '"budget":600,"budget_text":"€600","committed":900'
says '"over":true'
says '"name":"allotted to no theme"'

# An investment of two themes counts once: for the theme of the allotment that it names. Until it names one, it is told.
ok put investment/twee title="Twee (fictief)" programme=programme/klein region=region/limburg amount="EUR 50" status=paid \
  themes='["safety","cyber"]' date=2026-05-01 fictitious=true
ok indicators investments by=theme programme=klein --lang nl
says "  geen     € 50                          € 0  meer thema's, niet toegedeeld"
fails_with 5 put investment/twee allotment=allotment/klein-zeeland
tells "is voor region/limburg, en allotment/klein-zeeland voor region/zeeland"
fails_with 5 put investment/een date=2026-09-01 allotment=allotment/klein-zeeland
tells "is van 1 september 2026, en allotment/klein-zeeland eindigt op 30 juni 2026"
ok put investment/een allotment=allotment/klein-zeeland
fails_with 5 put allotment/klein-zeeland starts=2026-04-01
tells "investment/een is van 1 maart 2026, en allotment/klein-zeeland begint op 1 april 2026"
ok put allotment/klein-cyber title="Cyber (fictief)" programme=programme/klein theme=cyber amount="EUR 100" fictitious=true
ok put investment/twee allotment=allotment/klein-cyber
ok indicators investments by=theme programme=klein --lang nl
says " € 100     € 50   50,0%    € 50          € 0  digitale weerbaarheid"
says_not "meer thema's"

# What has no budget says so.
ok put investment/los title="Los (fictief)" region=region/zeeland amount="EUR 1234.50" status=paid themes=health date=2026-02-01 fictitious=true
ok indicators investments --lang nl
says "zonder programma"
says "€ 1.234,50"
ok indicators investments --json
says '"budget_text":"none","committed":0,"count":1,"currency":"EUR","name":"no programme"'
ok put programme/leeg title="Leeg (fictief)" fictitious=true
ok indicators investments --lang nl
says "Leeg (fictief)"

# The three divisions of all there is add up to the same: every euro of a budget and of an investment counts once.
for by in programme theme region; do
  ok indicators investments by=$by --json
  sed 's/.*"total"://' "$out" >"$flow/$by"
done
grep -q '"budget":20151000' "$flow/programme" || fail "expected the budgets of all programmes"
cmp -s "$flow/programme" "$flow/theme" && cmp -s "$flow/programme" "$flow/region" || fail "expected one total"

# Whole words at 80 columns, whatever a theme is called.
ok indicators investments by=theme --lang en
says "critical infrastructure"
says "111.5%     -€57,500        €0  situational awareness"
says "Over budget: situational awareness, by €57,500."
fits
ok indicators investments by=theme region=zeeland --lang nl
says "vitale infrastructuur"
fits

# A year's investments, without a budget, which is for the whole term.
ok indicators investments year=2025 by=region --lang nl
says "Een jaar heeft geen budget"
says "Besteed  Voorgesteld  Aantal  Regio"

# The report says all of it, and the letter and the ministry's overview count the same euros.
ok report investments --lang nl
says "## Naar thema"
says "| omgevingsbeeld | € 500.000 | € 557.500 | 111,5% | € -57.500 | € 0 | boven budget: € 57.500 te veel |"
says "| opleiding en training |  | € 0 |  |  | € 0 | geen budget |"
says "| Klein programma (fictief) | veiligheid | Zeeland | 1 januari 2026 tot en met 30 juni 2026 | € 600 |"
says "| Weerbare vitale netten in het zuiden 2026–2027 (fictief) | € 900.000 |"
says "Hier staan verzonnen voorbeelden tussen."
ok report investments region=limburg --lang en
says "| Limburg | €3,450,300 |"
says_not "Zeeland"
ok report ministry --lang en
says "€3,450,300"
ok report council region=limburg
says "van het budget van € 3.450.300"

# All of this goes elsewhere as it is, in whatever order the records come.
ok export -o "$flow/all.jsonl"
mkdir "$flow/elsewhere"
polder init "$flow/elsewhere" >"$out" 2>"$err" || fail "expected a second workspace"
ok --home "$flow/elsewhere" import "$flow/all.jsonl"
ok --home "$flow/elsewhere" indicators investments by=theme --json
sed 's/.*"total"://' "$out" | cmp -s - "$flow/theme" || fail "expected the same budgets elsewhere"

# All of them count, also of more than one query gives.
seq -f '{"id":"investment/klein-%g","title":"Klein (fictief)","programme":"programme/leeg","amount":{"amount":1,"currency":"EUR"},"status":"paid","fictitious":true}' 10050 |
  polder import - --kind investment >"$out" 2>"$err" || fail "expected an import of 10,050 investments"
ok indicators investments programme=leeg --lang nl
says "10.050 investeringen; besteed € 10.050; voorgesteld € 0."

# Where there is nothing, that is said.
mkdir "$flow/empty"
polder init "$flow/empty" >"$out" 2>"$err" || fail "expected a third workspace"
ok --home "$flow/empty" indicators investments --lang nl
prints "Er is geen budget en geen investering."
ok --home "$flow/empty" indicators list --lang en
prints "There are no indicators."

fails_with 2 indicators investments by=land
tells "expected one of programme, theme, region"
fails_with 4 indicators investments region=nergens
tells "region/nergens is not there"
fails_with 3 report investments region=nergens
tells "region/nergens"
ok indicators investments --help
says "polder indicators investments by=theme region=zeeland"
ok completion words indicators investments
says "by=theme"
