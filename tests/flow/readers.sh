#!/bin/sh
# Who only reads waits for nobody: while another process is in the midst of a change, every reading command answers from what is
# known, also when the plugins on disk have changed and the store hasn't heard of it. Nobody lets go before all have answered.
. "$(dirname "$0")/lib.sh"
trap 'stop_writer; rm -rf "$flow"' EXIT

seen=
# reads ARGUMENTS…: it must answer, and not after it waited.
reads() {
  run "$@"
  seen="$seen $1"
  [ "$code" -eq 0 ] || fail "expected an answer while another process writes"
  ! grep -q 'is being written' "$err" || fail "expected it not to try and wait"
}

# reads_with CODE ARGUMENTS…: the same of one that has something else to say.
reads_with() {
  expected=$1
  shift
  run "$@"
  seen="$seen $1"
  [ "$code" -eq "$expected" ] || fail "expected exit code $expected"
  ! grep -q 'is being written' "$err" || fail "expected it not to try and wait"
}

# plugin FIELDS MORE: klerk, with these fields of its kind post, and more.
plugin() {
  mkdir -p plugins/klerk
  cat >plugins/klerk/plugin.json <<'END'
{ "name": "klerk", "version": "1.0.0", "api": 1, "title": "klerk",
  "capabilities": { "match": true, "records": { "read": ["demand", "solution", "brief"], "write": ["brief"] } } }
END
  cat >plugins/klerk/test.lua <<'END'
local test = require "polder.test"
test.case("works", function() test.equal(1, 1) end)
END
  cat >plugins/klerk/init.lua <<END
local polder = require "polder"
local TITLE <const> = { name = "title", type = "text", title = { nl = "Titel", en = "Title" } }
local PAGES <const> = { name = "pages", type = "integer", title = { nl = "Bladen", en = "Pages" } }
polder.kind { name = "post", title = { nl = "Post", en = "Mail" }, fields = { $1 } }
$2
END
}

ok init --demo .
demand=demand/dijk-en-kust-bewaken solution=solution/dijkvoeler
plugin TITLE ""
ok put post/een title=Een
ok match --scorecard zeeland --demand "$demand"
ok match --scorecard zeeland --demand "$demand"
match=$(sed -n 's/^run: //p' "$out")
ok report overview
report=$("$POLDER" events --type run.finished --json | grep -o 'run/[0-9a-z-]*' | tail -1)
printf 'demand\tsolution\trelevance\n' >answers.tsv
"$POLDER" query demand --limit 5 --format csv 2>"$err" | sed -n 's/^\(demand[^,]*\),.*/\1/p' | while read -r id; do
  printf '%s\t%s\t2\n' "$id" "$solution"
done >>answers.tsv

holds
plugin "TITLE, PAGES" '
polder.kind { name = "brief", title = { nl = "Brief", en = "Letter" }, fields = { TITLE } }
polder.on { name = "note", event = "record.created", kind = "demand", handler = function() end }
polder.on { name = "ran", event = "run.finished", handler = function() end }
polder.check { name = "never", kind = "brief", check = function() return false, "nooit" end }
polder.command {
  name = "count", title = { nl = "Tel", en = "Count" },
  run = function() return { lines = { tostring(#polder.query { kind = "demand" }) } } end,
}
polder.command {
  name = "rank", title = { nl = "Rang", en = "Rank" },
  run = function()
    local made = polder.match { scorecard = "zeeland/zeeland", demands = { "demand/dijk-en-kust-bewaken" } }
    return { lines = { made.run or "geen berekening", #made.demands[1].ranked .. " gevonden" } }
  end,
}
polder.report {
  name = "letters", title = { nl = "Brieven", en = "Letters" },
  write = function(report) report:text(#polder.query { kind = "brief" } .. " brieven") end,
}'

# What plugins say is known, and none of it is saved.
reads registry
reads registry kind
says brief
reads plugin list
reads plugin info klerk
reads plugin check klerk
reads plugin test klerk
reads doctor
reads help klerk
reads help
reads version
reads completion bash
reads_with 2 klrek

# Records, by the kinds as stored; of one that is new there are none.
reads get "$demand"
reads get "$demand" --claims
reads get "$demand" --history
reads get "$demand" --as-of 400
reads get post/een
says Een
reads query demand --limit 1
reads query post
says Een
reads query brief
reads query --sql 'select count(*) from post'
reads_with 2 query --sql 'select * from brief'
tells 'the kind brief is new: ask again when the process that writes to the store now has finished'
reads search dijk
reads search dijk --kind brief
reads_with 4 search dijk --kind breif
reads conflicts
reads export post
says post/een
reads export brief
reads export theme --as-of 300
reads events --limit 1
reads events waiting
reads events parked
reads audit verify
reads audit export

# Rankings and reports.
reads match --scorecard zeeland --demand "$demand" --no-keep
reads match --scorecard zeeland --demand "$demand" --no-keep --stability
reads match --scorecard zeeland --demand "$demand" --no-keep --against "$match"
reads match --since "$match" --no-keep
reads explain --scorecard zeeland "$demand" "$solution"
reads explain --scorecard zeeland "$demand" "$solution" --what-if
reads explain "$match" "$demand" "$solution"
reads compare "$match" "$match"
reads compare --scorecards zeeland,limburg --demand "$demand"
reads replay "$match"
reads eval --scorecard zeeland --qrels answers.tsv
reads tune --scorecard zeeland --qrels answers.tsv
reads report
reads report "$report"
reads report overview --no-keep
reads report haven --no-keep
reads report letters --no-keep
says '0 brieven'

# Commands of plugins that change nothing.
reads klerk
reads klerk --help
reads klerk count
reads klerk rank --dry-run
reads network list
seen=" $seen "

# Who wants a run kept is given the answer, and told that there is none: also where a plugin asked for it.
fails_with 7 report haven
tells 'the answer stands, but no run of it is kept: the store is being written by'
says '# '
fails_with 7 klerk rank
tells 'the answer stands, but no run of it is kept: the store is being written by'
says 'geen berekening'
says ' gevonden'

# Who changes something waits, and is told for whom; with what rests on such a run nothing is changed.
fails_with 7 put brief/een title=Een
tells "the store is being written by process $writer ("
lets_go

# The next command that changes something saves what plugins declare, and is held against it.
fails_with 5 put brief/een title=Een
tells nooit
ok put post/twee pages=3
fails_with 3 put post/drie pages=veel
ok query --sql 'select count(*) as n from brief'
ok events --type kinds.changed
says kinds.changed
ok klerk rank
says run/
ok audit verify

# All commands that only read were among them.
for command in $(cd "$flow" && "$POLDER" help | sed -n '/^usage/,/^`polder help/s/^  \([a-z]*\) .*/\1/p'); do
  case " init import put delete forget settle withdraw serve $seen" in
    *" $command "*) ;;
    *) fail "$command: does it wait for who writes?" ;;
  esac
done
