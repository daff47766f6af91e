-- The law (law.lua) asked of every change: by a command, by `polder put`, by an import, by a program. Basis: law.lua.
local polder = require "polder"
local law = require "law"

local function query(kind, field, id)
  return polder.query { kind = kind, where = ("%s == '%s'"):format(field, id), limit = 10000 }
end

local function check(kind, nl, en, problem)
  polder.check {
    name = "lawful-" .. kind, kind = kind, title = { nl = nl, en = en },
    check = function(change, ctx)
      local reason = not law.same(change.before, change.after) and problem(change, ctx, change.after or change.before)
      return not reason, reason or nil
    end,
  }
end

local function get(id)
  return id and polder.get(id) or nil
end

check("criterion", "Gepubliceerde gewichten liggen vast", "Published weights stay", function(change, ctx, record)
  local before = change.before
  local call = get(before and before.call or record.call)
  local others = change.before and {} or query("criterion", "call", record.call)
  return law.criterion(change, call, others, ctx.now)
end)

check("call", "Een gepubliceerde oproep ligt vast", "A published call stays", function(change, ctx)
  return law.call(change, ctx.now, not change.after and #query("submission", "call", change.id) > 0)
end)

check("submission", "Op tijd, en daarna onveranderd", "In time, and unchanged after", function(change, ctx, record)
  return law.submission(change, get(record.call), ctx.now)
end)

local function decided(call)
  for _, decision in ipairs(query("decision", "call", call)) do
    if decision.status == "taken" then return true end
  end
end

check("assessment", "Door wie mag, na de sluiting, met reden", "By who may, after closing, with reasons",
  function(change, _, record)
    local submission = get(record.submission)
    local call = submission and get(submission.call)
    return law.assessment(change, {
      submission = submission, call = call, criterion = get(record.criterion),
      interests = query("interest", "person", record.assessor), decided = call and decided(call.id),
    })
  end)

check("decision", "Een genomen besluit ligt vast", "A decision that was taken stays", function(change, _, record)
  local submissions = {}
  for _, field in ipairs { "awarded", "rejected" } do
    for _, id in ipairs(record[field] or {}) do
      local submission = polder.get(id)
      if submission then submissions[id] = submission.call == record.call end
    end
  end
  return law.decision(change, submissions)
end)
