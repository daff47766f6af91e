#!/usr/bin/env bash
# What it costs to look further than a ranking: what would change it (explain --what-if), and how firm it is (match --stability), each
# against one full match; ../README.md says how to read it. Ends with 1 when a change that was told doesn't give the rank that was told,
# or when plain Lua reckons other weights. Usage: run.sh [OPTION VALUE]… [--check]
#   --polder PATH      the program to measure (../../../build/bin/polder)
#   --demands N        200
#   --solutions N      20000
#   --many N           20: so many demands at once, beside one
#   --seed N           1
#   --rounds N         5
#   --check            one round, no table: only whether all is as told
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
scripts=$here/../../../scripts
polder=$here/../../../build/bin/polder
demands=200 solutions=20000 many=20 seed=1 rounds=5 check=
# shellcheck source=tests/bench/work.sh
source "$here/../work.sh"
options "polder demands solutions many seed rounds check" "$@"
[ "$many" -le "$demands" ] || die "--many: at most --demands" 2

programs generate measure
home=$work/home data=$work/data
records "$solutions" "$data"
mkdir "$work/changes"

# timed WORD…: runs polder; sets `seconds` and `megabytes`, its stdout is in $work/out.
timed() {
    take "$polder" --home "$home" "$@"
    read -r seconds megabytes <"$work/took"
}

# ranked WORD…: a full match, with nothing kept of earlier ones.
ranked() {
    forgotten "$home"
    timed match --scorecard measured/measured --no-keep --json "$@"
}

workspace "$home"
"$polder" --home "$home" import "$data/demands.jsonl" "$data/solutions.jsonl" >/dev/null
# A run that is kept says as of when texts are counted, also after a change.
"$polder" --home "$home" match --scorecard measured/measured --top 1 >/dev/null

demand=demand/d000002
ranked --demand "$demand" --top 50
solution=$(grep -o '"solution":"[^"]*"' "$work/out" | tail -n 1 | cut -d '"' -f 4)
few=()
for ((i = 1; i <= many; i++)); do few+=(--demand "$(printf 'demand/d%06d' "$i")"); done

for ((round = 1; round <= rounds; round++)); do
    ranked --demand "$demand"
    one=$seconds
    ranked --demand "$demand" --stability
    firm=$seconds firm_mb=$megabytes
    timed explain --scorecard measured/measured --json "$demand" "$solution" --what-if
    if=$seconds if_mb=$megabytes
    cp "$work/out" "$work/told.json"
    ranked "${few[@]}"
    all=$seconds
    ranked "${few[@]}" --stability
    echo -n "$one $firm $if $all $seconds $firm_mb $if_mb $megabytes "
    ranked --demand "$demand" --stability --top 10000
    lua5.4 "$here/peer.lua" "$scripts" "$work/out" || die "plain Lua reckons another stability"
    [ -n "$check" ] || printf '\rround %d of %d' "$round" "$rounds" >&2
done >"$work/figures"
[ -n "$check" ] || echo >&2

# Each change that was told is made, and the ranking asked.
lua5.4 "$here/changes.lua" "$scripts" "$work/changes" 5 <"$work/told.json" >"$work/ranks"
while read -r number was rank; do
    "$polder" --home "$home" import "$work/changes/$number.jsonl" --kind solution >/dev/null
    ranked --demand "$demand" --top 10000
    now=$(grep -o "\"rank\":[0-9]*,\"solution\":\"$solution\"" "$work/out" | tr -dc '0-9,:' | cut -d : -f 2 | cut -d , -f 1)
    [ "$now" = "$rank" ] || die "$(cat "$work/changes/$number.jsonl"): told rank $rank instead of $was, is $now"
    "$polder" --home "$home" import "$work/changes/$number-undo.jsonl" --kind solution >/dev/null
done <"$work/ranks"
made=$(wc -l <"$work/ranks")
[ "$made" -gt 0 ] || die "no change was told for $solution"

if [ -n "$check" ]; then
    echo "$made changes give the rank that was told, and plain Lua reckons the same weights"
    exit
fi
awk -v d="$demands" -v s="$solutions" -v many="$many" -v made="$made" -v ratios="${BENCH_RATIOS:-/dev/null}" '
    { for (i = 1; i <= NF; i++) if (NR == 1 || (i >= 6 && i <= 8 ? $i > best[i] : $i < best[i])) best[i] = $i }
    function row(what, seconds, of, mb) {
        printf "%-34s %8.3f %7.1f %6s\n", what, seconds, seconds / of, mb ? sprintf("%.0f", mb) : "-"
    }
    function ratio(what, is, way, limit) { printf "further\t%s\t%.4f\t%s\t%s\n", what, is, way, limit >>ratios }
    END {
        printf "%d demands, %d solutions, best of %d rounds; %d changes made and found true, weights as plain Lua reckons them\n", d, s, NR, made
        printf "%-34s %8s %7s %6s\n", "", "s", "ratio", "MB"
        row("match, one demand", best[1], best[1])
        row("with --stability", best[2], best[1], best[6])
        row("explain --what-if", best[3], best[1], best[7])
        row("match, " many " demands", best[4], best[4])
        row("with --stability", best[5], best[4], best[8])
        row("stability in plain Lua, one demand", best[9], best[1])
        ratio("what-if / a full match", best[3] / best[1], "at most", 5)
        ratio("stability / a full match", best[2] / best[1], "at most", 3)
        ratio("stability of " many " demands / their match", best[5] / best[4], "at most", 10)
        ratio("what stability adds / plain lua5.4", (best[2] - best[1]) / best[9], "at most", 0.5)
    }' "$work/figures"
