-- The law (law.lua) asked of every change: by a command, by `polder put`, by an import, by a program. Basis: law.lua.
local polder = require "polder"
local data = require "commands.data"
local law = require "law"
local ranking = require "ranking"

local function check(kind, nl, en, problem)
  polder.check {
    name = "lawful-" .. kind, kind = kind, title = { nl = nl, en = en },
    check = function(change, ctx)
      if law.same(change.before, change.after) then return true end
      local reason, in_english = problem(change, ctx, change.after or change.before)
      return reason == nil, reason and ctx.say(reason, in_english)
    end,
  }
end

local function get(id)
  return id and polder.get(id) or nil
end

check("criterion", "Gepubliceerde gewichten liggen vast", "Published weights stay", function(change, ctx, record)
  local before = change.before
  return law.criterion(change, get(before and before.call), get(record.call), ctx.now)
end)

check("call", "Een gepubliceerde oproep ligt vast", "A published call stays", function(change, ctx)
  local unsealed = 0
  for _, submission in ipairs(data.query("submission", "call", change.id)) do
    if not submission.seal then unsealed = unsealed + 1 end
  end
  return law.call(change, ctx.now, { criteria = data.query("criterion", "call", change.id), unsealed = unsealed })
end)

check("submission", "Op tijd, en daarna onveranderd", "In time, and unchanged after", function(change, ctx, record)
  return law.submission(change, get(record.call), ctx.now, polder.digest)
end)

local function decided(call)
  for _, decision in ipairs(data.query("decision", "call", call)) do
    if decision.status == "taken" then return true end
  end
end

check("assessment", "Door wie mag, na de sluiting, met reden", "By who may, after closing, with reasons",
  function(change, ctx, record)
    local before = change.before or record -- of what it was: it can't be moved out of a call that was decided
    local submission, assessor = get(before.submission), get(record.assessor)
    local call = submission and get(submission.call)
    return law.assessment(change, {
      submission = submission, call = call, criterion = get(record.criterion),
      interests = data.query("interest", "person", record.assessor), organisation = assessor and assessor.organisation,
      others = data.query("assessment", "submission", record.submission), closed = call and law.closed(call, ctx.now),
      decided = call and decided(call.id),
    })
  end)

-- When all that it chooses among is there: is its ranking the one that the assessments make?
local function is_ranked(decision, settings)
  local d = decision.call and data.read(decision.call)
  if not d or #d.submissions == 0 then return true end
  return law.same(ranking.lines(ranking.make(d, settings)), decision.ranking)
end

check("decision", "Een besluit rust op een rangorde en een berekening, en ligt vast",
  "A decision rests on a ranking and a run, and stays", function(change, ctx, record)
    local submissions, all = {}, true
    for _, field in ipairs { "awarded", "rejected" } do
      for _, id in ipairs(record[field] or {}) do
        local submission = polder.get(id)
        if submission then submissions[id] = submission.call == record.call else all = false end
      end
    end
    local nl, en = law.decision(change, {
      submissions = submissions, run = record.run and polder.run(record.run), call = get(record.call),
    })
    if nl or not all or change.before or not record.ranking then return nl, en end
    if not is_ranked(record, ctx.settings) then
      return "de rangorde is niet die van de beoordelingen", "the ranking is not the one that the assessments make"
    end
  end)
