-- What may not happen between call and decision. Each function looks at records only and gives the reason against, or
-- nothing; checks.lua asks them of every change, whoever makes it. A record may come before the one that it names, as
-- in an import of all: then nothing can be held against it yet, and the ranking looks again.
local times = require "times"

local law = {}

local function differs(a, b, fields)
  for _, name in ipairs(fields) do
    local x, y = a[name], b[name]
    if type(x) == "table" and type(y) == "table" then
      for key, value in pairs(x) do
        if y[key] ~= value then return name end
      end
      for key in pairs(y) do
        if x[key] == nil then return name end
      end
    elseif x ~= y then
      return name
    end
  end
end

-- A put that changes nothing is no change.
function law.same(before, after)
  if not before or not after then return false end
  local fields = {}
  for name in pairs(before) do fields[#fields + 1] = name end
  for name in pairs(after) do fields[#fields + 1] = name end
  return differs(before, after, fields) == nil
end

function law.published(call, now)
  local status = call.status or "draft"
  return status ~= "draft" or call.opens ~= nil and not times.before(now, call.opens)
end

function law.closed(call, now)
  return not times.before(now, call.deadline)
end

-- Weights add up to 100: then a published call has all of its criteria.
function law.criterion(change, call, others, now)
  if not call or not law.published(call, now) then return end
  if change.before and not change.after then return "de oproep is gepubliceerd: een criterium kan niet meer weg" end
  if change.before then
    local what = differs(change.before, change.after, { "weight", "max", "title", "description", "call" })
    return what and ("de oproep is gepubliceerd: %s van een criterium ligt vast"):format(what) or nil
  end
  local sum = change.after.weight or 0
  for _, other in ipairs(others) do sum = sum + other.weight end
  if sum > 100 then
    return ("de oproep is gepubliceerd: de gewichten zouden samen %.10g zijn, en niet 100"):format(sum)
  end
end

function law.call(change, now, has_submissions)
  local before, after = change.before, change.after
  if not before or not law.published(before, now) then return end
  if not after then
    return has_submissions and "de oproep heeft inzendingen: zij kan niet weg" or nil
  end
  if (after.status or "draft") == "draft" then return "een gepubliceerde oproep wordt geen concept meer" end
  if after.deadline ~= before.deadline then
    if law.closed(before, now) then return "de sluitingstijd is voorbij: zij ligt vast" end
    if times.before(after.deadline, before.deadline) then return "de sluitingstijd kan later worden, niet eerder" end
  end
end

function law.submission(change, call, now)
  local before, after = change.before, change.after
  if not call then return end
  if not after then return law.closed(call, now) and "na de sluitingstijd kan een inzending niet meer weg" or nil end
  if not after.submitted then return "wanneer is zij ingezonden (submitted)?" end
  local late = times.before(call.deadline, after.submitted)
  if late and after.status ~= "inadmissible" then
    return ("ingezonden na de sluitingstijd (%s): alleen als niet ontvankelijk (status=inadmissible)"):format(
      times.show(call.deadline))
  end
  if call.opens and times.before(after.submitted, call.opens) then return "ingezonden voordat de oproep opende" end
  if not before then return end
  if differs(before, after, { "call", "organisation" }) then
    return "oproep en inzender van een inzending liggen vast"
  end
  local what = differs(before, after, { "title", "summary", "price", "solution", "documents", "submitted" })
  if what and law.closed(call, now) then
    return ("na de sluitingstijd verandert een inzending niet meer (%s)"):format(what)
  end
end

-- Why this person may not assess this submission; nothing when they may.
function law.barred(person, submission, interests)
  for _, interest in ipairs(interests) do
    local here = not interest.call or interest.call == submission.call
    local whose = not interest.organisation or interest.organisation == submission.organisation
    if interest.person == person and here and whose then return interest.id end
  end
end

local function among(list, id)
  for _, one in ipairs(list or {}) do
    if one == id then return true end
  end
end

-- given = { submission, call, criterion, interests, decided }
function law.assessment(change, given)
  local after = change.after
  if given.decided then return "er is al besloten: beoordelingen liggen vast" end
  if not after then return end
  local submission, call, criterion = given.submission, given.call, given.criterion
  if not submission or not call or not criterion then return end
  if criterion.call ~= submission.call then return "het criterium hoort bij een andere oproep" end
  if not among(call.assessors, after.assessor) then return after.assessor .. " is geen beoordelaar van deze oproep" end
  local interest = law.barred(after.assessor, submission, given.interests)
  if interest then
    return ("%s meldde een belang (%s) en beoordeelt deze inzending niet"):format(after.assessor, interest)
  end
  if not after.made then return "wanneer is zij gegeven (made)?" end
  if times.before(after.made, call.deadline) then
    return ("inzendingen zijn verzegeld tot %s"):format(times.show(call.deadline))
  end
  if submission.status == "inadmissible" or submission.status == "withdrawn" then
    return "deze inzending is niet ontvankelijk of ingetrokken"
  end
  if after.points > criterion.max then
    return ("hoogstens %.10g punten voor %s, niet %.10g"):format(criterion.max, criterion.title, after.points)
  end
  if #(after.reason or ""):gsub("%s", "") < 10 then return "een beoordeling heeft een motivering" end
end

-- submissions: id → is it one of this call? nil: it is not there (yet)
function law.decision(change, submissions)
  local before, after = change.before, change.after
  if before and before.status == "taken" then
    if not after then return "een genomen besluit kan worden herroepen, niet gewist" end
    local fields = { "call", "awarded", "rejected", "reason", "run", "ranking", "date", "by", "amount" }
    local what = differs(before, after, fields)
    if what then return ("een genomen besluit ligt vast (%s); herroep het"):format(what) end
    if after.status ~= "taken" and after.status ~= "revoked" then
      return "een genomen besluit kan alleen worden herroepen"
    end
  end
  if not after or not after.call then return end
  for _, field in ipairs { "awarded", "rejected" } do
    for _, id in ipairs(after[field] or {}) do
      if submissions[id] == false then return id .. " is geen inzending op deze oproep" end
    end
  end
end

return law
