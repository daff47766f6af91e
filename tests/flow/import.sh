#!/bin/sh
# Records in: JSON, JSONL, CSV and stdin; bad rows are named by file and line, good ones are kept.
. "$(dirname "$0")/lib.sh"

ok init .

printf 'title;trl;technologies\r\nDrone;7;drones|sensors\r\n"Vest; warm";4;\r\n' >good.csv
ok import good.csv --kind solution
prints "2 rows: 2 created, 0 changed, 0 the same, 0 bad"
ok import good.csv --kind solution
prints "2 rows: 0 created, 0 changed, 2 the same, 0 bad"
ok get solution/drone --json
says '"technologies":["drones","sensors"]'
says '"trl":7'
ok get solution/vest-warm --json
says '"title":"Vest; warm"'

printf '{"kind":"organisation","name":"Een"}\n\n{"kind":"organisation","name":"Twee"}\n' >good.jsonl
ok import good.jsonl
says "2 created"
printf '{"records":[{"id":"kade","title":"Kade"},{"id":"demand/brug","title":"Brug"}]}' >good.json
ok import good.json --kind demand
says "2 created"
ok get demand/kade
printf 'name\nDrie\n' >three.csv
asked="import - < three.csv"
polder import - --kind organisation --format csv <three.csv >"$out" 2>"$err" || fail "expected stdin to be read"
says "1 created"

# Bad rows: named, left out; the exit code says so.
printf '{"kind":"demand","title":"Goed"}\nnope\n{"kind":"demnd","title":"Soort"}\n' >bad.jsonl
fails_with 1 import bad.jsonl
tells "bad.jsonl:2:1"
tells "bad.jsonl:3"
tells "2 of 3 rows are bad"
says "1 created"
ok get demand/goed
printf '{"kind":"demand","title":"Goed"}\nnope\n' >one.jsonl
fails_with 1 import one.jsonl
tells "1 of 2 rows is bad"
printf 'title,trl\nA,zeven\n' >bad.csv
fails_with 3 import bad.csv --kind solution
tells "bad.csv:2"
tells "trl"
printf '[{"title":"x"},\n {"title" "y"}]' >bad.json
fails_with 3 import bad.json --kind demand
tells "bad.json:2:"

# --json: one document on stdout, one error on stderr.
fails_with 1 import bad.jsonl --json
says '"bad":2'
says '"where":"bad.jsonl:3"'
[ "$(wc -l <"$err")" -eq 1 ] || fail "expected one line on stderr"

# --atomic: all or none, also over several files. --dry-run: nothing.
printf 'title,trl\nEerst,1\n' >first.csv
fails_with 3 import first.csv bad.csv --kind solution --atomic
says "nothing written"
fails_with 4 get solution/eerst
ok import first.csv --kind solution --dry-run
says "1 created"
fails_with 4 get solution/eerst
ok import first.csv --kind solution --atomic
ok get solution/eerst

# What a source states is kept as its word.
ok put source/krant title=Krant reliability=B date=2026-02-23
printf 'id,title\nbron,Uit de krant\n' >claimed.csv
ok import claimed.csv --kind solution --source source/krant
ok get solution/bron --claims
says "source/krant"
fails_with 4 import claimed.csv --kind solution --source source/none

fails_with 3 import good.csv --kind soluton
tells 'did you mean "solution"?'
fails_with 4 import none.csv --kind solution
tells "none.csv"
fails_with 2 import
tells "usage: polder import FILE"
fails_with 2 import good.csv --kind solution --format cvs
tells "did you mean csv?"
