#!/bin/sh
# The taxonomy: technologies and themes as trees, in Dutch and English; what a wider term finds, and what no tree can be.
. "$(dirname "$0")/lib.sh"

ok init . --demo

# Every term has a title in both languages, and a narrower one names its parent.
ok get technology/sonar --json
says '"title":"sonar"'
says '"title_en":"sonar"'
says '"parent":"technology/sensors"'
ok get theme/cyber --json
says '"title":"digitale weerbaarheid"'
says '"title_en":"cyber resilience"'
says '"parent":"theme/sustainable_digital_society"'
ok get technology/computer_vision --json
says '"cpv":["72212328"]'
for kind in technology theme; do
  ok query "$kind" --format jsonl
  ! grep -v '"title_en":' "$out" || fail "expected an English title for each $kind"
done

# A tree is asked for its branches, and searched in either language.
ok query technology --where 'parent == "technology/artificial_intelligence"' --order id --format jsonl --fields id
prints '{"id":"technology/computer_vision"}
{"id":"technology/decision_support"}
{"id":"technology/language_technology"}'
for words in "onbemande vaartuigen" "uncrewed vessels"; do
  ok search "$words" --kind technology --format jsonl
  says '"id":"technology/uncrewed_vessels"'
done

# A term of one's own hangs below another; a tree that goes round, or hangs on itself, is refused.
ok put technology/proef title="Koude atomen" title_en="Cold atoms" parent=technology/quantum
ok put technology/proef-smal title="Koude rubidium" title_en="Cold rubidium" parent=technology/proef
fails_with 5 put technology/quantum parent=technology/proef-smal
tells "is dan een deel van zichzelf"
fails_with 5 put technology/proef parent=technology/proef
tells "is dan een deel van zichzelf"
fails_with 5 put theme/safety parent=theme/critical_infrastructure
ok get technology/quantum --json
says_not '"parent"'
ok query technology --where 'parent == "technology/quantum"' --format jsonl --fields id
prints '{"id":"technology/proef"}'

# Scoring knows the tree: who asks for sensors is answered whole by a sonar, and not by a hydrogen tank; who asks for sonar
# finds more in a sonar than in sensors at large.
ok put demand/breed title="Vraag" technologies=sensors themes=safety
ok put demand/smal title="Vraag" technologies=sonar themes=safety
ok put solution/smal title="Aanbod" technologies=sonar themes=safety trl=9
ok put solution/wijd title="Aanbod" technologies=sensors themes=safety trl=9
ok put solution/anders title="Aanbod" technologies=hydrogen themes=safety trl=9
score() {
  ok explain --scorecard partnership/national "demand/$1" "solution/$2" --json
  sed 's/^[^[]*"score":\([0-9.]*\).*/\1/' "$out"
}
more() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > b) }' || fail "expected $1 to be more than $2"; }
[ "$(score breed smal)" = "$(score breed wijd)" ] || fail "expected a narrower term to answer a wider one whole"
more "$(score breed smal)" "$(score breed anders)"
more "$(score smal smal)" "$(score smal wijd)"
more "$(score smal wijd)" "$(score smal anders)"
