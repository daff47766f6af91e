#!/bin/sh
# The seven regions of the partnership: each brings a scorecard of its own and at least three rules, and what one region ranks first
# another may not, for reasons that the demand's answer gives.
. "$(dirname "$0")/lib.sh"

ok init work --demo
cd work || exit 1

regions="limburg midden-nederland noord-brabant noord-holland oost-nederland zeeland zuid-holland"
for region in $regions; do
  ok registry rule --json
  own=$(grep -c "\"full\":\"$region/" "$out")
  [ "$own" -ge 3 ] || fail "$region has $own rules of its own"

  ok plugin test "$region"
  says "passed, 0 failed"

  ok match --scorecard "$region" --top 5 --no-keep --json
  grep -q '"failed_rules":\[\]' "$out" || fail "no rule of $region fails on the demo"
  grep -q "\"rule\":\"$region/nearby\"\|\"rule\":\"$region/proximity\"\|\"rule\":\"$region/delta\"" "$out" ||
    fail "$region looks at where a solution comes from"
  # Who stands first for each demand, in the order of the demands.
  grep -o '"demand":"demand/[^"]*"\|"rank":1,"solution":"[^"]*"' "$out" >"$flow/$region"
done

# Each region has a report of its own, in Dutch and in English, also as a page: marked as the language that it is in.
while IFS='|' read -r report nl en; do
  ok report "$report"
  says "# $nl"
  says "fictieve vragen en oplossingen"
  ok report "$report" --lang en
  quiet
  says "# $en"
  says "demands and solutions are fictitious"
  for word in Oplossing Vraag Medewerkers Certificaten Levertijd "fictieve" "past bij"; do says_not "| $word"; done
  for lang in nl en; do
    ok report "$report" --lang $lang --format html
    says "<html lang=\"$lang\">"
  done
  says "<title>$en"
done <<'END'
limburg/productielijn|Productielijst Limburg|Production list of Limburg
midden-nederland/themas|Themablad Midden-Nederland|Theme sheet of Midden-Nederland
noord-brabant/keten|Ketenblad Noord-Brabant|Chain sheet of Noord-Brabant
noord-holland/groeiers|Groeierslijst Noord-Holland|Growers list of Noord-Holland
oost-nederland/nieuwkomers|Nieuwkomerslijst Oost-Nederland|Newcomers list of Oost-Nederland
zeeland/haven|Havenlijst Zeeland|Harbour list of Zeeland
zuid-holland/proefveld|Proefveldlijst Zuid-Holland|Test field list of Zuid-Holland
END
# What rules say is in Dutch: in an English page that is marked too.
ok report matches scorecard=zeeland top=2 --lang en --format html
says '<span lang="nl">'
ok report zeeland/haven
says "Sluiswachter: vaste sonar voor kades en sluizen"
ok report oost-nederland/nieuwkomers
says "| Herstelcoach | revalidatie | 33 |"
ok report zuid-holland/proefveld
says "| Pakezel, a ground robot that follows or finds | 7 | Noord-Brabant |"
ok report noord-brabant/keten
says "| radar | 1 | 2 | Valkenoog"

# No two regions rank alike.
for one in $regions; do
  for other in $regions; do
    [ "$one" = "$other" ] || ! cmp -s "$flow/$one" "$flow/$other" || echo "$one and $other" >>"$flow/same"
  done
done
[ ! -s "$flow/same" ] || fail "the same first place for every demand: $(cat "$flow/same")"

# Each region says why in Dutch.
ok explain --scorecard limburg demand/drones-opmerken-kazerne solution/valkenoog
says "limburg/nearby"
