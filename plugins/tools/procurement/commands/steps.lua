-- `polder procurement open`, `submit`, `declare`, `list`: from the publication to the closing time.
local polder = require "polder"
local data = require "commands.data"
local law = require "law"
local times = require "times"

polder.command {
  name = "open",
  title = { nl = "Publiceer een oproep", en = "Publish a call" },
  help = {
    nl = "De gewichten van de criteria moeten samen 100 zijn. Vanaf nu liggen criteria en gewichten vast.",
    en = "The weights of the criteria must add up to 100. From now on criteria and weights stay.",
  },
  example = "polder procurement open proef-2027",
  args = { data.CALL },
  run = function(args, ctx)
    local d, why, code = data.read(args.call)
    if not d then return nil, why, code end
    local sum, weights = 0, {}
    for _, criterion in ipairs(d.criteria) do
      sum, weights[criterion.id] = sum + criterion.weight, criterion.weight
    end
    if (d.call.status or "draft") ~= "draft" then return nil, "de oproep is al gepubliceerd", "not_allowed" end
    if math.abs(sum - 100) > 1e-9 then return nil, ("de gewichten zijn samen %.10g, niet 100"):format(sum) end
    if #(d.call.assessors or {}) < ctx.settings.least_assessors then
      return nil, ("er zijn minstens %d beoordelaars nodig"):format(ctx.settings.least_assessors)
    end
    if law.closed(d.call, ctx.now) then return nil, "de sluitingstijd is al voorbij" end
    polder.put(args.call, { status = "open", opens = d.call.opens or ctx.now })
    polder.emit("procurement.opened", { weights = weights, deadline = d.call.deadline }, args.call)
    ctx.print(("%s is open tot %s"):format(d.call.title, times.show(d.call.deadline)))
  end,
}

polder.command {
  name = "submit",
  title = { nl = "Neem een inzending aan", en = "Take in a submission" },
  help = {
    nl = "Verzegeld tot de sluitingstijd: tot dan toont geen opdracht meer dan hoeveel er zijn.",
    en = "Sealed until the closing time: until then no command shows more than how many there are.",
  },
  example = "polder procurement submit proef-2027 demo-zilte-echo title='Sonar' solution=sluiswachter price=310000",
  args = {
    data.CALL,
    {
      name = "organisation", type = "record", kind = "organisation", required = true,
      title = { nl = "Inzender", en = "Submitted by" },
    },
    { name = "title", required = true, title = { nl = "Titel", en = "Title" } },
    { name = "summary", title = { nl = "Samenvatting", en = "Summary" } },
    { name = "solution", type = "record", kind = "solution", title = { nl = "Oplossing", en = "Solution" } },
    { name = "price", type = "number", minimum = 0, title = { nl = "Prijs in euro", en = "Price in euros" } },
  },
  run = function(args, ctx)
    local d, why, code = data.read(args.call)
    if not d then return nil, why, code end
    if (d.call.status or "draft") ~= "open" then return nil, "de oproep is niet open", "not_allowed" end
    local id = "submission/" .. data.slug(args.call, args.organisation)
    polder.put(id, {
      title = args.title, call = args.call, organisation = args.organisation, summary = args.summary,
      solution = args.solution,
      price = args.price and { amount = args.price, currency = "EUR" }, submitted = ctx.now, status = "submitted",
      fictitious = d.call.fictitious,
    })
    polder.emit("procurement.submitted", { submission = id }, args.call)
    ctx.print(("%s is ontvangen op %s"):format(id, times.show(ctx.now)))
    return { submission = id }
  end,
}

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
    local d, why, code = data.read(args.call)
    if not d then return nil, why, code end
    local id = "interest/" .. data.slug(args.call, args.person, args.organisation or "alle")
    polder.put(id, {
      person = args.person, organisation = args.organisation, call = args.call, nature = args.nature,
      declared = ctx.now:sub(1, 10),
      fictitious = d.call.fictitious,
    })
    polder.emit("procurement.declared", { interest = id }, args.call)
    local count = 0
    for _, a in ipairs(d.assessments) do
      local submission = polder.get(a.submission)
      if a.assessor == args.person and (not args.organisation or submission.organisation == args.organisation) then
        count = count + 1
      end
    end
    if count > 0 then ctx.print(("let op: %d eerdere beoordelingen tellen niet meer mee"):format(count)) end
  end,
}

polder.command {
  name = "list",
  title = { nl = "De inzendingen van een oproep", en = "The submissions of a call" },
  example = "polder procurement list demo-havenwacht-2026",
  args = { data.CALL },
  run = function(args, ctx)
    local d, why, code = data.read(args.call)
    if not d then return nil, why, code end
    if not law.closed(d.call, ctx.now) then
      ctx.print(("%d inzendingen, verzegeld tot %s"):format(#d.submissions, times.show(d.call.deadline)))
      return { sealed = true, count = #d.submissions }
    end
    local rows = {}
    for n, s in ipairs(d.submissions) do
      rows[n] = {
        id = s.id, organisation = data.name(s.organisation), title = s.title, price = s.price,
        submitted = times.show(s.submitted),
        status = s.status,
      }
    end
    return {
      sealed = false, count = #rows, rows = polder.list(rows),
      columns = {
        data.column("organisation", "Inzender", "Submitted by"), data.column("title", "Titel", "Title"),
        data.column("price", "Prijs", "Price"), data.column("submitted", "Ingezonden", "Submitted"),
        data.column("status", "Stand", "Status"),
      },
    }
  end,
}
