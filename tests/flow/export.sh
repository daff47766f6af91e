#!/bin/sh
# Records out and in again elsewhere: the same bytes.
. "$(dirname "$0")/lib.sh"

ok init one --demo
ok init two
ok export --home one
quiet
cp "$out" all.jsonl
ok import all.jsonl --home two --atomic
ok export --home two
cmp -s "$out" all.jsonl || fail "expected the same bytes from both workspaces"

ok export agreement region --home one -o some.jsonl
prints ""
for kind in agreement region; do
  grep -q "\"id\":\"$kind/" some.jsonl || fail "expected $kind in some.jsonl"
done
! grep -q '"id":"solution/' some.jsonl || fail "expected no other kind in some.jsonl"

ok export region --home one --json
says "[{"
says "\"kind\":\"region\""

fails_with 4 export solutions --home one
tells 'did you mean "solution"?'
fails_with 4 export --home one -o none/some.jsonl
tells "none/some.jsonl"
