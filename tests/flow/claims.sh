#!/bin/sh
# What sources disagree on, who decides, and a source that was wrong: on the seed facts of the partnership.
seed=$(cd "$(dirname "$0")/../../plugins/partnership/data" && pwd)/seed.jsonl
. "$(dirname "$0")/lib.sh"
agreement=agreement/defence-innovation-partnership
article=source/article-2026-02-23

ok init .
ok conflicts
prints "no conflicts"
ok query --sql 'select count(*) as n from record' --format csv
prints 'n
0'
ok import "$seed"

# The article counts six regions and names seven; it calls the event 2025 and is dated 2026. Nothing else disagrees.
ok conflicts --format csv
lines 3
says "record,field,value,settled,claims"
says "$agreement,event_year,2026,false,"
says "$agreement,region_count,7,false,"
ok conflicts
says "2 conflicts, 0 settled"
says "$article-dateline,"
says "to decide: polder settle"
fits
ok conflicts region/zeeland
prints "no conflicts"
ok conflicts region/zeeland --json
prints "[]"
fails_with 4 conflicts region/zeelan
tells "did you mean region/zeeland?"

# init brings the same facts, and with --demo three disagreements more, which say that they are made up.
ok init "$flow/facts" --seed
says "the facts of February 2026, each with its source"
ok --home "$flow/facts" conflicts --format csv
lines 3
says "$agreement,event_year,2026,false,"
says "$agreement,region_count,7,false,"
ok --home "$flow/facts" query --sql "select count(*) as n from record where data ->> 'fictitious'" --format csv
prints 'n
0'
ok init "$flow/demo" --demo
ok --home "$flow/demo" conflicts
says "5 conflicts, 0 settled"
for name in kwantumlijn mierenkolonne schorloper; do
  ok --home "$flow/demo" conflicts solution/$name
  says "1 conflict, 0 settled"
  fits
  ok --home "$flow/demo" conflicts solution/$name --json
  says '"source":"source/demo-brochure","place":"bladzijde 2 (fictief)"'
  says '"source":"source/demo-testrapport","place":"paragraaf 4 (fictief)"'
  ok --home "$flow/demo" get solution/$name --json
  says '"fictitious":true'
done
ok --home "$flow/demo" conflicts $agreement
says "2 conflicts, 0 settled"

# A person decides: an event with a reason, which can be taken back.
fails_with 2 settle $agreement region_count --source $article
tells "a decision needs a reason"
tells "say why: --why TEXT"
fails_with 2 settle $agreement region_count --why x
tells "whose word is to stand?"
fails_with 2 settle $agreement region_count --source $article --own --why x
fails_with 4 settle $agreement region_count --source source/nuts-2024 --why x
tells "these do: $article, $article-list"
fails_with 4 settle $agreement region_cout --source $article --why x
tells "did you mean region_count?"
ok settle $agreement region_count --source $article --why "the lead counts provinces"
prints "$agreement: region_count is 6, settled"
ok get $agreement --json
says '"region_count":6'
ok get $agreement --history --json
says '"type":"record.settled"'
says '"why":"the lead counts provinces"'
ok get $agreement --history
says "because:"
ok events --type record.settled --format jsonl
lines 1
says "\"subject\":\"$agreement\""
says "\"settlement\":{\"field\":\"region_count\",\"source\":\"$article\",\"why\":\"the lead counts provinces\"}"
ok events --type record.settled
says "settled:"
ok get $agreement --history --json
seq=$(grep -o '"seq":[0-9]*' "$out" | tail -1 | cut -d: -f2)
ok get $agreement --json --as-of $((seq - 1))
says '"region_count":7'
ok get $agreement --json --as-of "$seq" --claims
says '"region_count":6'
says '"settled":"the lead counts provinces"'
ok conflicts $agreement
says "2 conflicts, 1 settled"
says "settled: the lead counts provinces"
ok conflicts $agreement --json
says '"field":"region_count","value":6,"settled":true,"claims":[{"value":6,"source":"source/article-2026-02-23"'
ok get $agreement --claims
says "settled"
fits
ok settle $agreement region_count --source $article-list --why "counted" --json
prints "{\"record\":\"$agreement\",\"field\":\"region_count\",\"value\":7,\"settled\":true,\"source\":\"$article-list\",\"why\":\"counted\"}"

# The decision goes where the records go.
ok export -o "$flow/all.jsonl"
ok --home "$flow/other" init "$flow/other"
ok --home "$flow/other" import "$flow/all.jsonl"
ok --home "$flow/other" conflicts
says "settled: counted"
ok --home "$flow/other" export -o "$flow/again.jsonl"
cmp -s "$flow/all.jsonl" "$flow/again.jsonl" || fail "expected the same bytes from the other workspace"
ok settle $agreement region_count --undo --why "no need"
prints "$agreement: region_count is 7, by the sources' grades and dates again"
fails_with 4 settle $agreement region_count --undo --why "no need"

# One's own word doesn't overrule a good source; it is kept, and told how to make it stand.
ok put $agreement region_count=12
tells "region_count: 7 stands, as $article-list (grade B) says; yours is kept beside it"
tells "polder settle $agreement region_count --own --why TEXT"
ok conflicts $agreement
says "12     C"
ok put $agreement region_count=6 --source $article
tells "to make yours stand: polder settle $agreement region_count --source $article --why TEXT"
ok settle $agreement region_count --own --why "all of them"
prints "$agreement: region_count is 12, settled"
ok put $agreement region_count=6 --source $article-list
tells "region_count: 12 stands, as one's own word says and a person settled"
ok put $agreement region_count=7 --source $article-list
ok put $agreement region_count=null
printf '{"id":"%s","event_year":2024,"place":"Nijkerk"}\n' "$agreement" >own.jsonl
ok import own.jsonl
tells "1 value that was read is not what stands, for a better source states otherwise, as of $agreement"
ok import own.jsonl --json
says '"outweighed":0'
ok put region/limburg name=Limbourg # over the article, graded C
quiet
ok get region/limburg --json
says '"name":"Limbourg"'
ok put region/limburg name=Limburg

# A source that was wrong.
ok export -o "$flow/before.jsonl"
fails_with 2 withdraw $article
fails_with 2 withdraw $agreement --why x
ok withdraw $article --why "another article"
says "$article withdrawn: 34 records rested on it, 34 changed"
tells "region/zeeland: name is required and nobody states it any more"
fits
ok conflicts
says "(none)" # region_count: one's own word is that there is none
ok get $agreement --json
says_not '"title"'
ok get $agreement --json --claims
says '"withdrawn":"another article"'
ok get $agreement --claims
says "withdrawn"
fits
fails_with 5 put region/zeeland name=Zeeland --source $article
tells "was withdrawn on"
tells "(another article)"
fails_with 5 withdraw $article --why again
fails_with 5 import "$seed" --source $article
fails_with 1 import "$seed"
says "34 bad"
ok withdraw $article --undo --why "it was that one" --json
says '"withdrawn":false'
ok export -o "$flow/after.jsonl"
cmp -s "$flow/before.jsonl" "$flow/after.jsonl" || fail "expected all to be as it was"
fails_with 4 withdraw $article --undo --why again
ok audit verify
