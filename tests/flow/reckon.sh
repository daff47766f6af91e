#!/bin/sh
# Scores, coverage, ranks, counts and how far each weight can move, on random records, against another program.
. "$(dirname "$0")/lib.sh"
repo=$(cd "$(dirname "$0")/../.." 2>/dev/null && pwd) || repo=
[ -n "$repo" ] || fail "expected to find the scripts"
command -v lua5.4 >/dev/null || exit 77
reckon=$repo/tests/flow/reckon.lua

for seed in 1 2 3; do
  ok init "seed-$seed"
  cd "seed-$seed" || exit 1
  lua5.4 "$reckon" records "$seed" >records.jsonl
  for kind in solution demand; do
    grep "\"id\":\"$kind/" records.jsonl >"$kind.jsonl"
    ok import "$kind.jsonl" --kind "$kind"
    ok query "$kind" --json
    cp "$out" "$kind.json"
  done
  for card in national zeeland noord-holland; do
    ok match --scorecard "$card" --top 10000 --today 2026-11-29 --no-keep --stability --json
    cp "$out" match.json
    asked="match --scorecard $card --stability, seed $seed, against another program"
    lua5.4 "$reckon" match "$repo/scripts" match.json solution.json demand.json 2>"$err" ||
      fail "expected the same numbers"
  done
  cd .. || exit 1
done
