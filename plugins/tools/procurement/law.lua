-- What may not happen between call and decision. Each function looks at records only and gives the reason against, or
-- nothing; checks.lua asks them of every change, whoever makes it. A record may come before the one that it names, as
-- in an import of all: then nothing can be held against it yet, and the ranking looks again.
local envelope = require "envelope"
local times = require "times"

local law = {}

-- As sentences call the fields.
local NAMES <const> = {
  weight = "het gewicht", max = "het hoogste aantal punten", title = "de titel", description = "de omschrijving",
  call = "de oproep", summary = "de samenvatting", price = "de prijs", solution = "de oplossing",
  documents = "de lijst van stukken", submitted = "het moment van inzending", seal = "het zegel",
  size = "de omvang", envelope = "de envelop", awarded = "de keuze", rejected = "de lijst van afgewezenen",
  reason = "de motivering", run = "de berekening", ranking = "de rangorde", date = "de datum", by = "de naam eronder",
  amount = "het bedrag",
}

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

-- A criterion as a published call keeps it: what is published can't be added to.
function law.line(criterion)
  return ("%s: %s, gewicht %.10g, hoogste aantal punten %.10g"):format(
    criterion.id, criterion.title, criterion.weight, criterion.max)
end

local function among(list, id)
  for _, one in ipairs(list or {}) do
    if one == id then return true end
  end
end

-- The published line of a criterion; after an import the call may be there before its criteria, and then they fit it.
local function as_published(call, id, after)
  local record = { id = id, title = after.title, weight = after.weight, max = after.max }
  return among(call.weights, law.line(record))
end

-- was, is: the calls that the criterion belongs to before and after.
function law.criterion(change, was, is, now)
  local before, after = change.before, change.after
  if before and was and law.published(was, now) then
    if not after then return "de oproep is gepubliceerd: een criterium kan niet meer weg" end
    local what = differs(before, after, { "weight", "max", "title", "description", "call" })
    return what and ("de oproep is gepubliceerd: %s van een criterium ligt vast"):format(NAMES[what]) or nil
  end
  if not after or not is or not law.published(is, now) then return end
  if before or not as_published(is, change.id, after) then
    return "de oproep is gepubliceerd: er kan geen criterium meer bij"
  end
end

local function sorted(list)
  local out = {}
  for n, one in ipairs(list or {}) do out[n] = one end
  table.sort(out)
  return out
end

-- Its weights as published are those of its criteria, and add up to 100. A call that comes before its criteria, as in
-- an import of all, is taken at its word: only the criteria that it names may then follow.
local function publishes(change, criteria)
  local lines, sum = {}, 0
  for n, criterion in ipairs(criteria) do
    lines[n], sum = law.line(criterion), sum + criterion.weight
  end
  if not change.before and #lines == 0 then return end
  if math.abs(sum - 100) > 1e-9 then return ("de gewichten zijn samen %.10g, niet 100"):format(sum) end
  if not law.same(sorted(lines), sorted(change.after.weights)) then
    return "publiceren doet `polder procurement open`: dat legt de criteria vast in de oproep"
  end
end

-- given = { criteria, unsealed }: the criteria of the call, and how many submissions it has without a seal.
function law.call(change, now, given)
  local before, after = change.before, change.after
  local was = before and law.published(before, now)
  if was and not after then return "een gepubliceerde oproep kan niet weg: trek haar in (status=withdrawn)" end
  if not after or not was and not law.published(after, now) then return end
  if not was or before.weights == nil and after.weights ~= nil then
    local problem = publishes(change, given.criteria)
    if problem then return problem end
  elseif differs(before, after, { "weights" }) then
    return "de oproep is gepubliceerd: de criteria liggen vast"
  end
  if not was then
    local open = not law.closed(after, now) and given.unsealed > 0
    return open and "er zijn inzendingen zonder zegel: wis ze, en neem ze verzegeld aan" or nil
  end
  if (after.status or "draft") == "draft" then return "een gepubliceerde oproep wordt geen concept meer" end
  if after.deadline ~= before.deadline then
    if law.closed(before, now) then return "de sluitingstijd is voorbij: zij ligt vast" end
    if times.before(after.deadline, before.deadline) then return "de sluitingstijd kan later worden, niet eerder" end
  end
end

law.SEALED = "Verzegelde inzending"
local CONTENT <const> = { "title", "summary", "price", "solution", "documents" }

local function has_content(s)
  local extra = s.summary or s.price or s.solution or s.documents or s.envelope or s.opened
  return s.title ~= law.SEALED or extra ~= nil
end

-- Is what the record says what was sealed?
local function fits(s, digest)
  if not s.envelope or digest(s.envelope) ~= s.seal then return "de envelop past niet op het zegel" end
  if s.size and s.size ~= #s.envelope then return "de envelop past niet op het zegel" end
  local said = envelope.read(s.envelope)
  if not said then return "dit is geen envelop van `polder procurement seal`" end
  if said.call ~= s.call or said.organisation ~= s.organisation then
    return "deze envelop is van een andere oproep of inzender"
  end
  local what = differs(s, said, CONTENT)
  return what and ("%s is anders dan in de envelop"):format(NAMES[what]) or nil
