#!/usr/bin/env bash
# Matches ever more solutions with a few demands and shows how time and memory grow; ../README.md says how to read it. Ends with 1
# when all processes together held more than they may, when time grew more than in step (and a good deal to spare), or when a match
# after a change ranks otherwise with what was kept than without.
# Usage: run.sh [OPTION VALUE]… [--check]
#   --polder PATH      the program to measure (../../../build/bin/polder)
#   --demands N        20
#   --solutions LIST   62500,250000,1000000
#   --card NAME        measured/measured; or bench/bench: the same work by rules in Lua
#   --top K            20
#   --seed N           1
#   --most MB          2000
#   --rounds N         5
#   --check            no table: only whether memory stays below --most and all that plain C ranks is ranked the same
# A million solutions need some 9 GB in TMPDIR, and five minutes to import.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
polder=$here/../../../build/bin/polder
demands=20 solutions=62500,250000,1000000 card=measured/measured top=20 seed=1 most=2000 rounds=5 check=
# shellcheck source=tests/bench/work.sh
source "$here/../work.sh"
options "polder demands solutions card top seed most rounds check" "$@"
programs generate measure peer

# ranked HOME: best of the rounds, each of which finds in the cache what stands in $work/kept, or nothing; sets `best`, in seconds, `peak`,
# in MB, and `sum`.
ranked() {
    local round seconds megabytes
    for ((round = 1; round <= rounds; round++)); do
        forgotten "$1"
        [ ! -e "$work/kept" ] || cp -r "$work/kept/." "$1/.cache"
        take "$polder" --home "$1" match --scorecard "$card" --top "$top" --seed 1 --no-keep --json
        read -r seconds megabytes <"$work/took"
        [ "$round" -gt 1 ] || best=$seconds peak=$megabytes
        read -r best peak < <(awk -v a="$best" -v b="$seconds" -v c="$peak" -v d="$megabytes" 'BEGIN { print (a < b ? a : b), (c > d ? c : d) }')
    done
    sum=$(lua5.4 "$match/ranking.lua" <"$work/out")
}

# rerun HOME DATA: sets `again` and `full`, the seconds of a match after one in a hundred has changed, with what was kept of the match
# before and without.
rerun() {
    local first
    # A run that is kept says as of when texts are counted: the matches after it count them so too.
    "$polder" --home "$1" match --scorecard "$card" --top 1 >/dev/null
    "$polder" --home "$1" match --scorecard "$card" --top "$top" --seed 1 --no-keep --json >/dev/null
    [ ! -e "$1/.cache" ] || cp -r "$1/.cache" "$work/kept" # of few solutions nothing is kept
    lua5.4 "$here/../changed/change.lua" "$2" "$((seed + 1))"
    "$polder" --home "$1" import "$2/changed.jsonl" >/dev/null
    ranked "$1"
    again=$best first=$sum
    rm -rf -- "$work/kept"
    ranked "$1"
    full=$best
    [ "$first" = "$sum" ] || die "with what was kept it ranks otherwise ($first) than without ($sum)"
}

one_size() { # one_size N: a line "N import-seconds import-MB seconds MB plain-C-seconds rerun-seconds full-seconds"
    local home=$work/home data=$work/data imported plain plain_sum first
    rm -rf -- "$home" "$data"
    records "$1" "$data"
    workspace "$home"
    take "$polder" --home "$home" import "$data/demands.jsonl" "$data/solutions.jsonl"
    imported=$(cat "$work/took")
    take "$work/peer" "$data" "$top"
    plain=$(cut -d ' ' -f 1 "$work/took")
    plain_sum=$(cut -d ' ' -f 4 "$work/out")
    ranked "$home"
    [ "$sum" = "$plain_sum" ] || die "$1 solutions are not ranked as plain C does"
    first="$best $peak"
    rerun "$home" "$data"
    echo "$1 $imported $first $plain $again $full"
}

for count in ${solutions//,/ }; do
    [ -n "$check" ] || printf '%s solutions…\n' "$count" >&2
    one_size "$count"
done >"$work/figures"

[ -n "$check" ] || echo "$demands demands, top $top, $card; $(nproc) processors"
awk -v check="$check" -v most="$most" -v ratios="${BENCH_RATIOS:-/dev/null}" '
    !check && NR == 1 { printf "%10s %10s %10s %10s %12s %10s %12s %16s\n", "solutions", "import s", "import MB", "match s", "µs/solution", "match MB", "plain C s", "1 % changed s" }
    !check { printf "%10d %10.1f %10.0f %10.2f %12.1f %10.0f %12.2f %8.2f (%4.1f %%)\n", $1, $2, $3, $4, 1e6 * $4 / $1, $5, $6, $7, 100 * $7 / $8 }
    $5 > most { printf "%d solutions took %d MB, more than %d\n", $1, $5, most; failed = 1 }
    NR == 1 { first = $4 / $1 }
    NR > 1 && !check && $4 / $1 > 1.5 * first { print "time grew faster than the solutions"; failed = 1 }
    { held = $5; count = $1; each = $4 / $1; again = $7 / $8 }
    END {
        if (!check) {
            printf "large\tMB of all processes at %d / %d\t%.4f\tat most\t1\n", count, most, held / most >>ratios
            printf "large\twhole command at %d, 1 %% changed / in full\t%.4f%s\n", count, again, count < 250000 ? "" : "\tat most\t0.05" >>ratios
            printf "large\tseconds a solution, at %d / at the fewest\t%.4f\tat most\t1.1\n", count, each / first >>ratios
        }
        exit failed
    }' "$work/figures"
[ -z "$check" ] || echo "ranked as plain C does, in bounded memory"
