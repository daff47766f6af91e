#!/usr/bin/env bash
# Makes a store with a long log in a temporary folder and prints what reading the past costs against
# reading the present. Usage: run.sh PROGRAM [EVENTS [RECORDS [ROUNDS]]]; PROGRAM is bench_asof of a build.
set -euo pipefail
program=${1:?usage: run.sh PROGRAM [EVENTS [RECORDS [ROUNDS]]]}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
"$program" "$work/asof.db" "${2:-1000000}" "${3:-100000}" "${4:-3}"
