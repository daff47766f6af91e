#!/bin/sh
# The partnership's reports on its own records: what they say, and that everybody can read their pages.
. "$(dirname "$0")/lib.sh"
check=$(dirname "$0")/../report/html_check.sh
case $check in /*) ;; *) check=$OLDPWD/$check ;; esac

ok init . --demo
export LC_ALL=C.UTF-8

ok report overview --today 2026-11-24
says "# Overzicht van het partnerschap"
says "- regio's in het partnerschap: **7**"
says "| Esther Rommel | gedeputeerde | Provincie Noord-Holland | Intentieverklaring Noord-Holland | 23 februari 2026 |"
says "| Proeftuin slimme materialen Limburg (fictief) | 31 oktober 2026 | verlopen |"
ok report overview --lang en --today 2026-11-24 --format json
says '"title":"Overview of the partnership"'

ok report council region=zeeland --today 2026-11-24
says "**€ 915.000** (36% van het budget van € 2.550.000)"
says "leidden tot 4 contacten, 1 vervolggesprek en 2 proeven."
says "Aan: Provinciale Staten van Zeeland"
says "Intentieverklaring Zeeland**, getekend op 23 februari 2026"
says "| **Samen** |"
ok report ministry --today 2026-11-24
says "Verzonnen, als voorbeeld: organisaties (67 van 74), oplossingen (60 van 60), gesprekken (11 van 11)"
says "| Zeeland | 391.634 |"
says "| Zeeland | € 2.550.000 | € 915.000 | 35,9% |"
says "| **Samen** | **€ 20.150.000** | **€ 4.050.000** | **20,1%** |"
ok report dossier submission=demo-sluiswachter
says "begeleidde deze inzender eerder"
says "Er is nog geen besluit"
ok report indicator indicator=demo-banen
says "| Zeeland |"
ok report matches scorecard=zeeland demand=dijk-en-kust-bewaken top=3 --today 2026-11-24
says "Dijkvoeler"
says "# Matchrapport: Zeeland"

# What gives most is not also what costs most.
ok report matches scorecard=zeeland top=50 --today 2026-11-24
grep -F ' van de punten) |' "$out" | sed 's/ ([0-9]*% van de punten) |$//' |
  awk -F ' [|] ' '$(NF - 1) == $NF { print }' >"$flow/same"
[ -s "$flow/same" ] && fail "the same under best and worst: $(head -n 1 "$flow/same")"
ok report matches scorecard=zeeland top=3 --lang en
says "# Match report: Zeeland"
# A report of one language is not half written in another: numbers and days would be English in a Dutch letter.
fails_with 2 report council region=zeeland --lang en
tells "the report partnership/council is in Dutch only"
ok report council region=zeeland --lang nl --format json
says '"lang":"nl"'
fails_with 3 report council region=nergens
tells "there is no region/nergens"
fails_with 2 report council
tells "report council: region is missing"
tells "usage: polder report council region=…"

# Real records are not called made up, and what is not known is said.
(
  mkdir "$flow/real" && cd "$flow/real" || exit 1
  ok init .
  ok report ministry
  says "van het budget: **niet bekend**"
  says_not "erzonnen"
  ok put solution/echt title=Echt
  ok report ministry
  says_not "oplossingen,"
  says_not "60"
  ok report matches scorecard=zeeland
  says "hoogste score van 100: **niet bekend**"
  says_not "erzonnen"
) || exit 1

command -v xmllint >/dev/null || exit 77
for lang in nl en; do
  for name in overview ministry "council region=limburg" "dossier submission=demo-sluiswachter" \
    "indicator indicator=demo-banen" investments "matches scorecard=zeeland demand=dijk-en-kust-bewaken"; do
    [ "$lang ${name%% *}" != "en council" ] || continue
    # shellcheck disable=SC2086 # a name and its arguments
    ok report $name --lang "$lang" -o "$flow/page-$lang-${name%% *}.html"
  done
done

# So are the pages of the regions, and of an event.
ok matchmaking plan demo-vlissingen-2027 scorecard=zeeland
for lang in nl en; do
  for name in productielijn themas keten groeiers nieuwkomers haven proefveld "meetings demo-vlissingen-2027"; do
    # shellcheck disable=SC2086 # a name and its arguments
    ok report $name --lang "$lang" -o "$flow/page-$lang-${name%% *}.html"
  done
done
# A table too wide for the text beside a wide screen's margins takes these.
grep -q '<div class="scroll folds wide"' "$flow/page-nl-meetings.html" || fail "expected the timetable to take the width of the screen"
sh "$check" "$flow"/page-*.html >"$out" 2>&1 || fail "expected pages that everybody can read"

# The check itself sees what is wrong.
cat >"$flow/bad.html" <<'HTML'
<!DOCTYPE html><html><head><title></title></head><body><h1>a</h1><h3>b</h3><table><tr><th>x</th></tr></table><svg></svg>
<a href="javascript:x">y</a><script>z</script></body></html>
HTML
sh "$check" "$flow/bad.html" >"$out" 2>&1 && fail "expected complaints"
for complaint in "no language" "no title" "no main" "an h3 follows an h1" "without a caption" "without a scope" "scripts" \
  "pictures without a name" "links to other"; do
  says "$complaint"
done
exit 0
