-- What may not happen between call and decision. Each function looks at records only and gives the reason against, in
-- Dutch and in English, or nothing; checks.lua asks them of every change, whoever makes it. A record may come before
-- the one that it names, as in an import of all: then nothing can be held against it yet, and the ranking looks again.
local envelope = require "envelope"
local fields = require "fields"
local times = require "times"
local written = require "commands.written"

local about, among, differs = fields.about, fields.among, fields.differs
local law = {}

law.same = fields.same

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

-- The published line of a criterion; after an import the call may be there before its criteria, and then they fit it.
local function as_published(call, id, after)
  local record = { id = id, title = after.title, weight = after.weight, max = after.max }
  return among(call.weights, law.line(record))
end

-- was, is: the calls that the criterion belongs to before and after.
function law.criterion(change, was, is, now)
  local before, after = change.before, change.after
  if before and was and law.published(was, now) then
    if not after then
      return "de oproep is gepubliceerd: een criterium kan niet meer weg",
        "the call is published: a criterion can't go any more"
    end
    local what = differs(before, after, { "weight", "max", "title", "description", "call" })
    if not what then return end
    return about(what, "de oproep is gepubliceerd: %s van een criterium ligt vast",
      "the call is published: %s of a criterion stays")
  end
  if not after or not is or not law.published(is, now) then return end
  if before or not as_published(is, change.id, after) then
    return "de oproep is gepubliceerd: er kan geen criterium meer bij",
      "the call is published: no criterion can be added"
  end
end

local function sorted(list)
  local out = {}
  for n, one in ipairs(list or {}) do out[n] = one end
  table.sort(out)
  return out
end

function law.sum(sum)
  return ("de gewichten zijn samen %.10g, niet 100"):format(sum), ("the weights add up to %.10g, not 100"):format(sum)
end

-- Its weights as published are those of its criteria, and add up to 100. A call that comes before its criteria, as in
-- an import of all, is taken at its word: only the criteria that it names may then follow.
local function publishes(change, criteria)
  local lines, sum = {}, 0
  for n, criterion in ipairs(criteria) do
    lines[n], sum = law.line(criterion), sum + criterion.weight
  end
  if not change.before and #lines == 0 then return end
  if math.abs(sum - 100) > 1e-9 then return law.sum(sum) end
  if not law.same(sorted(lines), sorted(change.after.weights)) then
    return "publiceren doet `polder procurement open`: dat legt de criteria vast in de oproep",
      "`polder procurement open` publishes: it writes the criteria into the call"
  end
end

-- given = { criteria, unsealed }: the criteria of the call, and how many submissions it has without a seal.
function law.call(change, now, given)
  local before, after = change.before, change.after
  local was = before and law.published(before, now)
  if was and not after then
    return "een gepubliceerde oproep kan niet weg: trek haar in (status=withdrawn)",
      "a published call can't go: withdraw it (status=withdrawn)"
  end
  if not after or not was and not law.published(after, now) then return end
  if not was or before.weights == nil and after.weights ~= nil then
    local nl, en = publishes(change, given.criteria)
    if nl then return nl, en end
  elseif differs(before, after, { "weights" }) then
    return "de oproep is gepubliceerd: de criteria liggen vast", "the call is published: its criteria stay"
  end
  if not was then
    if law.closed(after, now) or given.unsealed == 0 then return end
    return "er zijn inzendingen zonder zegel: wis ze, en neem ze verzegeld aan",
      "there are submissions without a seal: delete them, and take them in sealed"
  end
  if (after.status or "draft") == "draft" then
    return "een gepubliceerde oproep wordt geen concept meer", "a published call is no draft any more"
  end
  if after.deadline ~= before.deadline then
    if law.closed(before, now) then
      return "de sluitingstijd is voorbij: zij ligt vast", "the closing time has passed: it stays"
    end
    if times.before(after.deadline, before.deadline) then
      return "de sluitingstijd kan later worden, niet eerder", "the closing time can become later, not earlier"
    end
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
  if not s.envelope or digest(s.envelope) ~= s.seal or s.size and s.size ~= #s.envelope then
    return "de envelop past niet op het zegel", "the envelope does not fit the seal"
  end
  local said = envelope.read(s.envelope)
  if not said then
    return "dit is geen envelop van `polder procurement seal`", "this is no envelope of `polder procurement seal`"
  end
  if said.call ~= s.call or said.organisation ~= s.organisation then
    return "deze envelop is van een andere oproep of inzender", "this envelope is of another call or submitter"
  end
  local what = differs(s, said, CONTENT)
  if what then return about(what, "%s is anders dan in de envelop", "%s is not what the envelope says") end
end

-- When it closes, as Dutch and as English write it.
local function closing(call)
  return written.time(call.deadline, function(nl) return nl end),
    written.time(call.deadline, function(_, en) return en end)
end

