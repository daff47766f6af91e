#!/usr/bin/env bash
# Matches by eight rules in Lua that are asked of pairs, makes one of them another rule, and matches again: with what was kept of the
# answers of the others, and without; then the same with a weight changed. ../README.md says how to read it. Ends with 1 when two of
# them, or plain C, rank differently.
# Usage: run.sh [OPTION VALUE]… [--check]
#   --polder PATH      the program to measure (../../../build/bin/polder)
#   --demands N        200
#   --solutions N      20000
#   --top K            20
#   --seed N           1
#   --rounds N         6; each changes another rule, of six
#   --check            one round, no table: only whether all rank the same
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
polder=$here/../../../build/bin/polder
demands=200 solutions=20000 top=20 seed=1 rounds=6 check=
rules=(budget technologies themes text distance trl-margin)
# shellcheck source=tests/bench/work.sh
source "$here/../work.sh"
options "polder demands solutions top seed rounds check" "$@"

programs generate peer
home=$work/home data=$work/data plugin=$work/home/plugins/bench
records "$solutions" "$data"

# ranked: matches; sets `took`, the seconds of the whole command and its processor time as user and system, and `sum`.
TIMEFORMAT='%R %U %S'
ranked() {
    took=$({ time "$polder" --home "$home" match --scorecard bench/pairs --top "$top" --seed 1 --no-keep --json >"$work/out" 2>"$work/said"; } 2>&1) ||
        die "the match failed: $(cat "$work/said")"
    sum=$(lua5.4 "$match/ranking.lua" <"$work/out")
}

# both WHAT SUM: with what was kept of the match before, and without, which is what the next one finds; both must rank as SUM says.
both() {
    ranked
    local rerun=$took first=$sum
    forgotten "$home"
    ranked
    [ "$first" = "$sum" ] || die "$1: with what was kept it ranks otherwise ($first) than without ($sum)"
    [ -z "$2" ] || [ "$2" = "$sum" ] || die "$1: expected the ranking $2, got $sum"
    echo "$1 $rerun $took"
}

workspace "$home"
"$polder" --home "$home" import "$data/demands.jsonl" "$data/solutions.jsonl" >/dev/null
# A run that is kept says as of when texts are counted: the matches after it count them so too.
"$polder" --home "$home" match --scorecard bench/pairs --top 1 >/dev/null
forgotten "$home"
ranked
plain=$("$work/peer" "$data" "$top")
plain=${plain##* }

# A rule in which a number stands that nobody uses is another rule that says the same: plain C still ranks as it does. With another
# weight it doesn't.
for ((round = 1; round <= rounds; round++)); do
    rule=${rules[(round - 1) % ${#rules[@]}]}
    sed -i "/name = \"$rule\"/,/^}/s/score = function(\(.*\))$/score = function(\1) local _ = $round/" "$plugin/rules.lua"
    grep -q "local _ = $round\$" "$plugin/rules.lua" || die "the plugin has no rule $rule that can be changed"
    both "rule-$rule" "$plain"
    sed -i "s/\[\"themes\"\] = [0-9.]*/[\"themes\"] = $((2 + round))/" "$plugin/init.lua"
    both weight ""
    sed -i 's/\["themes"\] = [0-9.]*/["themes"] = 2/' "$plugin/init.lua"
    forgotten "$home" # with other weights other pairs were asked about
    ranked
done >"$work/figures"

if [ -n "$check" ]; then
    echo "after a change of a rule or a weight all rank the same"
    exit
fi
awk -v d="$demands" -v s="$solutions" -v ratios="${BENCH_RATIOS:-/dev/null}" '
    function least(k, x) { if (!(k in low) || x < low[k]) low[k] = x }
    { what = $1 }
    !(what in seen) { order[++n] = what; seen[what] = 1 }
    { least(what "r", $2); least(what "rp", $3 + $4); least(what "f", $5); least(what "fp", $6 + $7) }
    END { printf "eight rules in Lua about pairs, %d demands, %d solutions, best of each; processor: of all processes\n", d, s
        printf "%-18s %8s %8s %6s %16s %16s %6s\n", "changed", "full s", "rerun s", "of it", "full processor s", "rerun processor s", "of it"
        for (i = 1; i <= n; i++) { w = order[i]
            printf "%-18s %8.3f %8.3f %5.0f%% %16.2f %17.2f %5.0f%%\n", w, low[w "f"], low[w "r"], 100 * low[w "r"] / low[w "f"],
                low[w "fp"], low[w "rp"], 100 * low[w "rp"] / low[w "fp"]
            if (w != "weight") { sum += low[w "rp"] / low[w "fp"]; rules++ } }
        form = "rules\tpairs, %d x %d, %s changed / in full, processor\t%.4f\tat most\t0.75\t0.5\n"
        printf form, d, s, "one rule", sum / rules >>ratios
        printf form, d, s, "a weight", low["weightrp"] / low["weightfp"] >>ratios }' "$work/figures"
