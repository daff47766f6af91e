#!/bin/sh
# Plugins that react: a check refuses, a handler acts, one that fails is tried again, parked, and tried when asked for.
. "$(dirname "$0")/lib.sh"

plugin() {
  mkdir -p "plugins/$1"
  cat >"plugins/$1/plugin.json" <<EOT
{ "name": "$1", "version": "1.0.0", "api": 1, "title": "$1",
  "capabilities": { "records": { "read": ["demand"], "write": ["solution"] }, "emit": ["$1.*"], "call_ms": 2000 } }
EOT
  cat >"plugins/$1/init.lua"
}

ok init .
echo 'return {' >polder.lua
ok put demand/before title=Before # data can be kept where plugins can't be loaded
tells "no plugin acts on this, for none can be loaded"
echo 'return {}' >polder.lua
plugin wacht <<'EOT'
local polder = require "polder"
polder.check {
  name = "no-test", kind = "demand",
  check = function(change)
    if change.after and change.after.title == "test" then return false, "een echte titel graag" end
    return true
  end,
}
polder.on {
  name = "answer", event = "record.*", kind = "demand",
  handler = function(event)
    local demand = polder.get(event.subject)
    if demand.title == "Boem" then error("dat kan niet") end
    polder.put("solution/for-" .. event.subject:match("/(.+)"), { title = "Voor " .. demand.title })
    polder.emit("wacht.answered", { title = demand.title }, event.subject)
  end,
}
EOT
ok plugin check wacht
ok registry handler
says "wacht/answer"
ok registry check
says "wacht/no-test"

fails_with 5 put demand/a title=test
tells "the check wacht/no-test refuses this: een echte titel graag"
tells "demand/a"
fails_with 4 get demand/a
ok put demand/a title=Dijk
quiet
prints "demand/a created, version 1"
ok get solution/for-a
says "Voor Dijk"
fails_with 4 get solution/for-before # a new handler doesn't get the past
ok events --type 'wacht.*' --json
says '"actor":"plugin:wacht"'
says '"cause":'

# Rows are checked one by one, and handled after.
printf '%s\n' '{"id":"r1","title":"Een"}' '{"id":"r2","title":"test"}' '{"id":"r3","title":"Drie"}' >rows.jsonl
fails_with 1 import rows.jsonl --kind demand
tells "rows.jsonl:2"
tells "een echte titel graag"
ok get solution/for-r3
fails_with 4 get demand/r2

# It can wait for the next command.
ok put demand/b title=Brug --no-handlers
fails_with 4 get solution/for-b
ok events waiting
says "wacht/answer"
says "due: "
ok events waiting --json
says '"handler":"wacht/answer","plugin":"wacht","file":"init.lua","line":9,"event":"record.*","kind":"demand"'
says '"waiting":1'
says '"state":"due"'
ok events run
prints "handlers ran 1 time"
ok get solution/for-b
ok events run --json
prints '{"runs":0,"waiting":[]}'
ok events waiting
prints "no handler has anything left to do"

# A failure is no failure of the change, but it is told, with its line.
ok put demand/c title=Boem
prints "demand/c created, version 1"
tells "handler wacht/answer failed at event"
tells "wacht/init.lua:13"
tells "dat kan niet"
tells "it is tried again after"
ok put demand/d title=Dam
ok get demand/d
fails_with 4 get solution/for-d # behind the one that waits
ok events waiting --json
says '"waiting":2'
ok events waiting
fits
says "wacht/init.lua:9"
LC_ALL=nl_NL.UTF-8 ok events waiting
fits
says "waarom"
ok events parked
says "nothing is parked"

# A loop is seen, and parked with what led to it.
plugin kring <<'EOT'
local polder = require "polder"
polder.on { name = "ping", event = "kring.ping", handler = function() polder.emit("kring.pong") end }
polder.on { name = "pong", event = "kring.pong", handler = function() polder.emit("kring.ping") end }
polder.on { name = "start", event = "record.*", kind = "demand", handler = function() polder.emit("kring.ping") end }
EOT
ok put demand/e title=Eb
tells "handlers wake each other in a loop, 13 in a row"
tells "it is parked"
tells "by kring/ping < "
tells "by kring/pong < "
tells " … (it is parked"
ok events parked
says "kring/p"
ok events parked --json
says " by kring/start < "
says " record.created demand/e by cli:"
says '"where":"kring/init.lua:'
nr=$(sed 's/.*"id":\([0-9]*\).*/\1/' "$out")
fails_with 1 events retry "$nr"
tells "in a loop"
fails_with 2 events retry
fails_with 2 events retry nine
fails_with 2 events parked 3
fails_with 4 events retry 999
tells "nothing is parked or waits under number 999"

# A check that can't be asked refuses.
echo 'error("stuk")' >plugins/wacht/init.lua
fails_with 5 put demand/f title=Fuik
tells "the check wacht/no-test can't be asked"
ok events waiting --json
says '"state":"failed","error":"'
says '"where":"wacht/init.lua:1"'
echo 'return {' >polder.lua
fails_with 3 put demand/f title=Fuik
tells "plugins check changes, and can't be loaded"
echo 'return { disabled = { "wacht", "kring" } }' >polder.lua
ok put demand/f title=Fuik
ok events waiting --json
says '"handler":"wacht/answer","plugin":"wacht","file":"init.lua","line":9,'
says '"waiting":4'
says '"state":"disabled","error":"disabled in polder.lua"'
says '"handler":"kring/start"'
ok events waiting
fits
says "plugin wacht is"
ok events run
says "still waiting: kring/start, 1 event since 2"
ok audit verify

# Two at once: nobody does the other's work again.
echo 'return {}' >polder.lua
rm -r plugins/kring
plugin wacht <<'EOT'
local polder = require "polder"
polder.on { name = "twice", event = "record.created", kind = "demand", handler = function(event)
  polder.emit("wacht.did", {}, event.subject) end }
EOT
ok put demand/start title=Start
i=0
while [ $i -lt 20 ]; do
  polder put "demand/x$i" title=X >/dev/null 2>>"$err" &
  polder put "demand/y$i" title=Y >/dev/null 2>>"$err" &
  wait
  i=$((i + 1))
done
quiet
ok events run
ok events --type wacht.did --format csv
lines 42
ok audit verify

# A field is taken away by polder.null, and the handler sees that at once.
plugin wis <<'EOT'
local polder = require "polder"
polder.on { name = "wipe", event = "record.created", kind = "demand", handler = function(event)
  polder.put(event.subject, { budget = polder.null })
  polder.emit("wis.left", { left = #polder.query { kind = "demand", where = "budget.amount > 0" } }, event.subject) end }
EOT
sed -i 's/"write": \["solution"\]/"write": ["demand"]/' plugins/wis/plugin.json
ok put demand/first title=Eerst
ok put demand/rich title=Rijk budget='EUR 9'
ok get demand/rich --json
says_not budget
ok events --type wis.left --format jsonl
says '"data":{"left":0,'

# A match keeps a run, which is an event too: who waits for it is woken by the match itself.
ok init --demo demo
cd demo || exit 1
plugin wacht <<'EOT'
local polder = require "polder"
polder.on { name = "ranked", event = "run.finished", handler = function(event)
  polder.emit("wacht.ranked", {}, event.subject) end }
EOT
ok match --scorecard zeeland --top 1 --no-handlers
ok events --type wacht.ranked --format csv
lines 1
ok match --scorecard zeeland --top 1
ok events --type wacht.ranked --format csv
lines 3
