#!/usr/bin/env bash
# Matches ever more solutions with a few demands and shows how time and memory grow; ../README.md says how to read it. Ends with 1
# when all processes together held more than they may, or when time grew more than in step (and a good deal to spare).
# Usage: run.sh [OPTION VALUE]… [--check]
#   --polder PATH      the program to measure (../../../build/bin/polder)
#   --demands N        20
#   --solutions LIST   62500,250000,1000000
#   --card NAME        measured/measured; or bench/bench: the same work by rules in Lua
#   --top K            20
#   --seed N           1
#   --most MB          2000
#   --check            no table: only whether memory stays below --most and all that plain C ranks is ranked the same
# A million solutions need some 9 GB in TMPDIR, and five minutes to import.
set -euo pipefail
export LC_ALL=C

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
match=$here/../match
polder=$here/../../../build/bin/polder
demands=20 solutions=62500,250000,1000000 card=measured/measured top=20 seed=1 most=2000 check=
die() { printf 'run.sh: %s\n' "$1" >&2; exit "${2:-1}"; }

while [ $# -gt 0 ]; do
    case $1 in
        --check) check=yes; shift; continue ;;
        --polder | --demands | --solutions | --card | --top | --seed | --most) ;;
        *) die "unknown option $1; the options stand at the head of $0" 2 ;;
    esac
    [ $# -gt 1 ] || die "$1 wants a value" 2
    declare "${1#--}=$2"
    shift 2
done
[ -x "$polder" ] || die "there is no program $polder; build it first (./bootstrap build) or name it with --polder" 2
polder=$(readlink -f -- "$polder")

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

compile() { # compile PROGRAM SOURCE…
    local program=$work/$1
    shift
    (cd "$match" && "${CC:-cc}" -O2 -std=c11 -D_GNU_SOURCE -ffp-contract=off -o "$program" "$@" -lm)
}
compile generate generate.c
compile measure measure.c
compile peer peer.c records.c

# Runs a command under measure: its stdout in $work/out, "seconds megabytes" in $work/took.
take() { "$work/measure" "$work/took" "$@" >"$work/out" || die "failed: $*"; }

one_size() { # one_size N: a line "N import-seconds import-MB seconds MB plain-C-seconds"
    local home=$work/home data=$work/data imported plain sum
    rm -rf -- "$home" "$data"
    mkdir "$data"
    "$work/generate" "$demands" "$1" "$seed" "$data"
    "$polder" init "$home" >/dev/null
    cp -r "$match/plugin" "$home/plugins/bench"
    cp -r "$match/measured" "$home/plugins/measured"
    echo 'return { disabled = { "partnership", "noord-holland", "zeeland" } }' >"$home/polder.lua"
    take "$polder" --home "$home" import "$data/demands.jsonl" "$data/solutions.jsonl"
    imported=$(cat "$work/took")
    take "$work/peer" "$data" "$top"
    plain=$(cut -d ' ' -f 1 "$work/took")
    sum=$(cut -d ' ' -f 4 "$work/out")
    rm -rf -- "$data"
    take "$polder" --home "$home" match --scorecard "$card" --top "$top" --seed 1 --no-keep --json
    [ "$(lua5.4 "$match/ranking.lua" <"$work/out")" = "$sum" ] || die "$1 solutions are not ranked as plain C does"
    echo "$1 $imported $(cat "$work/took") $plain"
}

for count in ${solutions//,/ }; do
    [ -n "$check" ] || printf '%s solutions…\n' "$count" >&2
    one_size "$count"
done >"$work/figures"

[ -n "$check" ] || echo "$demands demands, top $top, $card; $(nproc) processors"
awk -v check="$check" -v most="$most" -v ratios="${BENCH_RATIOS:-/dev/null}" '
    !check && NR == 1 { printf "%10s %10s %10s %10s %12s %10s %12s\n", "solutions", "import s", "import MB", "match s", "µs/solution", "match MB", "plain C s" }
    !check { printf "%10d %10.1f %10.0f %10.2f %12.1f %10.0f %12.2f\n", $1, $2, $3, $4, 1e6 * $4 / $1, $5, $6 }
    $5 > most { printf "%d solutions took %d MB, more than %d\n", $1, $5, most; failed = 1 }
    NR == 1 { first = $4 / $1 }
    NR > 1 && !check && $4 / $1 > 1.5 * first { print "time grew faster than the solutions"; failed = 1 }
    { held = $5; count = $1; each = $4 / $1 }
    END {
        if (!check) {
            printf "large\tMB of all processes at %d / %d\t%.4f\tat most\t1\n", count, most, held / most >>ratios
            printf "large\tseconds a solution, at %d / at the fewest\t%.4f\tat most\t1.1\n", count, each / first >>ratios
        }
        exit failed
    }' "$work/figures"
[ -z "$check" ] || echo "ranked as plain C does, in bounded memory"
