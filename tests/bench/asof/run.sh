#!/usr/bin/env bash
# Makes a store with a long log in a temporary folder and prints what reading the past costs against
# reading the present. Usage: run.sh PROGRAM [EVENTS [RECORDS [ROUNDS]]]; PROGRAM is bench_asof of a build.
set -euo pipefail
program=${1:?usage: run.sh PROGRAM [EVENTS [RECORDS [ROUNDS]]]}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
"$program" "$work/asof.db" "${2:-1000000}" "${3:-100000}" "${4:-3}" | tee "$work/figures"
# "what: 1.2 us, ratio 1.9": of the past to the present; no limit is set.
sed -n 's/^\(.*\): .* ratio \([0-9.]*\)$/asof\t\1 \/ now\t\2\t-\t-/p' "$work/figures" >>"${BENCH_RATIOS:-/dev/null}"
