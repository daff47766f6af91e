#!/bin/sh
# The table of all benchmarks: a limit is met or not, at the limit too, and one that isn't is the exit code; a goal is told.
set -u
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
code=0
printf 'match\tmeasures / plain C\t3.0000\tat most\t3\t1.5\nmatch\t2 workers\t1.789\tat least\t1.8\nmatch\tpairs\t19\tat most\t40\t20\nput\tget\t29\t-\t-\n' |
  lua5.4 tests/bench/summary.lua >"$work/out" || code=$?
[ "$code" -eq 1 ] || { echo "expected exit code 1, got $code"; exit 1; }
for line in 'measures / plain C .* 3  at most 3  *1\.5  *yes$' '2 workers .* 1\.79  at least 1\.8  *-  *NO$' 'pairs .* 19  at most 40  *20  *goal$' \
  'get .* 29  -  *-  *-$' '^1 of the limits is not met$'; do
  grep -q -- "$line" "$work/out" || { echo "expected a line like $line:"; cat "$work/out"; exit 1; }
done
printf 'match\ta\t0.9\tat most\t1\n' | lua5.4 tests/bench/summary.lua >"$work/out" || { echo "expected exit code 0"; exit 1; }
printf 'match\ta\tb\tat most\t1\n' | lua5.4 tests/bench/summary.lua >"$work/out" 2>&1 && { echo "expected a ratio that is none to be refused"; exit 1; }
exit 0
