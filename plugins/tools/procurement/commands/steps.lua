-- `polder procurement open`, `declare`, `list`: from the publication to the closing time.
local polder = require "polder"
local data = require "commands.data"
local law = require "law"
local written = require "commands.written"

-- Why the call can't be published as it is, with a code; nothing when it can.
local function not_ready(d, sum, t, ctx)
  if (d.call.status or "draft") ~= "draft" then
    return t("%s is al gepubliceerd", "%s is published already"):format(d.call.id), "not_allowed"
  end
  if #d.criteria == 0 then
    return t("de oproep heeft nog geen criteria: polder put criterion/… call=%s title=… weight=100 max=10",
      "the call has no criteria yet: polder put criterion/… call=%s title=… weight=100 max=10"):format(d.call.id)
  end
  if math.abs(sum - 100) > 1e-9 then return t(law.sum(sum)) end
  if #(d.call.assessors or {}) < ctx.settings.least_assessors then
    return t("er zijn minstens %d beoordelaars nodig: polder put %s assessors='[\"person/…\",\"person/…\"]'",
      "at least %d assessors are needed: polder put %s assessors='[\"person/…\",\"person/…\"]'"):format(
      ctx.settings.least_assessors, d.call.id)
  end
  if #(d.call.demands or {}) == 0 then
    return t("de oproep noemt geen vraag, en een besluit kan dan niet: polder put %s demands=demand/…",
      "the call names no demand, and then no decision is possible: polder put %s demands=demand/…"):format(d.call.id)
  end
  for _, field in ipairs { "demands", "assessors" } do
    for _, id in ipairs(d.call[field]) do
      if not polder.get(id) then return t("%s is er niet", "there is no %s"):format(id) end
    end
  end
  if law.closed(d.call, ctx.now) then
    return t("de sluitingstijd is al voorbij: polder put %s deadline=…",
      "the closing time has passed already: polder put %s deadline=…"):format(d.call.id)
  end
end

polder.command {
  name = "open",
  title = { nl = "Publiceer een oproep", en = "Publish a call" },
  help = {
    nl = "De gewichten van de criteria moeten samen 100 zijn. Vanaf nu liggen criteria en gewichten vast.",
    en = "The weights of the criteria must add up to 100. From now on criteria and weights stay.",
  },
  example = "polder procurement open demo-kamp-2027",
  args = { data.CALL },
  run = function(args, ctx)
    local t = ctx.say
    local d, why, code = data.read(args.call, t)
    if not d then return nil, why, code end
    local sum, weights, lines = 0, {}, {}
    for n, criterion in ipairs(d.criteria) do
      sum, weights[criterion.id], lines[n] = sum + criterion.weight, criterion.weight, law.line(criterion)
    end
    why, code = not_ready(d, sum, t, ctx)
    if why then return nil, why, code end
    polder.put(args.call, { status = "open", opens = d.call.opens or ctx.now, weights = polder.list(lines) })
    polder.emit("procurement.opened", { weights = weights, deadline = d.call.deadline }, args.call)
    return {
      lines = { t("%s is open tot %s", "%s is open until %s"):format(d.call.title, written.time(d.call.deadline, t)) },
    }
  end,
}

-- How many assessments that were given do not count any more.
local function fallen(d, args)
  local count = 0
  for _, a in ipairs(d.assessments) do
    local submission = polder.get(a.submission)
    if a.assessor == args.person and (not args.organisation or submission.organisation == args.organisation) then
      count = count + 1
    end
  end
  return count
end

polder.command {
  name = "declare",
  title = { nl = "Meld een belang van een beoordelaar", en = "Declare an assessor's interest" },
  help = {
    nl = "Wie een belang meldt beoordeelt die inzender niet meer, of zonder inzender niemand van de oproep. Wat die "
      .. "al gaf telt niet mee in de rangorde.",
    en = "Who declares an interest does not assess that submitter any more, or nobody of the call. What they gave "
      .. "before does not count.",
  },
  example = "polder procurement declare demo-havenwacht-2026 demo-accountmanager-zeeland demo-zilte-echo nature=lid",
  args = {
    data.CALL,
    {
      name = "person", type = "record", kind = "person", required = true,
      title = { nl = "Beoordelaar", en = "Assessor" },
    },
    {
      name = "organisation", type = "record", kind = "organisation", title = { nl = "Belang bij", en = "Interest in" },
    },
    { name = "nature", title = { nl = "Aard van het belang", en = "Nature of the interest" } },
  },
  run = function(args, ctx)
    local t = ctx.say
    local d, why, code = data.read(args.call, t)
    if not d then return nil, why, code end
    for _, name in ipairs { "person", "organisation" } do
      if args[name] and not polder.get(args[name]) then return data.missing(t, args[name]) end
    end
    local id = "interest/" .. data.slug(args.call, args.person, args.organisation or "alle")
    polder.put(id, {
      person = args.person, organisation = args.organisation, call = args.call, nature = args.nature,
      declared = ctx.now:sub(1, 10),
      fictitious = d.call.fictitious,
    })
    polder.emit("procurement.declared", { interest = id }, args.call)
    local who, count = data.name(args.person), fallen(d, args)
    local lines = {
      args.organisation
        and t("%s beoordeelt %s niet", "%s does not assess %s"):format(who, data.name(args.organisation))
        or t("%s beoordeelt niemand van deze oproep", "%s assesses nobody of this call"):format(who),
    }
    if count > 0 then
      lines[2] = t("let op: ", "mind: ") .. data.count(count, t("eerdere beoordeling telt", "earlier assessment does"),
        t("eerdere beoordelingen tellen", "earlier assessments do")) .. t(" niet meer mee", " not count any more")
    end
    return { interest = id, lines = lines }
  end,
}

local function seal_of(s, t)
  if not s.seal then return t("geen", "none") end
  return s.envelope and t("geopend", "opened") or t("nog dicht", "still shut")
end

polder.command {
  name = "list",
  title = { nl = "De inzendingen van een oproep", en = "The submissions of a call" },
  example = "polder procurement list demo-havenwacht-2026",
  args = { data.CALL },
  run = function(args, ctx)
    local t = ctx.say
    local d, why, code = data.read(args.call, t)
    if not d then return nil, why, code end
    local count = data.count(#d.submissions, t("inzending", "submission"), t("inzendingen", "submissions"))
    if not law.closed(d.call, ctx.now) then
      local line = t("%s, verzegeld tot %s", "%s, sealed until %s"):format(count, written.time(d.call.deadline, t))
      return { sealed = true, count = #d.submissions, lines = { line } }
    end
    local rows = {}
    for n, s in ipairs(d.submissions) do
      rows[n] = {
        id = s.id, organisation = data.name(s.organisation), title = s.title, price = s.price and s.price.amount,
        submitted = written.time(s.submitted, t), status = data.state(s.status, t), seal = seal_of(s, t),
        submission = data.short(s.id),
      }
    end
    return {
      sealed = false, count = #rows, rows = polder.list(rows), lines = { count },
      columns = {
        data.column("submission", "Inzending", "Submission"), data.column("organisation", "Inzender", "Submitted by"),
        data.column("price", "Prijs (EUR)", "Price (EUR)"), data.column("submitted", "Ingezonden", "Submitted"),
        data.column("status", "Stand", "Status"), data.column("seal", "Zegel", "Seal"),
      },
    }
  end,
}
