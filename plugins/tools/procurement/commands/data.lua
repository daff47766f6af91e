-- What the commands read of a call. Basis: the kinds of partnership/kinds/procurement.lua.
local polder = require "polder"
local written = require "commands.written"

local data = {}

data.CALL = { name = "call", type = "record", kind = "call", required = true, title = { nl = "Oproep", en = "Call" } }

data.SUBMISSION = {
  name = "submission", type = "record", kind = "submission", required = true,
  title = { nl = "Inzending", en = "Submission" },
}

function data.missing(t, id)
  return nil, t("%s is er niet; `polder query %s` toont welke er zijn", "there is no %s; `polder query %s` lists them")
    :format(id, id:match "^[^/]+"), "not_found"
end

function data.sealed(t, call)
  local till = written.time(call.deadline, t)
  return nil, t("inzendingen zijn verzegeld tot %s", "submissions are sealed until %s"):format(till), "not_allowed"
end

function data.query(kind, field, id)
  return polder.query { kind = kind, where = ("%s == '%s'"):format(field, id), limit = "all" }
end

-- { call, criteria, submissions, assessments, interests, organisations (by assessor), decisions }; nil, reason and code
-- where there is no such call.
function data.read(id, t)
  local call = polder.get(id)
  if not call then return data.missing(t, id) end
  local d = {
    call = call, criteria = data.query("criterion", "call", id), submissions = data.query("submission", "call", id),
    decisions = data.query("decision", "call", id), assessments = {}, interests = {},
    organisations = {},
  }
  for _, submission in ipairs(d.submissions) do
    for _, assessment in ipairs(data.query("assessment", "submission", submission.id)) do
      d.assessments[#d.assessments + 1] = assessment
    end
  end
  for _, person in ipairs(call.assessors or {}) do
    local known = polder.get(person)
    d.organisations[person] = known and known.organisation
    for _, interest in ipairs(data.query("interest", "person", person)) do d.interests[#d.interests + 1] = interest end
  end
  return d
end

-- data.count(1, "inzending", "inzendingen") → "1 inzending"
function data.count(n, one, many)
  return ("%.10g %s"):format(n, n == 1 and one or many)
end

local names = {}
function data.name(id)
  if not id then return "" end
  if not names[id] then
    local record = polder.get(id)
    names[id] = record and (record.name or record.title) or id
  end
  return names[id]
end

function data.has(list, id)
  for _, one in ipairs(list or {}) do
    if one == id then return true end
  end
  return false
end

-- As people type it where a command asks for a submission: "demo-kadekrab".
function data.short(id)
  return id:match "/(.+)" or id
end

-- As partnership/vocabularies.lua has them.
local STATES <const> = {
  submitted = "ingezonden", admissible = "ontvankelijk", inadmissible = "niet ontvankelijk",
  withdrawn = "ingetrokken", proposed = "voorgesteld", taken = "genomen", revoked = "herroepen",
}
function data.state(status, t)
  return status and t(STATES[status] or status, status) or ""
end

-- "call/demo-havenwacht-2026", "organisation/demo-x" → "demo-havenwacht-2026-demo-x", at most 110 characters
function data.slug(...)
  local parts = {}
  for n, id in ipairs { ... } do parts[n] = id:match "/(.+)" or id end
  return table.concat(parts, "-"):sub(1, 110)
end

function data.column(name, nl, en)
  return { name = name, title = { nl = nl, en = en or nl } }
end

return data
