#!/usr/bin/env bash
# Matches, changes one in a hundred solutions, and matches again: with what was kept of the match before, once more with nothing
# changed, and without what was kept; ../README.md says how to read it. Ends with 1 when two of them, or plain C, rank differently.
# Usage: run.sh [OPTION VALUE]… [--check]
#   --polder PATH      the program to measure (../../../build/bin/polder)
#   --demands N        200
#   --solutions N      20000
#   --card NAME        measured/measured; or bench/bench: the same work by rules in Lua
#   --top K            20
#   --seed N           1
#   --rounds N         5, at most 9; each changes others
#   --check            one round, no table: only whether all rank the same
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
polder=$here/../../../build/bin/polder
demands=200 solutions=20000 card=measured/measured top=20 seed=1 rounds=5 check=
# shellcheck source=tests/bench/work.sh
source "$here/../work.sh"
options "polder demands solutions card top seed rounds check" "$@"
[ "$rounds" -lt 10 ] || die "--rounds: at most 9, for when a tenth has changed texts are counted anew" 2
programs generate measure peer
home=$work/home data=$work/data
records "$solutions" "$data"

# ranked: matches; sets `seconds` and `phase`, both of the whole command and of its phase "match", and `sum`.
ranked() {
    take "$polder" --home "$home" match --scorecard "$card" --top "$top" --seed 1 --no-keep --phases --json
    read -r seconds _ <"$work/took"
    phase=$(tail -c 400 "$work/out" | grep -o '"match":[0-9.]*[,}]' | tail -n 1 | tr -dc '0-9.')
    sum=$(lua5.4 "$match/ranking.lua" <"$work/out")
}

workspace "$home"
"$polder" --home "$home" import "$data/demands.jsonl" "$data/solutions.jsonl" >/dev/null
# A run that is kept says as of when texts are counted: the matches after it count them so too, and plain C is told.
"$polder" --home "$home" match --scorecard "$card" --top 1 >/dev/null
cp "$data/solutions.jsonl" "$data/counted.jsonl"
counted=counted
[ "$solutions" -ge 1000 ] || counted=solutions # then nothing is kept, and texts are counted as they are
ranked

for ((round = 1; round <= rounds; round++)); do
    lua5.4 "$here/change.lua" "$data" "$((seed + round))"
    "$polder" --home "$home" import "$data/changed.jsonl" >/dev/null
    ranked
    rerun=$seconds rerun_phase=$phase first=$sum
    ranked
    same=$seconds
    forgotten "$home"
    ranked
    [ "$first" = "$sum" ] || die "round $round: with what was kept it ranks otherwise ($first) than without ($sum)"
    plain=$("$work/peer" "$data" "$top" "$counted.jsonl")
    [ "${plain##* }" = "$sum" ] || die "round $round: plain C ranks otherwise (${plain##* }, not $sum)"
    echo "$rerun $seconds $same $rerun_phase $phase"
done >"$work/figures"

if [ -n "$check" ]; then
    echo "after a change all rank the same"
    exit
fi
awk -v card="$card" -v d="$demands" -v s="$solutions" -v ratios="${BENCH_RATIOS:-/dev/null}" '
    NR == 1 || $1 < rerun { rerun = $1 }
    NR == 1 || $2 < full { full = $2 }
    NR == 1 || $3 < same { same = $3 }
    NR == 1 || $4 < rerun_phase { rerun_phase = $4 }
    NR == 1 || $5 < full_phase { full_phase = $5 }
    END { printf "%s, %d demands, %d solutions, best of %d rounds: in full %.3f s, after 1 %% changed %.3f s: %.1f %%, with nothing changed %.3f s\n",
        card, d, s, NR, full, rerun, 100 * rerun / full, same
        printf "the phase match alone: in full %.1f ms, after 1 %% changed %.1f ms: %.1f %%\n",
        full_phase, rerun_phase, 100 * rerun_phase / full_phase
        form = "changed\t%s, %d x %d, 1 %% changed / in full, %s\t%.4f%s\n"
        printf form, card, d, s, "whole", rerun / full, "" >>ratios
        printf form, card, d, s, "match", rerun_phase / full_phase, "\tat most\t0.05" >>ratios }' "$work/figures"
