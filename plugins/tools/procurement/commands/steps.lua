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
    local sum, weights, lines = 0, {}, {}
    for n, criterion in ipairs(d.criteria) do
      sum, weights[criterion.id], lines[n] = sum + criterion.weight, criterion.weight, law.line(criterion)
    end
    if (d.call.status or "draft") ~= "draft" then return nil, "de oproep is al gepubliceerd", "not_allowed" end
    if math.abs(sum - 100) > 1e-9 then return nil, ("de gewichten zijn samen %.10g, niet 100"):format(sum) end
    if #(d.call.assessors or {}) < ctx.settings.least_assessors then
      return nil, ("er zijn minstens %d beoordelaars nodig"):format(ctx.settings.least_assessors)
    end
    if #(d.call.demands or {}) == 0 then
      return nil, ("de oproep noemt geen vraag, en een besluit kan dan niet: polder put %s demands=demand/…"):format(
        args.call)
    end
    if law.closed(d.call, ctx.now) then return nil, "de sluitingstijd is al voorbij" end
    polder.put(args.call, { status = "open", opens = d.call.opens or ctx.now, weights = polder.list(lines) })
    polder.emit("procurement.opened", { weights = weights, deadline = d.call.deadline }, args.call)
    ctx.print(("%s is open tot %s"):format(d.call.title, times.show(d.call.deadline)))
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
    if count > 0 then
      local which = data.count(count, "eerdere beoordeling telt", "eerdere beoordelingen tellen")
      ctx.print("let op: " .. which .. " niet meer mee")
    end
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
      ctx.print(("%s, verzegeld tot %s"):format(
        data.count(#d.submissions, "inzending", "inzendingen"), times.show(d.call.deadline)))
      return { sealed = true, count = #d.submissions }
    end
    local rows = {}
    for n, s in ipairs(d.submissions) do
      rows[n] = {
        id = s.id, organisation = data.name(s.organisation), title = s.title, price = s.price,
        submitted = times.show(s.submitted),
        status = s.status, seal = not s.seal and "geen" or s.envelope and "geopend" or "nog dicht",
      }
    end
    return {
      sealed = false, count = #rows, rows = polder.list(rows),
      columns = {
        data.column("organisation", "Inzender", "Submitted by"), data.column("title", "Titel", "Title"),
        data.column("price", "Prijs", "Price"), data.column("submitted", "Ingezonden", "Submitted"),
        data.column("status", "Stand", "Status"), data.column("seal", "Zegel", "Seal"),
      },
    }
  end,
}