-- Before the closing time the store holds no word of it; after it only what fits the seal.
local function sealed(s, call, now, digest)
  if not law.closed(call, now) then
    if not (s.seal or ""):match("^" .. ("%x"):rep(64) .. "$") or has_content(s) then
      local till, until_then = closing(call)
      return "tot " .. till .. " komt een inzending alleen verzegeld binnen (polder procurement seal, en dan submit)",
        "until " .. until_then .. " a submission comes in sealed only (polder procurement seal, and then submit)"
    end
  elseif s.seal and has_content(s) then
    return fits(s, digest)
  end
end

-- In time, by whom and what it was; the seal and the content are looked at apart.
local function arrival(before, after, call)
  local till, until_then = closing(call)
  if not after.submitted then
    return "het moment van inzending ontbreekt (submitted)", "the moment of submission is missing (submitted)"
  end
  if times.before(call.deadline, after.submitted) and after.status ~= "inadmissible" then
    return ("ingezonden na de sluitingstijd (%s): alleen als niet ontvankelijk (status=inadmissible)"):format(till),
      ("submitted after the closing time (%s): only as not admissible (status=inadmissible)"):format(until_then)
  end
  if call.opens and times.before(after.submitted, call.opens) then
    return "ingezonden voordat de oproep opende", "submitted before the call opened"
  end
  if before and differs(before, after, { "call", "organisation" }) then
    return "oproep en inzender van een inzending liggen vast", "call and submitter of a submission stay"
  end
end

function law.submission(change, call, now, digest)
  local before, after = change.before, change.after
  if not call then return end
  local closed = law.closed(call, now)
  if not after then
    if not closed then return end
    return "na de sluitingstijd kan een inzending niet meer weg",
      "after the closing time a submission can't go any more"
  end
  local nl, en = arrival(before, after, call)
  if nl then return nl, en end
  local what = before and differs(before, after, { "seal", "size", "submitted", "envelope" })
  if before and not (what == "envelope" and before.envelope == nil and before.seal) then
    what = what or differs(before, after, CONTENT)
    if what and closed then
      return about(what, "na de sluitingstijd verandert een inzending niet meer: %s ligt vast",
        "after the closing time a submission does not change any more: %s stays")
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

-- By whom: among the call's assessors, and without an interest, declared or shown by the records.
local function by_who_may(after, given)
  local who, interest = after.assessor, law.barred(after.assessor, given.submission, given.interests)
  if not among(given.call.assessors, who) then
    return who .. " is geen beoordelaar van deze oproep", who .. " is no assessor of this call"
  end
  if interest then
    return ("%s meldde een belang (%s) en beoordeelt deze inzending niet"):format(who, interest),
      ("%s declared an interest (%s) and does not assess this submission"):format(who, interest)
  end
  if given.organisation and given.organisation == given.submission.organisation then
    return ("%s hoort bij de inzender (%s) en beoordeelt deze inzending niet"):format(who, given.organisation),
      ("%s belongs to the submitter (%s) and does not assess this submission"):format(who, given.organisation)
  end
end

-- When: after the closing time, and of a submission that is open and counts.
local function in_time(after, given)
  local submission, till, until_then = given.submission, closing(given.call)
  if not after.made then return "wanneer is zij gegeven (made)?", "when was it given (made)?" end
  if times.before(after.made, given.call.deadline) then
    return "inzendingen zijn verzegeld tot " .. till, "submissions are sealed until " .. until_then
  end
  if law.unopened(submission) then
    return "deze inzending is nog niet geopend", "this submission was not opened yet"
  end
  if submission.status == "inadmissible" or submission.status == "withdrawn" then
    return "deze inzending is niet ontvankelijk of ingetrokken", "this submission is not admissible or was withdrawn"
  end
end

-- The one that this assessor gave this submission on this criterion, among others; nil when there is none.
function law.given_before(a, others, id)
  for _, other in ipairs(others or {}) do
    local same = other.submission == a.submission and other.criterion == a.criterion and other.assessor == a.assessor
    if same and other.id ~= id then return other.id end
  end
end

local function words(text)
  return ((" " .. (text or "") .. " "):gsub("[%s%p]+", " "))
end

-- Of what and by whom it is stays, and other points come with another reason.
local function changed(before, after)
  local what = differs(before, after, { "submission", "criterion", "assessor" })
  if what then
    return about(what, "van een beoordeling ligt %s vast: geef een andere beoordeling",
      "of an assessment %s stays: give another assessment")
  end
  if before.points ~= after.points and words(before.reason) == words(after.reason) then
    return "andere punten vragen een nieuwe motivering (reason=…), die zegt waarom",
      "other points ask for a new reason (reason=…), which says why"
  end
end

