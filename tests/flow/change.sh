#!/bin/sh
# One record through its life: put, get, claims, history, delete.
. "$(dirname "$0")/lib.sh"

ok init .
ok put solution/delta title=2026 trl=7 technologies=drones price='{"amount":1200,"currency":"EUR"}'
prints "solution/delta created, version 1"
ok get solution/delta --json
prints '{"id":"solution/delta","kind":"solution","version":1,"price":{"amount":1200,"currency":"EUR"},"technologies":["drones"],"title":"2026","trl":7}'
ok put solution/delta trl=7
says "is the same"
ok put solution/delta trl=8 technologies='["drones","sensors"]'
says "changed, version 2"
ok put solution/delta price=null
ok get solution/delta
says "drones, sensors"
says_not "1200"
fits

# Titles are in the user's language.
LC_ALL=nl_NL.UTF-8 ok get solution/delta
says "Titel"
ok get solution/delta
says "Title"

# What several sources state: the most reliable one counts.
ok put source/krant title=Krant reliability=E date=2026-02-23
ok put solution/delta trl=3 --source source/krant --place "page 3"
ok get solution/delta --json --claims
says '"trl":8'
says '"claims":[{'
says '"place":"page 3"'
ok get solution/delta --claims
says "(own word)"
says "source/krant"
says "page 3"
fits

ok get solution/delta --history
says "record.created"
says "record.changed"
says "trl = 8"
ok delete solution/delta
fails_with 4 get solution/delta
ok get solution/delta --history --json
for key in seq time actor type subject data prev hash; do
  says "\"$key\":"
done
says '"type":"record.deleted"'
fails_with 4 get solution/none --history
ok put solution/delta title=Again
ok get solution/delta

fails_with 3 put solution/delta trl=zeven
tells 'trl: expected an integer from 1 to 9, got "zeven"'
tells "at: solution/delta"
fails_with 3 put solution/delta trl=12
tells "expected an integer from 1 to 9, got 12"
fails_with 3 put solution/delta trl=12 --json
prints ''
tells '"message":"trl: expected an integer from 1 to 9, got 12","where":"solution/delta"'
fails_with 2 put solution/delta trl
tells "not field=value"
fails_with 2 put solution/delta version=3
fails_with 2 put solution/delta trl=3 trl=4
tells "given twice"
fails_with 3 put solution/delta certificates='["a"'
tells "certificates: at 1:5"
ok put solution/delta titel=x
tells 'did you mean "title"?'
fails_with 3 put solution/delta titel=x trl=12
! grep -q "kept" "$err" || fail "expected not a word of what is kept, for nothing is"
fails_with 3 put soluton/delta title=x
tells 'did you mean "solution"?'
fails_with 4 put solution/delta title=x --source source/none
tells "at: solution/delta"
fails_with 3 put solution/delta title=x --source krant
tells "is it source/krant?"
fails_with 3 get delta
tells "kind/slug"
fails_with 4 get solution/delto
tells "did you mean solution/delta?"
fails_with 4 delete solution/none

ok audit verify
says "the log is whole"
ok audit verify --json
says '"whole":true'
