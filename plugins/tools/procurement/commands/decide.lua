-- `polder procurement decide` and `replay`: a decision names what it rests on, so that anyone can do it again.
local polder = require "polder"
local data = require "commands.data"
local law = require "law"
local ranking = require "ranking"
local times = require "times"

local function has(list, id)
  for _, one in ipairs(list) do
    if one == id then return true end
  end
end

local function may_decide(d, args, rows, ctx)
  if not law.closed(d.call, ctx.now) then return "inzendingen zijn verzegeld tot " .. times.show(d.call.deadline) end
  for _, decision in ipairs(d.decisions) do
    if decision.status == "taken" then return "er is al een besluit: " .. decision.id end
  end
  if #(d.call.demands or {}) == 0 then
    return "de oproep noemt geen vraag, dus is er geen berekening waarop een besluit kan steunen: "
      .. ("polder put %s demands=demand/…"):format(d.call.id)
  end
  local ranked = {}
  for _, row in ipairs(rows) do
    if law.unopened(row.submission) then
      return row.submission.id .. " is nog verzegeld: open haar, of verklaar haar niet ontvankelijk"
    end
    if not row.whole then return row.submission.id .. " is niet volledig beoordeeld" end
    ranked[row.submission.id] = row
  end
  for _, id in ipairs(args.award) do
    if not ranked[id] then return id .. " staat niet in de rangorde" end
  end
  local last = 0
  for _, id in ipairs(args.award) do last = math.max(last, ranked[id].rank) end
  for _, row in ipairs(rows) do
    local passed = row.rank < last and not has(args.award, row.submission.id)
    if passed and not args.reason:find(row.submission.id, 1, true) then
      return ("%s staat hoger en wordt niet gekozen: noem haar in de motivering"):format(row.submission.id)
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
  example = "polder procurement decide proef-2027 award=proef-2027-x by=demo-innovatie-havenwacht reason='De beste.'",
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
    local d, why, code = data.read(args.call)
    if not d then return nil, why, code end
    local rows = ranking.make(d, ctx.settings)
    local problem = may_decide(d, args, rows, ctx)
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
    ctx.print(("%s: %d gekozen, %d afgewezen"):format(id, #args.award, #rejected))
    ctx.print("berekening: " .. run .. " (polder replay " .. run .. ")")
    return { decision = id, run = run }
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
  example = "polder procurement replay proef-2027-1",
  args = {
    {
      name = "decision", type = "record", kind = "decision", required = true,
      title = { nl = "Besluit", en = "Decision" },
    },
  },
  run = function(args, ctx)
    local decision = polder.get(args.decision)
    if not decision then return nil, args.decision .. " is er niet", "not_found" end
    if not decision.call or not decision.ranking then return nil, "dit besluit bewaart geen rangorde" end
    local d, why, code = data.read(decision.call)
    if not d then return nil, why, code end
    local now = ranking.lines(ranking.make(d, ctx.settings))
    for n = 1, math.max(#now, #decision.ranking) do
      if now[n] ~= decision.ranking[n] then
        local was, is = decision.ranking[n] or "", now[n] or ""
        return nil, ("regel %d was \"%s\", en is nu \"%s\""):format(n, was, is), "partial"
      end
    end
    ctx.print("gelijk: " .. data.count(#now, "regel", "regels"))
    if decision.run then
      local problem = law.run(decision.run, polder.run(decision.run), d.call)
      if problem then return nil, problem, "partial" end
      ctx.print("de scores: polder replay " .. decision.run)
    end
    return { same = true, run = decision.run }
  end,
}
