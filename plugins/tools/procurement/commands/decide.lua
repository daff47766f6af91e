-- `polder procurement decide` and `replay`: a decision names what it rests on, so that anyone can do it again.
local polder = require "polder"
local data = require "commands.data"
local law = require "law"
local ranking = require "ranking"

local has = data.has

local function may_decide(d, args, rows, t)
  for _, decision in ipairs(d.decisions) do
    if decision.status == "taken" then return t("er is al een besluit: ", "there is a decision: ") .. decision.id end
  end
  if #(d.call.demands or {}) == 0 then
    return t("de oproep noemt geen vraag, dus is er geen berekening waarop een besluit kan steunen: ",
      "the call names no demand, so there is no run on which a decision can rest: ")
      .. ("polder put %s demands=demand/…"):format(d.call.id)
  end
  local ranked = {}
  for _, row in ipairs(rows) do
    if law.unopened(row.submission) then
      return t("%s is nog verzegeld: open haar (unseal), of verklaar haar niet ontvankelijk (status=inadmissible)",
        "%s is still sealed: open it (unseal), or declare it inadmissible (status=inadmissible)"):format(
        row.submission.id)
    end
    if not row.whole then
      return t("%s is niet volledig beoordeeld", "%s is not wholly assessed"):format(row.submission.id)
    end
    ranked[row.submission.id] = row
  end
  for _, id in ipairs(args.award) do
    if not ranked[id] then return t("%s staat niet in de rangorde", "%s is not in the ranking"):format(id) end
  end
  local last = 0
  for _, id in ipairs(args.award) do last = math.max(last, ranked[id].rank) end
  for _, row in ipairs(rows) do
    local passed = row.rank < last and not has(args.award, row.submission.id)
    if passed and not args.reason:find(row.submission.id, 1, true) then
      return t("%s staat hoger en wordt niet gekozen: noem haar in de motivering",
        "%s ranks higher and is not chosen: name it in the reason"):format(row.submission.id)
    end
  end
end

-- What a scorecard makes of the demands of the call on the same day: kept as a run, which `polder replay` repeats.
local function run_of(d, args, ctx)
  return polder.match { scorecard = args.scorecard, demands = d.call.demands, top = 100, today = ctx.today }.run
end

polder.command {
  name = "decide",
  title = { nl = "Neem een besluit", en = "Take a decision" },
  help = {
    nl = "Wie lager staat dan een ander kan alleen worden gekozen als de motivering die ander noemt. Het besluit "
      .. "bewaart de rangorde en de berekening waarop het steunt.",
    en = "Who ranks below another can only be chosen when the reason names that other. The decision keeps the "
      .. "ranking and the run that it rests on.",
  },
  example = "polder procurement decide demo-havenwacht-2026 award=demo-sluiswachter by=demo-innovatie-havenwacht "
    .. "reason='De hoogste score.'",
  args = {
    data.CALL,
    { name = "award", type = "record", kind = "submission", many = true, title = { nl = "Gekozen", en = "Chosen" } },
    {
      name = "by", type = "record", kind = "person", required = true, title = { nl = "Genomen door", en = "Taken by" },
    },
    { name = "reason", required = true, title = { nl = "Motivering", en = "Reason" } },
    { name = "scorecard", default = "partnership/national", title = { nl = "Scorekaart", en = "Scorecard" } },
  },
  run = function(args, ctx)
    local t = ctx.say
    local d, why, code = data.read(args.call, t)
    if not d then return nil, why, code end
    if not law.closed(d.call, ctx.now) then return data.sealed(t, d.call) end
    if not polder.get(args.by) then return data.missing(t, args.by) end
    local rows = ranking.make(d, ctx.settings)
    local problem = may_decide(d, args, rows, t)
    if problem then return nil, problem, "not_allowed" end
    local rejected, amount = {}, 0
    for _, row in ipairs(rows) do
      if has(args.award, row.submission.id) then
        amount = amount + (row.submission.price and row.submission.price.amount or 0)
      else
        rejected[#rejected + 1] = row.submission.id
      end
    end
    local id, run = ("decision/%s-%d"):format(data.slug(args.call), #d.decisions + 1), run_of(d, args, ctx)
    polder.put(id, {
      title = "Besluit: " .. d.call.title, call = args.call, awarded = polder.list(args.award),
      rejected = polder.list(rejected),
      date = ctx.now:sub(1, 10), by = args.by, organisation = d.call.owner, reason = args.reason, run = run,
      ranking = polder.list(ranking.lines(rows)), amount = { amount = amount, currency = "EUR" }, status = "taken",
      fictitious = d.call.fictitious,
    })
    polder.put(args.call, { status = "decided" })
    polder.emit("procurement.decided", { decision = id, run = run }, args.call)
    return {
      decision = id, run = run,
      lines = {
        t("%s: %d gekozen, %d afgewezen", "%s: %d chosen, %d rejected"):format(id, #args.award, #rejected),
        t("rust op %s: `polder replay` rekent het na", "rests on %s: `polder replay` computes it again"):format(run),
      },
    }
  end,
}

polder.command {
  name = "replay",
  title = { nl = "Reken een besluit na", en = "Compute a decision again" },
  help = {
    nl = "Maakt de rangorde opnieuw uit de beoordelingen en vergelijkt haar regel voor regel met wat het besluit "
      .. "bewaart.",
    en = "Makes the ranking again from the assessments and compares it line by line with what the decision keeps.",
  },
  example = "polder procurement replay demo-havenwacht-2026-1",
  args = {
    {
      name = "decision", type = "record", kind = "decision", required = true,
      title = { nl = "Besluit", en = "Decision" },
    },
  },
  run = function(args, ctx)
    local t, decision = ctx.say, polder.get(args.decision)
    if not decision then return data.missing(t, args.decision) end
    if not decision.call or not decision.ranking then
      return nil, t("dit besluit bewaart geen rangorde", "this decision keeps no ranking")
    end
    local d, why, code = data.read(decision.call, t)
    if not d then return nil, why, code end
    local now = ranking.lines(ranking.make(d, ctx.settings))
    for n = 1, math.max(#now, #decision.ranking) do
      if now[n] ~= decision.ranking[n] then
        local was, is = decision.ranking[n] or "", now[n] or ""
        local text = t("regel %d was \"%s\", en is nu \"%s\"", "line %d was \"%s\", and is \"%s\" now")
        return nil, text:format(n, was, is), "partial"
      end
    end
    local lines = { t("gelijk: ", "the same: ") .. data.count(#now, t("regel", "line"), t("regels", "lines")) }
    if decision.run then
      local nl, en = law.run(decision.run, polder.run(decision.run), d.call)
      if nl then return nil, t(nl, en), "partial" end
      lines[2] = t("de scores: polder replay ", "the scores: polder replay ") .. decision.run
    end
    return { same = true, run = decision.run, lines = lines }
  end,
}
