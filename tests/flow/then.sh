#!/bin/sh
# Random histories of claims, decisions, withdrawals and deletions: what was told after each change is told again of the past.
. "$(dirname "$0")/lib.sh"
repo=$(cd "$(dirname "$0")/../.." 2>/dev/null && pwd) || repo=
[ -n "$repo" ] || fail "expected to find the scripts"
command -v lua5.4 >/dev/null || exit 77

# tell WHERE [ARGUMENTS…]: all that can be asked, into a file.
tell() {
  told=$1
  shift
  for nr in 1 2 3 4; do run get "solution/s$nr" --claims --json "$@" && cat "$out"; done >"$told"
  for ask in "query solution --where trl>=4 --order -trl --format jsonl" export; do
    # shellcheck disable=SC2086
    ok $ask "$@"
    cat "$out" >>"$told"
  done
}

for seed in 2; do
  ok init "seed-$seed"
  cd "seed-$seed" || exit 1
  for name in a b c; do ok put "source/$name" title="$name"; done
  lua5.4 "$repo/tests/flow/then.lua" "$seed" 14 >ops
  seqs=
  while read -r op; do
    # shellcheck disable=SC2086
    run $op
    ok query --sql "select max(seq) from event" --format csv
    seq=$(tail -1 "$out")
    [ -e "then-$seq" ] || tell "then-$seq"
    seqs="$seqs $seq"
  done <ops
  for seq in $(echo "$seqs" | tr ' ' '\n' | sort -un); do
    tell now --as-of "$seq"
    cmp "then-$seq" now >"$err" || { diff "then-$seq" now >"$out"; fail "seed $seed: expected what was told after event $seq"; }
  done
  ok audit verify
  cd .. || exit 1
done
