#!/usr/bin/env bash
# Matches the same made-up records in plain C, Node.js, plain lua5.4 and Polder, and prints what each took; ../README.md says how to
# read it. Ends with 1 when one of them ranks differently. Usage: run.sh [OPTION VALUE]… [--check]
#   --polder PATH      the program to measure (../../../build/bin/polder)
#   --demands N        200
#   --solutions N      20000
#   --top K            20
#   --seed N           1
#   --rounds N         5; in each, every contestant runs once
#   --nearby           with a gate more, of the demand's own region, which few pass: plain C and Polder's measures alone
#   --check            one round, no table: only whether all rank the same
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
polder=$here/../../../build/bin/polder
demands=200 solutions=20000 top=20 seed=1 rounds=5 check= nearby=
# shellcheck source=tests/bench/work.sh
source "$here/../work.sh"
options "polder demands solutions top seed rounds nearby check" "$@"
[ "$demands" -gt 2 ] || die "--demands: at least 3" 2

programs generate measure peer
records "$solutions" "$work/data"

# peer NAME COMMAND…: a program that prints "load prepare match checksum".
peer() {
    local name=$1 load prepare match checksum
    shift
    take "$@" "$work/data" "$top" ${nearby:+solutions.jsonl nearby}
    read -r load prepare match checksum <"$work/out"
    echo "$name: $load $prepare $match $(cat "$work/took") $checksum"
}

ranked() { # ranked SCORECARD OPTION…
    local card=$1
    shift
    take "$polder" --home "$work/home" match --scorecard "$card" --top "$top" --seed 1 --no-keep --json "$@"
}

# twice NAME COMMAND…: two of it at once, each of which does all: as if two shared the work without a loss, on this machine.
twice() {
    local name=$1 other load prepare match slower checksum
    shift
    "$@" "$work/data" "$top" ${nearby:+solutions.jsonl nearby} >"$work/beside" &
    other=$!
    take "$@" "$work/data" "$top" ${nearby:+solutions.jsonl nearby}
    wait "$other" || die "failed: $*"
    read -r load prepare match checksum <"$work/out"
    read -r _ _ slower _ <"$work/beside"
    match=$(awk -v a="$match" -v b="$slower" 'BEGIN { printf "%.6f", (a > b ? a : b) / 2 }')
    echo "$name: $load $prepare $match - $(cut -d ' ' -f 2 "$work/took") $checksum"
}

ranked_by() {
    lua5.4 "$here/ranking.lua" <"$work/out" || die "no ranking by $1"
}

# phase NAME: seconds of that phase of the match in $work/out, as --plan tells it.
phase() {
    local ms
    ms=$(grep -o "\"$1\":[0-9.]*[,}]" "$work/out" | tail -n 1 | tr -dc '0-9.')
    awk -v ms="${ms:?}" 'BEGIN { printf "%.6f", ms / 1000 }'
}

# by_polder NAME SCORECARD WORKERS: of the phase "match" of all demands, what they take more than the first few do, one for each worker,
# which also make columns and the index and ask rules on solutions alone. What is left of the whole is prepare and telling.
by_polder() {
    local few=() i checksum few_s all_s prepared whole peak
    for ((i = 1; i <= $3; i++)); do
        few+=(--demand "$(printf 'demand/d%06d' "$i")")
    done
    ranked "$2" --workers "$3" --plan "${few[@]}"
    read -r prepared _ <"$work/took"
    few_s=$(phase match)
    ranked "$2" --workers "$3" --plan
    read -r whole peak <"$work/took"
    all_s=$(phase match)
    checksum=$(ranked_by "$1")
    awk -v name="$1" -v few="$3" -v all="$demands" -v prepared="$prepared" -v a="$few_s" -v b="$all_s" -v whole="$whole" \
        -v peak="$peak" -v sum="$checksum" 'BEGIN { printf "%s: %s %.4f %.4f %.4f %s %s %.6f\n", name, a, prepared, b, whole, peak, sum, all / (all - few) }'
}

# whole_polder NAME SCORECARD: as many workers as Polder finds worth it.
whole_polder() {
    local checksum
    ranked "$2"
    checksum=$(ranked_by "$1")
    echo "$1: - - - $(cat "$work/took") $checksum"
}

workspace "$work/home"
take "$polder" --home "$work/home" import "$work/data/demands.jsonl" "$work/data/solutions.jsonl"
imported=$(cat "$work/took")

for ((round = 1; round <= rounds; round++)); do
    peer "plain C" "$work/peer"
    twice "plain C, 2 processes" "$work/peer"
    if [ -n "$nearby" ]; then
        by_polder "measures, 1 worker" measured/nearby 1
        by_polder "measures, 2 workers" measured/nearby 2
        whole_polder "measures" measured/nearby
        continue
    fi
    if command -v node >/dev/null; then
        peer "Node.js" node "$here/peer.js"
    fi
    peer "lua5.4" lua5.4 "$here/peer.lua"
    for _ in 1 2 3; do # small differences of larger figures
        by_polder "measures, 1 worker" measured/measured 1
        by_polder "measures, 2 workers" measured/measured 2
    done
    whole_polder "measures" measured/measured
    by_polder "Lua, 1 worker" bench/bench 1
    by_polder "Lua, 2 workers" bench/bench 2
    whole_polder "Lua" bench/bench
    by_polder "8 of pairs, 1 worker" bench/pairs 1
    by_polder "8 of pairs, 2 workers" bench/pairs 2
    [ -n "$check" ] || printf '\rround %d of %d' "$round" "$rounds" >&2
done >"$work/figures"
[ -n "$check" ] || echo >&2

[ -n "$nearby" ] || command -v node >/dev/null || echo "Node.js is not installed and was left out"
if [ -n "$check" ]; then
    lua5.4 "$here/table.lua" <"$work/figures" >/dev/null || { cat "$work/figures" >&2; exit 1; }
    echo "all rank the same"
    exit
fi
echo "$demands demands, $solutions solutions, top $top, seed $seed, $rounds rounds, best of each; $(nproc) processors"
lua5.4 "$here/table.lua" ${nearby:+nearby} <"$work/figures"
read -r seconds megabytes <<<"$imported"
echo "Polder's import, once before: $seconds s, $megabytes MB"
