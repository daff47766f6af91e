-- The seal of a submission, and every step of it as the log has them: which event, when, by whom. Basis: the chained
-- log, whose events nobody can change; SHA-256 (FIPS 180-4), computed again here.
local polder = require "polder"

local steps = {}

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
-- `polder procurement dossier` (tools/procurement/commands/log.lua) reads the same: plugins share no Lua.
function steps.read(submission, assessments, decisions)
  local ids = { submission.id, submission.call }
  for _, event in ipairs(polder.events { about = submission.id, type = "procurement.*" }) do
    ids[#ids + 1] = event.data.assessment
  end
  for _, a in ipairs(assessments) do ids[#ids + 1] = a.id end
  for _, decision in ipairs(decisions) do ids[#ids + 1] = decision.id end
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

local function at(list, type, subject)
  for n = #list, 1, -1 do
    if list[n].type == type and (not subject or list[n].subject == subject) then return list[n] end
  end
end

-- What happened, when: the record's own time, else that of the event; with the event's number.
local function moment(time, event, t)
  local when = time or event and event.time
  if not when then return { t("niet bekend", "not known") } end
  return {
    { type = "time", value = when }, event and t(" (gebeurtenis ", " (event ") .. ("%d)"):format(event.seq) or "",
  }
end

function steps.seal(report, t, submission, list)
  report:section(t("Het zegel", "The seal"))
  if not submission.seal then
    report:text(t("Deze inzending kwam zonder zegel binnen.", "This submission came in without a seal."))
    return
  end
  local open, verdict = submission.envelope ~= nil
  if not open then
    verdict = t("nog niet te zeggen: de envelop is niet geopend", "not to be told yet: the envelope was not opened")
  elseif polder.digest(submission.envelope) == submission.seal then
    verdict = t("ja: de SHA-256 van de envelop is het zegel", "yes: the SHA-256 of the envelope is the seal")
  else
    verdict = t("NEE: de envelop is een andere dan verzegeld werd", "NO: the envelope is not the one that was sealed")
  end
  report:table {
    caption = t("Zegel en envelop", "Seal and envelope"),
    columns = { { name = "what", title = t("Gegeven", "Fact") }, { name = "is", title = t("Waarde", "Value") } },
    rows = {
      { what = t("Zegel (SHA-256)", "Seal (SHA-256)"), is = submission.seal },
      {
        what = t("Verzegeld ontvangen", "Received, sealed"),
        is = moment(submission.submitted, at(list, "procurement.submitted")
          or at(list, "record.created", submission.id), t),
      },
      {
        what = t("Geopend", "Opened"),
        is = open and moment(submission.opened, at(list, "procurement.unsealed"), t) or t("nog niet", "not yet"),
      },
      { what = t("Past de envelop op het zegel?", "Does the envelope fit the seal?"), is = verdict },
      { what = t("Omvang in bytes", "Size in bytes"), is = submission.size and ("%d"):format(submission.size) },
    },
  }
end

function steps.table(report, t, list)
  report:section(t("Elke stap", "Every step"))
  local rows = {}
  for n, event in ipairs(list) do
    local title, d = TITLES[event.type], event.data
    rows[n] = {
      seq = ("%d"):format(event.seq), time = event.time, by = event.by,
      what = title and t(title[1], title[2]) or event.type,
      of = d.assessment or d.submission or d.decision or d.interest or event.subject,
      points = d.points or d.fields and d.fields.points,
    }
  end
  report:table {
    caption = t("Gebeurtenissen in het logboek", "Events in the log"),
    columns = {
      { name = "seq", title = t("Nummer", "Number") },
      { name = "time", title = t("Wanneer", "When"), type = "time" },
      { name = "what", title = t("Wat", "What") },
      { name = "of", title = t("Waarvan", "Of what") },
      { name = "points", title = t("Punten", "Points"), type = "number" },
      { name = "by", title = t("Door", "By") },
    },
    rows = rows,
    note = t("`polder audit verify` rekent na dat niemand hieraan iets heeft veranderd.",
      "`polder audit verify` computes that nobody has changed any of this."),
  }
end

return steps
