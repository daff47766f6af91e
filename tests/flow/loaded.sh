#!/bin/sh
# What plugins contribute is known from when they were last loaded, until something of it changes; what a plugin says while it is
# loaded is said each time, and one that fails is tried each time.
. "$(dirname "$0")/lib.sh"

ok init .
rule() {
  printf 'local polder = require "polder"\n%s\npolder.rule { name = "%s", on = "solution", max = 1, needs = { solution = { "trl" } }, score = function() return 1 end }\n' \
    "$2" "$1" >plugins/own/init.lua
}
rules() { ok registry rule --json; }
mkdir plugins/own
printf '%s\n' '{"name":"own","version":"1.0.0","api":1}' >plugins/own/plugin.json
rule first ''
rm -rf .cache
rules
cp "$out" "$flow/loaded"
[ "$(find .cache -type f | wc -l)" -eq 1 ] || fail "expected what was loaded to be kept"
rules
cmp -s "$out" "$flow/loaded" || fail "expected the same contributions without loading"
says '"name":"first"'
for file in .cache/*; do printf 'x' | dd of="$file" bs=1 seek=200 conv=notrunc 2>/dev/null; done
rules
cmp -s "$out" "$flow/loaded" || fail "expected what is damaged to be loaded again"

rule second 'polder.log("hello from own")'
for _ in 1 2; do
  ok registry rule
  says "own/second"
  tells "hello from own"
done
rule third 'error("not today")'
for _ in 1 2; do
  "$POLDER" plugin list --json >"$out" 2>"$err" || true
  says "not today"
done
