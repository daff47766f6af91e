#!/bin/sh
# What was known at an earlier point: get, query and export with --as-of.
. "$(dirname "$0")/lib.sh"

ok init .
ok put solution/delta title=Delta trl=7
ok events --subject solution/delta --json
seq=$(grep -o '"seq":[0-9]*' "$out" | head -n 1 | cut -d : -f 2)
ok export
cp "$out" then.jsonl
ok put source/krant title=Krant reliability=D
ok put solution/delta trl=8 --source source/krant
ok put solution/delta title='Delta II'
ok put solution/eb title=Eb trl=9
ok delete solution/delta

ok get solution/delta --as-of "$seq" --json
prints '{"id":"solution/delta","kind":"solution","version":1,"title":"Delta","trl":7}'
ok get solution/delta --as-of "$seq"
says "version 1"
ok get solution/delta --as-of $((seq + 2)) --claims --json
says '"trl":7'
says '"source":"source/krant"'
ok query solution --as-of $((seq + 3)) --where 'trl >= 7' --format jsonl --fields id,title
prints '{"id":"solution/delta","title":"Delta II"}'
ok query solution --format jsonl --fields id
prints '{"id":"solution/eb"}'
ok export --as-of "$seq"
cmp -s "$out" then.jsonl || fail "expected what was exported then"
ok export --as-of 2999-01-01
says "solution/eb"
quiet

fails_with 4 get solution/eb --as-of "$seq"
tells "it was made by event"
fails_with 4 get solution/delta --as-of 2999-01-01
tells "had been deleted"
fails_with 4 get solution/delta --as-of 2020-01-01
tells "the log begins at"
fails_with 2 get solution/delta --as-of 99999
tells "the log ends at"
fails_with 2 export --as-of eergisteren
tells "no day, time or event"
fails_with 2 query --sql 'select 1' --as-of 1
tells "stands alone"
fails_with 2 get solution/eb --history --as-of 1

# What a withdrawn source had said stands in the past as it stood, also of a record that was deleted and made again since.
ok put source/folder title=Folder reliability=A
ok put demand/plan title=Plan trl_min=3
ok put demand/plan trl_min=5 --source source/folder
ok withdraw source/folder --why "was een concept"
ok query --sql "select max(seq) from event" --format csv
then=$(tail -1 "$out")
ok get demand/plan --claims --json
says '"withdrawn":"was een concept"'
cp "$out" "$flow/claims"
ok export demand source
cp "$out" "$flow/all"
ok put source/folder reliability=D
ok withdraw source/folder --undo --why "toch niet"
ok delete demand/plan
ok put demand/plan title=Anders
ok get demand/plan --claims --json --as-of "$then"
cmp -s "$out" "$flow/claims" || fail "expected the claims as they were told then"
ok export demand source --as-of "$then"
cmp -s "$out" "$flow/all" || fail "expected the export of then"