end

-- Before the closing time the store holds no word of it; after it only what fits the seal.
local function sealed(s, call, now, digest)
  if not law.closed(call, now) then
    if not (s.seal or ""):match("^" .. ("%x"):rep(64) .. "$") or has_content(s) then
      return ("tot %s komt een inzending alleen verzegeld binnen (polder procurement seal, en dan submit)"):format(
        times.show(call.deadline))
    end
  elseif s.seal and has_content(s) then
    return fits(s, digest)
  end
end

function law.submission(change, call, now, digest)
  local before, after = change.before, change.after
  if not call then return end
  local closed = law.closed(call, now)
  if not after then return closed and "na de sluitingstijd kan een inzending niet meer weg" or nil end
  if not after.submitted then return "het moment van inzending ontbreekt (submitted)" end
  local late = times.before(call.deadline, after.submitted)
  if late and after.status ~= "inadmissible" then
    return ("ingezonden na de sluitingstijd (%s): alleen als niet ontvankelijk (status=inadmissible)"):format(
      times.show(call.deadline))
  end
  if call.opens and times.before(after.submitted, call.opens) then return "ingezonden voordat de oproep opende" end
  if before and differs(before, after, { "call", "organisation" }) then
    return "oproep en inzender van een inzending liggen vast"
  end
  local what = before and differs(before, after, { "seal", "size", "submitted", "envelope" })
  if before and not (what == "envelope" and before.envelope == nil and before.seal) then
    what = what or differs(before, after, CONTENT)
    if what and closed then
      return ("na de sluitingstijd verandert een inzending niet meer: %s ligt vast"):format(NAMES[what])
    end
  end
  return sealed(after, call, now, digest)
end

-- Taken in and not opened yet: there is nothing to assess.
function law.unopened(submission)
  return submission.seal ~= nil and submission.envelope == nil
end

-- Why this person may not assess this submission; nothing when they may.
function law.barred(person, submission, interests)
  for _, interest in ipairs(interests) do
    local here = not interest.call or interest.call == submission.call
    local whose = not interest.organisation or interest.organisation == submission.organisation
    if interest.person == person and here and whose then return interest.id end
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
  if law.unopened(submission) then return "deze inzending is nog niet geopend" end
  if submission.status == "inadmissible" or submission.status == "withdrawn" then
    return "deze inzending is niet ontvankelijk of ingetrokken"
  end
  if after.points > criterion.max then
    return ("%.10g is te veel voor %s: het hoogste aantal punten is %.10g"):format(
      after.points, criterion.title, criterion.max)
  end
  if #(after.reason or ""):gsub("%s", "") < 10 then return "een beoordeling heeft een motivering" end
end

-- Is it a ranking for the demands of the call? A run that was asked for none ranked for all. What the run gave is not
-- looked at: `polder replay` is there to compute it again.
function law.run(id, run, call)
  if not run then
    return ("berekening %s is hier niet: neem het besluit met `polder procurement decide`, dat er een maakt; "
      .. "een besluit van elders verhuist met zijn hele werkmap"):format(id)
  end
  if run.what ~= "match" then
    return ("%s is geen rangschikking van oplossingen: zij komt van `polder %s`"):format(id, run.what)
  end
  local ranked = run.inputs.demands or {}
  for _, demand in ipairs(#ranked > 0 and call and call.demands or {}) do
    if not among(ranked, demand) then
      return ("berekening %s gaat niet over %s, een vraag van deze oproep"):format(id, demand)
    end
  end
end

-- given = { submissions, run, call }: id → is it one on this call? (nil: it is not there yet), and what is kept
-- of the run that the decision names
function law.decision(change, given)
  local before, after = change.before, change.after
  if before and before.status == "taken" then
    if not after then return "een genomen besluit kan worden herroepen, niet gewist" end
    local fields = { "call", "awarded", "rejected", "reason", "run", "ranking", "date", "by", "amount" }
    local what = differs(before, after, fields)
    if what then return ("een genomen besluit ligt vast, ook %s; herroep het"):format(NAMES[what]) end
    if after.status ~= "taken" and after.status ~= "revoked" then
      return "een genomen besluit kan alleen worden herroepen"
    end
  end
  if not after then return end
  local revokes = before and after.status == "revoked" -- also one from before runs were asked for
  if not revokes and (not after.call or not after.run or not after.ranking) then
    return "een besluit noemt de oproep, de rangorde en de berekening waarop het steunt: neem het met "
      .. "`polder procurement decide`"
  end
  for _, field in ipairs { "awarded", "rejected" } do
    for _, id in ipairs(after[field] or {}) do
      if given.submissions[id] == false then return id .. " is geen inzending op deze oproep" end
    end
  end
  local stands = before and before.status == "taken" -- it was looked at when it was taken
  return not revokes and not stands and law.run(after.run, given.run, given.call) or nil
end

return law
