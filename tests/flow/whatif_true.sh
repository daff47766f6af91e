#!/bin/sh
# What would gain a rank does gain it: each change that is told is made, and the rank asked. SEED=N takes other pairs than the suite's.
# Texts are left out: a word more also changes how rare words are, which the change is told without.
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")" 2>/dev/null && pwd) || here=
[ -n "$here" ] || fail "expected to find the program that asks, by the whole path of this file"
command -v lua5.4 >/dev/null || { echo "skipped: no lua5.4"; exit 77; }
seed=${SEED:-1}

ok init . --demo
asked="explain --what-if, and what comes of it, with SEED=$seed"
POLDER=$POLDER lua5.4 "$here/whatif_true.lua" "$here/../../scripts" "$seed" 6 >"$out" 2>"$err" ||
  fail "expected each change to give the rank that was told"
cat "$out"
