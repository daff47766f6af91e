-- All there is about one submission: call, seal, criteria, every assessment with its reason, declared interests,
-- decision, and every step as an event.
-- Basis: the records of the procedure, so that whoever lost can see why (motivation, Aanbestedingswet 2012).
local polder = require "polder"
local data = require "reports.data"
local steps = require "reports.steps"
local why = require "reports.why"
local words = require "vocabularies"

local function found(kind, field, id, order)
  return data.all(kind, ("%s == \"%s\""):format(field, id), order)
end

-- Points out of 100 by the criteria's weights; none while nobody's points count for a criterion, as in the ranking.
local function score(criteria, assessments)
  local sum, most = 0, 0
  for _, criterion in ipairs(criteria) do
    local points, count = 0, 0
    for _, a in ipairs(assessments) do
      if a.criterion == criterion.id then
        points, count = points + a.points, count + 1
      end
    end
    if count == 0 then return nil end
    if criterion.max > 0 then
      sum = sum + criterion.weight * points / count / criterion.max
      most = most + criterion.weight
    end
  end
  return most > 0 and 100 * sum / most or nil
end

local function facts(report, t, ctx, submission, call, names)
  local states = data.titles(words.submission_states, ctx.lang)
  report:section(t("De inzending", "The submission"))
  local rows = {}
  local function add(what, is) -- what is not known has no row
    if is then rows[#rows + 1] = { what = what, is = is } end
  end
  local function time(value) return value and { { type = "time", value = value } } end
  add(t("Inzender", "Submitted by"), names[submission.organisation])
  add(t("Oproep", "Call"), call and call.title or submission.call)
  add(t("Oplossing", "Solution"), submission.solution and names[submission.solution])
  add(t("Ingezonden", "Submitted"), time(submission.submitted))
  add(t("Sluiting van de oproep", "Call closed"), time(call and call.deadline))
  add(t("Prijs", "Price"), submission.price and { report:money(submission.price) })
  add(t("Stand", "Status"), states[submission.status] or submission.status)
  report:table {
    caption = t("Gegevens", "Facts"),
    columns = { { name = "what", title = t("Gegeven", "Fact") }, { name = "is", title = t("Waarde", "Value") } },
    rows = rows,
  }
  if submission.summary then report:text(submission.summary) end
end

local function judged(report, t, criteria, assessments, fits, names)
  local by_id, rows, all = {}, {}, #fits == #assessments
  for _, criterion in ipairs(criteria) do
    by_id[criterion.id] = criterion
  end
  for i, a in ipairs(assessments) do
    local criterion = by_id[a.criterion]
    rows[i] = {
      criterion = criterion and criterion.title or a.criterion, assessor = names[a.assessor],
      points = a.points, most = criterion and criterion.max, reason = a.reason, date = a.made and a.made:sub(1, 10),
    }
    if not all then rows[i].counts = data.has(fits, a) end
  end
  report:table {
    caption = t("Elke beoordeling, met haar motivering", "Every assessment, with its reason"),
    columns = {
      { name = "criterion", title = t("Criterium", "Criterion") },
      { name = "assessor", title = t("Beoordelaar", "Assessor") },
      { name = "points", title = t("Punten", "Points"), type = "number" },
      { name = "most", title = t("Van", "Of"), type = "number" },
      { name = "reason", title = t("Motivering", "Reason") },
      { name = "date", title = t("Datum", "Date"), type = "date" },
      not all and { name = "counts", title = t("Telt mee", "Counts"), type = "boolean" } or nil,
    },
    rows = rows,
    note = not all and t("Wat iemand met een belang gaf, of een tweede keer, telt niet mee.",
      "What somebody with an interest gave, or gave a second time, does not count.") or nil,
  }
end

-- Mean points by criterion, and how far assessors lay apart.
local function spread(report, t, criteria, assessments)
  local rows = {}
  for i, criterion in ipairs(criteria) do
    local low, high, sum, count = math.huge, -math.huge, 0, 0
    for _, a in ipairs(assessments) do
      if a.criterion == criterion.id then
        low, high = math.min(low, a.points), math.max(high, a.points)
        sum, count = sum + a.points, count + 1
      end
    end
    rows[i] = {
      criterion = criterion.title, weight = criterion.weight, mean = count > 0 and sum / count or nil,
      apart = count > 1 and high - low or nil, count = count,
    }
  end
  report:table {
    caption = t("Per criterium", "By criterion"),
    columns = {
      { name = "criterion", title = t("Criterium", "Criterion") },
      { name = "weight", title = t("Gewicht", "Weight"), type = "number" },
      { name = "mean", title = t("Gemiddeld", "Mean"), type = "number", decimals = 1 },
      { name = "apart", title = t("Verschil tussen beoordelaars", "Spread between assessors"), type = "number" },
      { name = "count", title = t("Beoordelingen", "Assessments"), type = "number" },
    },
    rows = rows,
  }
end

-- Declared before or after they assessed: in this submitter, or in all of the call.
local function declared(submission)
  return data.where(data.all("interest"), function(interest)
    local here = not interest.call or interest.call == submission.call
    return here and (not interest.organisation or interest.organisation == submission.organisation)
  end)
end

-- Is there another of the same assessor on the same criterion, that counts instead? Then this one is one too many.
local function again(assessments, a)
  for _, other in ipairs(assessments) do
    if other.criterion == a.criterion and other.assessor == a.assessor and other.id < a.id then return true end
  end
end

-- Those that count: not of who declared an interest or belongs to the submitter, and of each assessor one.
local function counted(assessments, interests, submission)
  local may = data.where(assessments, function(a)
    local person = polder.get(a.assessor)
    if person and person.organisation and person.organisation == submission.organisation then return false end
    for _, interest in ipairs(interests) do
      if interest.person == a.assessor then return false end
    end
    return true
  end)
  return data.where(may, function(a) return not again(may, a) end)
end

local function told(report, t, list, names)
  local rows = {}
  for n, interest in ipairs(list) do
    rows[n] = { who = names[interest.person], nature = interest.nature, date = interest.declared }
  end
  report:section(t("Gemelde belangen", "Declared interests"))
  if #rows == 0 then
    report:text(t("Er is geen belang bij deze inzender gemeld.", "No interest in this submitter was declared."))
    return
  end
  report:table {
    caption = t("Wie een belang meldde, beoordeelt deze inzending niet", "Who declared an interest does not assess"),
    columns = {
      { name = "who", title = t("Wie", "Who") },
      { name = "nature", title = t("Belang", "Interest") },
      { name = "date", title = t("Gemeld", "Declared"), type = "date" },
    },
    rows = rows,
  }
end

-- What the run made of this submission's solution, for each demand of the call. What was erased since, or a dossier as
-- of an earlier day, can't be explained: that is said.
local function explained(report, ctx, run, submission, call, names, used)
  for _, demand in ipairs(call and submission.solution and call.demands or {}) do
    local ok, problem = pcall(why.write, report, {
      run = run, demand = demand, solution = submission.solution, title = names[submission.solution],
    }, used, ctx)
    if not ok then
      problem = tostring(problem):gsub("^.-polder%.explain: ", "")
      report:text(ctx.say("De berekening kan hier niet worden uitgelegd: ", "The run can't be explained here: "),
        report:said(problem, "en"), ".")
    end
  end
end

local function decided(report, t, ctx, submission, decisions, call, names)
  local used = why.sources()
  local states = data.titles(words.decision_states, ctx.lang)
  report:section(t("Het besluit", "The decision"))
  for _, decision in ipairs(decisions) do
    local won = data.has(decision.awarded, submission.id)
    report:text(
      report:strong(decision.title), " (", states[decision.status] or "?", "), ", report:date(decision.date), ": ",
      won and t("deze inzending is gekozen. ", "this submission was chosen. ")
        or t("deze inzending is niet gekozen. ", "this submission was not chosen. "),
      decision.by and t("Genomen door ", "Taken by ") .. names[decision.by] .. ". " or "", decision.reason
    )
    if decision.run then
      report:text(t("Steunt op berekening ", "Rests on run "), decision.run, ".")
      explained(report, ctx, decision.run, submission, call, names, used)
    end
  end
  if #decisions == 0 then report:text(t("Er is nog geen besluit.", "There is no decision yet.")) end
  why.list(report, used, ctx, 2)
end

-- Until the closing time nobody reads what was sent in. It is the host's clock that counts, not the day of the report;
-- a time that is not in UTC is closed when its day is over everywhere.
local function sealed(call, now)
  if not call or not call.deadline then return false end
  if call.deadline:sub(-1) == "Z" then return now < call.deadline end
  return now:sub(1, 10) <= call.deadline:sub(1, 10)
end

polder.report {
  name = "dossier",
  title = { nl = "Dossier van een inzending", en = "Dossier of a submission" },
  args = {
    { name = "submission", type = "record", kind = "submission", required = true,
      title = { nl = "Inzending", en = "Submission" } },
  },
  write = function(report, args, ctx)
    local t, submission = ctx.say, polder.get(args.submission)
    if not submission then error("there is no " .. args.submission .. ": `polder query submission` lists them", 0) end
    local call, names = polder.get(submission.call), data.names("organisation", "person", "solution")
    if sealed(call, ctx.now) then error("this submission is sealed until " .. call.deadline, 0) end
    local criteria = found("criterion", "call", submission.call)
    local assessments = found("assessment", "submission", submission.id, "made")
    local interests = declared(submission)
    local fits = counted(assessments, interests, submission)
    table.sort(criteria, function(a, b)
      return a.weight > b.weight
    end)
    report:title(submission.title, t("Dossier van een inzending", "Dossier of a submission"))
    if submission.fictitious then
      report:note(t("Dit dossier is verzonnen, alleen als voorbeeld.", "This dossier is made up, as an example only."))
    end
    report:numbers {
      { title = t("score van 100", "score out of 100"), value = score(criteria, fits), decimals = 1 },
      { title = t("beoordelingen", "assessments"), value = #fits },
      { title = t("prijs", "price"), value = submission.price, type = "money", decimals = 0 },
    }
    local decisions = found("decision", "call", submission.call, "date")
    local list = steps.read(submission, assessments, decisions)
    facts(report, t, ctx, submission, call, names)
    steps.seal(report, t, submission, list)
    report:section(t("Beoordeling", "Assessment"))
    spread(report, t, criteria, fits)
    judged(report, t, criteria, assessments, fits, names)
    told(report, t, interests, names)
    decided(report, t, ctx, submission, decisions, call, names)
    steps.table(report, t, list)
  end,
}
