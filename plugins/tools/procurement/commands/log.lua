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

-- Does an event about its call concern this submission?
local function concerns(event, submission)
  return (event.data.submission or submission.id) == submission.id
end

-- About the submission and its assessments all there is, and of its call and of the decisions what concerns it: oldest
-- first. A record that a step changed is that step; one that was put, imported or deleted is a step of its own.
function log.read(d, submission)
  local ids = { submission.id, submission.call }
  for _, event in ipairs(polder.events { about = submission.id, type = "procurement.*" }) do
    ids[#ids + 1] = event.data.assessment
  end
  for _, a in ipairs(d.assessments) do
    if a.submission == submission.id then ids[#ids + 1] = a.id end
  end
  for _, decision in ipairs(d.decisions) do ids[#ids + 1] = decision.id end
  local events, told, list = {}, {}, {}
  for _, event in ipairs(polder.events { about = ids }) do
    local step = not is_record(event)
    local of_another = event.subject == submission.call and not (step and concerns(event, submission))
    if not of_another then events[#events + 1] = event end
    if not of_another and step and event.data.cause then told[event.data.cause] = true end
  end
  for _, event in ipairs(events) do
    if not is_record(event) or not told[event.data.cause or 0] then list[#list + 1] = event end
  end
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
