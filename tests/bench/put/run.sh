#!/usr/bin/env bash
# Keeps and reads the same records with Polder's store and with SQLite alone, in a temporary folder ($TMPDIR says on which disk), and
# prints records a second and ratios. Usage: run.sh [--check] PROGRAM [SINGLES [ROWS [GETS [ROUNDS]]]]; PROGRAM is bench_put of a build.
# --check: only whether both gave back the same.
set -euo pipefail
check=
if [ "${1:-}" = --check ]; then check=1; shift; fi
program=${1:?usage: run.sh [--check] PROGRAM [SINGLES [ROWS [GETS [ROUNDS]]]]}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
figures=$("$program" "$work" "${2:-2000}" "${3:-20000}" "${4:-20000}" "${5:-5}")
if [ "$check" ]; then
    echo "both gave back the same"
    exit
fi
printf '%s\n' "$figures"
# How much slower than SQLite alone, which does less; no limit is set.
printf '%s\n' "$figures" |
    awk 'NR > 1 { what = substr($0, 1, 26); sub(/ +$/, "", what); printf "put\t%s / plain SQLite\t%s\t-\t-\n", what, $NF }' >>"${BENCH_RATIOS:-/dev/null}"
