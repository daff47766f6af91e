#!/bin/sh
# outlive.sh: no worker outlives its host, also when that is killed outright: while a rule runs for ever in Lua, or inside C, while plugins
# are loaded, and at any moment between. $POLDER is the program.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${POLDER:?the program to test}"
work=$(mktemp -d)
host=
trap '[ -z "$host" ] || kill -9 "$host" 2>/dev/null || true; rm -rf "$work"' EXIT
unset POLDER_HOME LC_ALL LC_MESSAGES LANG
TRIES=400 # looks, a twentieth of a second apart

# Workers have their host's process id as the argument.
workers_of() {
    for line in /proc/[0-9]*/cmdline; do
        [ "$({ tr '\0' ' ' <"$line"; } 2>/dev/null)" = "polder-worker $1 " ] && echo "$line"
    done
    true
}

none_left() {
    tries=0
    while [ -n "$(workers_of "$1")" ]; do
        tries=$((tries + 1))
        if [ $tries -gt $TRIES ]; then
            echo "not ok: $2: left over: $(workers_of "$1")"
            exit 1
        fi
        sleep 0.05
    done
}

start() {
    : >"$work/log" # what the last one said is not this one's
    "$POLDER" --home "$work/home" match --no-keep --scorecard "$1" >/dev/null 2>"$work/log" &
    host=$!
}

end() {
    kill -9 "$host" 2>/dev/null || true
    wait "$host" 2>/dev/null || true
    none_left "$host" "$1"
    host=
}

# plugin NAME CODE: a rule that says it is there and then runs CODE
plugin() {
    mkdir -p "$work/home/plugins/$1"
    echo "{ \"name\": \"$1\", \"version\": \"1.0.0\", \"api\": 1, \"capabilities\": { \"call_ms\": 600000 } }" \
        >"$work/home/plugins/$1/plugin.json"
    cat >"$work/home/plugins/$1/init.lua" <<LUA
local polder = require "polder"
polder.rule {
  name = "endless", on = "pair", max = 10,
  score = function()
    polder.log("endless now")
    $2
  end,
}
polder.scorecard { name = "endless", rules = { endless = 1 } }
LUA
}

"$POLDER" init --demo "$work/home" >/dev/null
plugin in-lua 'while true do end'
plugin in-c 'return #string.rep("", 1 << 62)'

for name in in-lua in-c; do
    start $name/endless
    tries=0
    until grep -qs "endless now" "$work/log"; do
        tries=$((tries + 1))
        [ $tries -le $TRIES ] || { echo "not ok: the rule of $name was never asked: $(cat "$work/log" 2>&1)"; exit 1; }
        sleep 0.05
    done
    [ -n "$(workers_of "$host")" ] || { echo "not ok: $name: no worker was there to begin with"; exit 1; }
    end $name
done

# From before the first worker to the last: the moments are whenever the machine gets there.
for moment in 0 0 0.002 0.004 0.006 0.008 0.01 0.012 0.014 0.016 0.018 0.02 0.025 0.03 0.04; do
    start in-lua/endless
    sleep $moment
    end "after $moment s"
done
echo "outlive: ok"
