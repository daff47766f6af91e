#!/bin/sh
# match --plan: what each rule took, beside a result that is the same without it.
. "$(dirname "$0")/lib.sh"

ok init region --demo
cd region || exit 1
ok match --scorecard zeeland --top 2 --today 2026-11-24 --no-keep --json
cp "$out" "$flow/without"
ok match --scorecard zeeland --top 2 --today 2026-11-24 --no-keep --json --plan
for key in plan step work on by asked excluded pruned ms phases plugins kept records match document; do
  says "\"$key\":"
done
sed 's/,"plan":\[[^]]*\],"phases":{[^}]*}//' "$out" | cmp -s - "$flow/without" || fail "the plan changed the result"

COLUMNS=100 ok match --scorecard zeeland --top 1 --today 2026-11-24 --no-keep --plan
says "partnership/min-trl"
says "gate on pair, measure"
says "solution, Lua"
says " ms, records "
ok match --scorecard zeeland --top 1 --today 2026-11-24 --no-keep --plan # where names make room for long times
fits

# The stored run holds no times: they differ from run to run.
ok match --scorecard zeeland --top 1 --today 2026-11-24 --plan --json
id=$(sed 's/.*"run":"\([^"]*\)".*/\1/' "$out")
ok replay "$id"
