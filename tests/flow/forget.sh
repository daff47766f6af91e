#!/bin/sh
# A person asks to be forgotten: nothing of it is left in the workspace, and nothing brings it back.
. "$(dirname "$0")/lib.sh"

ok init .
ok put source/krant title=Krant reliability=B
ok put person/an name='Annelies Oudenaam' role=Zwemkampioene --source source/krant
ok put person/an name='Annelies Nieuwnaam'
ok put person/ben name='Ben Blijver'
ok put organisation/bedrijf name=Bedrijf --source source/krant
ok forget person/an --why 'asked by letter'
says "person/an: erased "
says "name"
fits
for text in Oudenaam Nieuwnaam Zwemkampioene Annelies; do
  ! grep -rqa "$text" polder.db* || fail "expected no $text in the store's files"
done
grep -rqa "Ben Blijver" polder.db* || fail "expected the others to be as they were"
ok get person/an --json
says_not "name"
ok get person/an --history
says "record.forgotten"
says "values erased"
ok search Oudenaam --json
prints "[]"
ok audit verify

printf '%s\n' '{"id":"person/an","name":"Annelies Oudenaam"}' '{"id":"person/cor","name":"Cor Nieuw"}' >rows.jsonl
fails_with 1 import rows.jsonl --kind person
tells "rows.jsonl:1"
tells "was erased on"
ok get person/cor
fails_with 5 put person/an name='Annelies Oudenaam'
tells "gets a new id"

ok forget person/ben --why 'asked too' --json
says '"id":"person/ben"'
says '"whole":false'
ok forget person/ben --why 'asked again'
says "nothing left to erase"
fails_with 2 forget person/cor
tells "why"
fails_with 4 forget person/coor --why x
tells 'did you mean person/cor?'
fails_with 5 forget source/krant --why x

# A field that the kind doesn't declare may be personal, too.
ok put person/dora name='Dora Dorst' email=dora@voorbeeld.example region=region/zeeland
tells "email"
ok forget person/dora --why 'asked by letter'
says "email"
for text in Dorst dora@voorbeeld; do
  ! grep -rqa "$text" polder.db* || fail "expected no $text in the store's files"
done
ok search Dorst --json
prints "[]"
ok audit verify
fails_with 5 put person/dora email=dora@voorbeeld.example
tells "was erased on"

# What others hold of the same person is named, with the command that erases it.
ok put organisation/provincie name=Provincie
ok put agreement/een title=Een type=letter_of_intent
ok put person/evi name='Evi Egel' role=gedeputeerde
ok put signature/een agreement=agreement/een person=person/evi role='gedeputeerde voor egels' \
  on_behalf_of=organisation/provincie
ok put signature/twee agreement=agreement/een person=person/evi on_behalf_of=organisation/provincie
ok forget person/evi --why 'asked by letter' --json
says '"related":[{"id":"signature/een","by":"person"}]'
ok forget person/evi --why 'asked again'
says "polder forget signature/een --why TEXT"
says_not "signature/twee"
ok forget signature/een --why 'asked by letter'
says_not "polder forget"
ok forget person/evi --why 'asked again' --json
says '"related":[]'
ok audit verify
