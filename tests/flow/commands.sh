#!/bin/sh
# Commands that plugins make: found by the plugin's name, told by help, run in a worker, kept whole or not at all.
. "$(dirname "$0")/lib.sh"

ok init . --demo
mkdir -p plugins/gids
cat >plugins/gids/plugin.json <<'EOT'
{ "name": "gids", "version": "1.0.0", "api": 1, "title": { "nl": "Gids", "en": "Guide" },
  "capabilities": { "records": { "read": ["demand"], "write": ["task"] }, "emit": ["gids.*"], "match": true, "call_ms": 2000 } }
EOT
cat >plugins/gids/init.lua <<'EOT'
local polder = require "polder"
polder.command {
  name = "remind", title = { nl = "Herinner aan vragen", en = "Reminds of demands" },
  help = "Makes a task for each demand.", example = "polder gids remind top=2",
  args = {
    { name = "top", type = "integer", default = 3, minimum = 1, maximum = 9, title = "How many" },
    { name = "order", type = "choice", choices = { "title", "deadline" }, default = "title" },
  },
  run = function(args, ctx)
    local rows = {}
    for i, demand in ipairs(polder.query { kind = "demand", order = args.order, limit = args.top }) do
      ctx.progress(i, args.top)
      polder.put("task/" .. demand.id:match("/(.+)"), { title = demand.title, made = ctx.today })
      rows[i] = { nr = i, title = demand.title }
    end
    ctx.print(ctx.lang == "nl" and "Vragen op" or "Demands on", ctx.today .. ":\27[31m")
    return {
      columns = { { name = "nr", right = true }, { name = "title", title = { nl = "Titel", en = "Title" } } }, rows = rows,
      files = { ["taken.txt"] = "een\n" },
    }
  end,
}
polder.command {
  name = "best",
  run = function(_, ctx)
    local match = polder.match { scorecard = "zeeland", demands = { "demand/dijk-en-kust-bewaken" }, top = 1 }
    ctx.print(match.run)
    return { best = match.demands[1].ranked[1].solution }
  end,
}
polder.command { name = "endless", run = function() while true do pcall(function() while true do end end) end end }
polder.command { name = "outside", run = function() polder.put("demand/mine", { title = "Mijn" }) end }
polder.command {
  name = "escape",
  run = function()
    polder.put("task/escape", { title = "x" })
    return { files = { ["../escape.txt"] = "x" } }
  end,
}
polder.command {
  name = "refuse",
  run = function()
    polder.put("task/refuse", { title = "x" })
    return nil, "de inschrijving is nog gesloten", "not_allowed"
  end,
}
polder.command { -- each solution stands there once, with the demand that it fits best
  name = "fits",
  run = function(_, ctx)
    local match = polder.match { scorecard = "zeeland", top = 3, keep = false, by = "solution" }
    local at = {}
    for _, one in ipairs(match.demands) do
      for _, ranked in ipairs(one.ranked) do
        at[one.demand .. ranked.solution] = ranked.score
        if match.solutions[ranked.solution].score < ranked.score then error(ranked.solution) end
      end
    end
    local count = 0
    for id, fit in pairs(match.solutions) do
      count = count + (at[fit.demand .. id] == fit.score and 1 or 0)
      ctx.print(ctx.say("rang", "rank") .. " " .. fit.rank)
    end
    return { count = count }
  end,
}
EOT
ok plugin check gids

# How people find it.
ok help
says "gids"
ok gids
says "Reminds of demands"
ok gids --help
says "remind"
ok gids remind --help
says "usage: polder gids remind [top=…] [order=…] [OPTIONS]"
says "How many, from 1, at most 9 (3)"
says "Makes a task for each demand."
says "polder gids remind top=2"
fits
cp "$out" "$flow/help"
ok help gids remind
cmp -s "$out" "$flow/help" || fail "expected --help to be what help says"
LC_ALL=nl_NL.UTF-8 ok gids
says "Herinner aan vragen"
fails_with 2 gid
tells 'did you mean "gids"?'
fails_with 4 gids remnd
tells 'did you mean "remind"?'
fails_with 2 gids remind tpo=3
tells 'did you mean "top"?'
fails_with 2 gids remind ten
tells "usage: polder gids remind [top=…] [order=…]"
fails_with 2 zeeland
tells "the plugin zeeland has no commands"
ok completion words
says "gids"
ok completion words gids
says "remind"
ok gids fits --json
count=$(sed 's/.*"count":\([0-9]*\).*/\1/' "$out")
[ "$count" -gt 3 ] || fail "expected solutions with the demand that they fit best"
[ "$(grep -o 'rank [1-3]' "$out" | wc -l)" -eq "$count" ] || fail "expected each of them to be right"
ok completion words gids remind
says "order=deadline"

# A try, and the real thing: one transaction, one event that all changes name as their cause.
ok gids remind 2 --dry-run --today 2026-03-01
says "Demands on 2026-03-01:\\x1b[31m"
says "not kept: 2 changes of records, 0 events"
says "1 file: -o DIR writes it"
LC_ALL=nl_NL.UTF-8 ok gids remind 2 --dry-run --today 2026-03-01
says "Vragen op 2026-03-01"
ok gids remind 2 --dry-run --today 2026-03-01 --lang nl
says "Vragen op 2026-03-01"
says "Titel"
LC_ALL=nl_NL.UTF-8 ok gids remind 2 --dry-run --today 2026-03-01 --lang en
says "Demands on 2026-03-01"
says_not "Titel"
fails_with 2 gids remind 2 --lang de
fails_with 4 query task
ok gids remind top=2 order=title -o made/deep
says "nr  Title"
says "kept: 2 changes of records, 0 events"
[ "$(cat made/deep/taken.txt)" = een ] || fail "expected the file in the folder"
ok events --type command.ran --json
says '"subject":"gids/remind","data":{"args":{"top":2,"order":"title"}'
seq=$(sed 's/.*"seq":\([0-9]*\).*/\1/' "$out")
ok events --since "$seq" --json
[ "$(grep -o "\"cause\":$seq" "$out" | wc -l)" -eq 2 ] || fail "expected two changes with the command as their cause"
ok gids remind 1 --json
says '"command":"gids/remind","kept":true,"event":'
says '"files":["taken.txt"]'

# It may rank, where its plugin.json asks for it.
ok gids best --json
says '"best":"solution/'
run_id=$(sed 's/.*\(run\/[0-9a-z-]*\).*/\1/' "$out")
ok explain "$run_id" demand/dijk-en-kust-bewaken "$(sed 's/.*"best":"\([^"]*\)".*/\1/' "$out")"

# What is not allowed, hangs, fails or refuses keeps nothing, and says where.
ok events --json
cp "$out" "$flow/before"
fails_with 6 gids endless
tells "gids/endless: used more than 2000 ms"
tells "gids/init.lua:31"
fails_with 3 gids outside
tells "gids may not write records of kind demand"
fails_with 5 gids escape -o made
tells 'returns a file "../escape.txt"'
[ ! -e escape.txt ] || fail "expected no file outside the folder"
fails_with 5 gids refuse
tells "gids/refuse: de inschrijving is nog gesloten"
: >made/file
fails_with 3 gids remind -o made/file/deep
ok events --json
cmp -s "$out" "$flow/before" || fail "expected no event of commands that failed"
ok audit verify