-- One assessor counts once: what was given can be changed, not given again and not taken away.
local function once(change, given)
  local before, after = change.before, change.after
  if before and after then return changed(before, after) end
  if not after then
    if not given.closed then return end
    return ("een beoordeling van een gesloten oproep kan niet weg: verander haar, met een nieuwe motivering "
      .. "(polder put %s points=… reason=…)"):format(change.id),
      ("an assessment of a closed call can't go: change it, with a new reason "
      .. "(polder put %s points=… reason=…)"):format(change.id)
  end
  local first = law.given_before(after, given.others, change.id)
  if not first then return end
  return ("%s beoordeelde dit al (%s): verander die, met een nieuwe motivering (polder put %s points=… reason=…)")
      :format(after.assessor, first, first),
    ("%s assessed this already (%s): change that one, with a new reason (polder put %s points=… reason=…)"):format(
      after.assessor, first, first)
end

-- given = { submission, call, criterion, interests, organisation (of the assessor), others, closed, decided }
function law.assessment(change, given)
  local after, criterion = change.after, given.criterion
  if given.decided then
    return "er is al besloten: beoordelingen liggen vast", "it was decided already: assessments stay"
  end
  local nl, en = once(change, given)
  if nl then return nl, en end
  if not after or not given.submission or not given.call or not criterion then return end
  if criterion.call ~= given.submission.call then
    return "het criterium hoort bij een andere oproep", "the criterion belongs to another call"
  end
  nl, en = by_who_may(after, given)
  if not nl then nl, en = in_time(after, given) end
  if nl then return nl, en end
  if after.points > criterion.max then
    return ("%.10g is te veel voor %s: het hoogste aantal punten is %.10g"):format(
      after.points, criterion.title, criterion.max),
      ("%.10g is too much for %s: the most points are %.10g"):format(after.points, criterion.title, criterion.max)
  end
  if #(after.reason or ""):gsub("%s", "") < 10 then
    return "een beoordeling heeft een motivering, van minstens tien letters",
      "an assessment has a reason, of at least ten letters"
  end
end

-- Is it a ranking for the demands of the call? A run that was asked for none ranked for all. What the run gave is not
-- looked at: `polder replay` is there to compute it again.
function law.run(id, run, call)
  if not run then
    return ("berekening %s is hier niet: neem het besluit met `polder procurement decide`, dat er een maakt; "
      .. "een besluit van elders verhuist met zijn hele werkmap"):format(id),
      ("there is no run %s here: take the decision with `polder procurement decide`, which makes one; "
      .. "a decision from elsewhere moves with its whole workspace"):format(id)
  end
  if run.what ~= "match" then
    return ("%s is geen rangschikking van oplossingen: zij komt van `polder %s`"):format(id, run.what),
      ("%s is no ranking of solutions: it comes from `polder %s`"):format(id, run.what)
  end
  local ranked = run.inputs.demands or {}
  for _, demand in ipairs(#ranked > 0 and call and call.demands or {}) do
    if not among(ranked, demand) then
      return ("berekening %s gaat niet over %s, een vraag van deze oproep"):format(id, demand),
        ("run %s is not about %s, a demand of this call"):format(id, demand)
    end
  end
end

-- What was taken can only be revoked.
local function stays(before, after)
  if not after then
    return "een genomen besluit kan worden herroepen, niet gewist", "a decision taken can be revoked, not deleted"
  end
  local kept = { "call", "awarded", "rejected", "reason", "run", "ranking", "date", "by", "amount" }
  local what = differs(before, after, kept)
  if what then
    return about(what, "een genomen besluit ligt vast, ook %s; herroep het (status=revoked)",
      "a decision taken stays, %s too; revoke it (status=revoked)")
  end
  if after.status ~= "taken" and after.status ~= "revoked" then
    return "een genomen besluit kan alleen worden herroepen (status=revoked)",
      "a decision taken can only be revoked (status=revoked)"
  end
end

-- given = { submissions, run, call }: id → is it one on this call? (nil: it is not there yet), and what is kept
-- of the run that the decision names
function law.decision(change, given)
  local before, after = change.before, change.after
  local stands = before and before.status == "taken" -- its run was looked at when it was taken
  if stands then
    local nl, en = stays(before, after)
    if nl then return nl, en end
  end
  if not after then return end
  local revokes = before and after.status == "revoked" -- also one from before runs were asked for
  if not revokes and (not after.call or not after.run or not after.ranking) then
    return "een besluit noemt de oproep, de rangorde en de berekening waarop het steunt: neem het met "
      .. "`polder procurement decide`",
      "a decision names the call, the ranking and the run that it rests on: take it with `polder procurement decide`"
  end
  for _, field in ipairs { "awarded", "rejected" } do
    for _, id in ipairs(after[field] or {}) do
      if given.submissions[id] == false then
        return id .. " is geen inzending op deze oproep", id .. " is no submission to this call"
      end
    end
  end
  if not revokes and not stands then return law.run(after.run, given.run, given.call) end
end

return law
