-- Every step of one submission as the log has them: which event, when, by whom. Basis: the chained log, whose events
-- nobody can change. The report of partnership (reports/steps.lua) reads the same: plugins share no Lua.
local polder = require "polder"

local log = {}

-- What people read for the types of events that a procedure leaves; others are shown by their own name.
local TITLES <const> = {
  ["record.created"] = { "opgenomen", "entered" },
  ["record.changed"] = { "gewijzigd", "changed" },
  ["record.deleted"] = { "gewist", "deleted" },
  ["procurement.opened"] = { "oproep gepubliceerd", "call published" },
  ["procurement.submitted"] = { "verzegeld ontvangen", "received, sealed" },
  ["procurement.unsealed"] = { "zegel geopend", "seal opened" },
  ["procurement.declared"] = { "belang gemeld", "interest declared" },
  ["procurement.assessed"] = { "beoordeeld", "assessed" },
  ["procurement.decided"] = { "besloten", "decided" },
}

local function is_record(event)
  return event.type:sub(1, 7) == "record."
end

-- About the submission and its assessments all there is, and of its call and of the decisions what concerns it: oldest
-- first. A record that a step changed is that step; one that was put, imported or deleted is a step of its own.
function log.read(d, submission)
  local found, told, list, seen = {}, {}, {}, {}
  local function add(id, fits)
    if seen[id] then return end
    seen[id] = true
    for _, event in ipairs(polder.events { about = id, limit = 10000 }) do
      if not fits or fits(event) then found[#found + 1] = event end
    end
  end
  add(submission.id)
  for n = 1, #found do
    if found[n].data.assessment then add(found[n].data.assessment) end
  end
  for _, a in ipairs(d.assessments) do
    if a.submission == submission.id then add(a.id) end
  end
  add(submission.call, function(event)
    return not is_record(event) and (event.data.submission or submission.id) == submission.id
  end)
  for _, decision in ipairs(d.decisions) do add(decision.id) end
  for _, event in ipairs(found) do
    if not is_record(event) and event.data.cause then told[event.data.cause] = true end
  end
  for _, event in ipairs(found) do
    if not is_record(event) or not told[event.data.cause or 0] then list[#list + 1] = event end
  end
  table.sort(list, function(a, b) return a.seq < b.seq end)
  return list
end

-- { what, of, points } of an event
function log.step(event, t)
  local title, d = TITLES[event.type], event.data
  return {
    what = title and t(title[1], title[2]) or event.type,
    of = d.assessment or d.submission or d.decision or d.interest or event.subject,
    points = d.points or d.fields and d.fields.points,
  }
end

return log
