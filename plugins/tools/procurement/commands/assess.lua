-- `polder procurement assess` and `ranking`: points with reasons, and what they come to.
local polder = require "polder"
local data = require "commands.data"
local law = require "law"
local ranking = require "ranking"
local written = require "commands.written"

-- The assessment that was given before, which this one changes; else an id that is free.
local function place(args)
  local before = law.given_before(args, data.query("assessment", "submission", args.submission))
  if before then return before end
  local id = "assessment/" .. data.slug(args.submission, args.criterion:match "([^-/]+)$", args.assessor)
  local free, n = id, 1
  while polder.get(free) do n, free = n + 1, ("%s-%d"):format(id, n + 1) end
  return free
end

polder.command {
  name = "assess",
  title = { nl = "Geef punten voor één criterium", en = "Give points for one criterion" },
  help = {
    nl = "Wie al punten gaf verandert die zo, met een nieuwe motivering, zolang er niet besloten is.",
    en = "Who gave points before changes them so, with a new reason, until it is decided.",
  },
  example = "polder procurement assess demo-kadekrab demo-havenwacht-prijs demo-innovatie-havenwacht 8 'Laagste prijs'",
  args = {
    data.SUBMISSION,
    {
      name = "criterion", type = "record", kind = "criterion", required = true,
      title = { nl = "Criterium", en = "Criterion" },
    },
    {
      name = "assessor", type = "record", kind = "person", required = true,
      title = { nl = "Beoordelaar", en = "Assessor" },
    },
    { name = "points", type = "number", minimum = 0, required = true, title = { nl = "Punten", en = "Points" } },
    { name = "reason", required = true, title = { nl = "Motivering", en = "Reason" } },
  },
  run = function(args, ctx)
    local t, submission = ctx.say, polder.get(args.submission)
    for _, name in ipairs { "submission", "criterion", "assessor" } do
      if not polder.get(args[name]) then return data.missing(t, args[name]) end
    end
    local id = place(args)
    polder.put(id, {
      submission = args.submission, criterion = args.criterion, assessor = args.assessor, points = args.points,
      reason = args.reason, made = ctx.now, fictitious = submission.fictitious,
    })
    local given = { assessment = id, criterion = args.criterion, points = args.points }
    polder.emit("procurement.assessed", given, args.submission)
    local points = data.count(args.points, t("punt", "point"), t("punten", "points"))
    return { assessment = id, lines = { ("%s: %s"):format(id, points) } }
  end,
}

local function cells(row, t)
  local out = {
    rank = row.rank, id = data.short(row.submission.id), score = row.score,
    organisation = data.name(row.submission.organisation),
    submission = row.submission.id,
    remark = not row.whole and t("niet volledig beoordeeld", "not wholly assessed")
      or row.wide and t("beoordelaars verschillen sterk", "assessors differ widely") or "",
  }
  for n, j in ipairs(row.criteria) do
    local mark = j.wide and "!" or ""
    local mean, deviation = written.number(j.mean or 0, t, 2), written.number(j.deviation or 0, t, 2)
    out["c" .. n] = j.mean and ("%s ±%s%s"):format(mean, deviation, mark) or "-"
  end
  return out
end

polder.command {
  name = "ranking",
  title = {
    nl = "De rangorde, met het verschil tussen beoordelaars", en = "The ranking, with the spread between assessors",
  },
  help = {
    nl = "Voor elk criterium het gemiddelde en de standaardafwijking; een ! waar beoordelaars meer verschillen dan "
      .. "de instelling wide_spread.",
    en = "For each criterion the mean and the standard deviation; a ! where assessors differ by more than the "
      .. "setting wide_spread.",
  },
  example = "polder procurement ranking demo-havenwacht-2026",
  args = { data.CALL },
  run = function(args, ctx)
    local t = ctx.say
    local d, why, code = data.read(args.call, t)
    if not d then return nil, why, code end
    if not law.closed(d.call, ctx.now) then return data.sealed(t, d.call) end
    local made = ranking.make(d, ctx.settings)
    local rows, columns = {}, {
      data.column("rank", "Plaats", "Rank"), data.column("id", "Inzending", "Submission"),
      data.column("score", "Score"),
    }
    for n, criterion in ipairs(d.criteria) do
      columns[#columns + 1] = data.column("c" .. n, ("%s (%.10g)"):format(criterion.title, criterion.weight))
    end
    columns[#columns + 1] = data.column("remark", "Let op", "Mind")
    for n, row in ipairs(made) do rows[n] = cells(row, t) end
    local barred, lines = 0, {}
    for _, row in ipairs(made) do
      for _, j in ipairs(row.criteria) do barred = barred + #j.barred end
    end
    if barred > 0 then
      local one, many = t("beoordeling telt", "assessment does"), t("beoordelingen tellen", "assessments do")
      local reason = t(" niet mee; `dossier` zegt waarom", " not count; `dossier` says why")
      lines[1] = data.count(barred, one, many) .. reason
    end
    if #made == 0 then lines[#lines + 1] = t("er zijn geen inzendingen", "there are no submissions") end
    return { lines = lines, rows = polder.list(rows), columns = columns, ranking = polder.list(ranking.lines(made)) }
  end,
}
