#!/usr/bin/env bash
# Runs every benchmark, one after the other, and ends with one table: each ratio with its limit, whether it is met, and the machine;
# README.md says how to read what is printed. Ends with 1 when a limit is not met, or when two that should agree don't.
# Usage: run.sh [--quick] [POLDER [OTHER]]
#   POLDER     the program to measure (../../build/bin/polder); bench_asof and bench_put are looked for beside it
#   OTHER      one built by another compiler: it repeats the runs that POLDER made
#   --quick    smaller sizes, fewer rounds: some minutes in place of three quarters of an hour; ratios are not those of the full sizes
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
quick=
if [ "${1:-}" = --quick ]; then quick=yes; shift; fi
polder=${1:-$here/../../build/bin/polder}
[ -x "$polder" ] || { echo "run.sh: there is no program $polder; build it first (./bootstrap build) or name it" >&2; exit 2; }
polder=$(readlink -f -- "$polder")
beside=$(dirname -- "$polder")
other=${2:-$polder}
[ -x "$other" ] || { echo "run.sh: there is no program $other" >&2; exit 2; }

BENCH_RATIOS=$(mktemp)
export BENCH_RATIOS
trap 'rm -f -- "$BENCH_RATIOS"' EXIT
failed=0

# bench NAME COMMAND…: one that fails is told, and the others go on.
bench() {
    echo "## $1"
    shift
    "$@" || { echo "run.sh: failed: $*" >&2; failed=1; }
    echo
}
# sized FULL QUICK: the one that is asked for.
sized() { if [ -n "$quick" ]; then echo "$2"; else echo "$1"; fi; }
# built NAME COMMAND…: where the build has no such program, that is said.
built() {
    if [ -x "$beside/$1" ]; then "${@:2}"; else echo "$1 is not built beside $polder: left out"; fi
}

bench match bash "$here/match/run.sh" --rounds "$(sized 7 5)" --polder "$polder"
bench nearby bash "$here/match/run.sh" --nearby --rounds "$(sized 7 5)" --polder "$polder"
bench "changed: measures" bash "$here/changed/run.sh" --rounds 5 --polder "$polder"
bench "changed: rules in Lua" bash "$here/changed/run.sh" --rounds 5 --card bench/bench --polder "$polder"
bench rules bash "$here/rules/run.sh" --rounds "$(sized 12 6)" --polder "$polder"
bench "what-if and stability" bash "$here/further/run.sh" --rounds 5 --polder "$polder"
bench large bash "$here/large/run.sh" --solutions "$(sized 62500,250000,1000000 20000,80000)" --polder "$polder"
# shellcheck disable=SC2046 # numbers
bench asof built bench_asof bash "$here/asof/run.sh" "$beside/bench_asof" $(sized "1000000 100000 5" "100000 10000 5")
# shellcheck disable=SC2046
bench put built bench_put bash "$here/put/run.sh" "$beside/bench_put" $(sized "2000 20000 20000 5" "500 5000 5000 5")
# shellcheck disable=SC2046
bench replay bash "$here/replay/run.sh" "$polder" $(sized "100 1000" "20 200") 1 "$other"
bench found bash "$here/found/run.sh" "$polder"

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
echo "## all${quick:+, at the quick sizes}"
echo "$("$polder" version | head -n 1), $(nproc) processors (${model:-?}, $(uname -m)), $(uname -sr), load $(cut -d ' ' -f 1-3 /proc/loadavg), $(date -u +%F)"
lua5.4 "$here/summary.lua" <"$BENCH_RATIOS" || failed=1
exit "$failed"
