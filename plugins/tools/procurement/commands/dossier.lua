-- `polder procurement dossier`: all there is of one submission, as Markdown. Basis: the principle that who is rejected
-- gets the reasons (Aanbestedingswet 2012, article 2.130).
local polder = require "polder"
local data = require "commands.data"
local law = require "law"
local ranking = require "ranking"
local times = require "times"

local function row_of(d, id, settings)
  for _, row in ipairs(ranking.make(d, settings)) do
    if row.submission.id == id then return row end
  end
end

local function safe(text)
  return (tostring(text or ""):gsub("[|\r\n]", " "))
end

local function criteria(out, d, row)
  for n, j in ipairs(row.criteria) do
    local criterion = d.criteria[n]
    out[#out + 1] = ("\n## %s (gewicht %.10g, hoogstens %.10g punten)\n"):format(
      criterion.title, criterion.weight, criterion.max)
    if j.mean then
      out[#out + 1] = ("Gemiddeld %.2f, verschil %.2f, standaardafwijking %.2f%s.\n"):format(
        j.mean, j.range, j.deviation, j.wide and " — beoordelaars verschillen sterk" or "")
    end
    out[#out + 1] = "| beoordelaar | punten | motivering | gegeven op |\n|---|---:|---|---|"
    for _, a in ipairs(j.assessments) do
      out[#out + 1] = ("| %s | %.10g | %s | %s |"):format(
        safe(data.name(a.assessor)), a.points, safe(a.reason), times.show(a.made))
    end
    for _, one in ipairs(j.barred) do
      out[#out + 1] = ("\n%s telt niet mee: %s."):format(one.id, one.reason)
    end
  end
end

local function decisions(out, d, id)
  for _, decision in ipairs(d.decisions) do
    local chosen = false
    for _, one in ipairs(decision.awarded or {}) do chosen = chosen or one == id end
    out[#out + 1] = ("\n## Besluit %s\n\n%s op %s door %s: **%s**. %s"):format(
      decision.id, decision.status or "", decision.date or "",
      data.name(decision.by), chosen and "gekozen" or "niet gekozen", decision.reason)
    if decision.run then out[#out + 1] = ("\nSteunt op berekening `%s`."):format(decision.run) end
    for _, line in ipairs(decision.ranking or {}) do out[#out + 1] = "- " .. line end
  end
end

polder.command {
  name = "dossier",
  title = { nl = "Alles van één inzending", en = "All there is of one submission" },
  example = "polder procurement dossier demo-sluiswachter -o dossiers",
  args = {
    {
      name = "submission", type = "record", kind = "submission", required = true,
      title = { nl = "Inzending", en = "Submission" },
    },
  },
  run = function(args, ctx)
    local submission = polder.get(args.submission)
    if not submission then return nil, args.submission .. " is er niet", "not_found" end
    local d, why, code = data.read(submission.call)
    if not d then return nil, why, code end
    if not law.closed(d.call, ctx.now) then
      return nil, "inzendingen zijn verzegeld tot " .. times.show(d.call.deadline), "not_allowed"
    end
    local row, out = row_of(d, submission.id, ctx.settings), {}
    out[#out + 1] = ("# Dossier: %s\n"):format(submission.title)
    out[#out + 1] = ("- inzender: %s\n- oproep: %s (%s)\n- ingezonden: %s, sluiting %s\n- stand: %s"):format(
      data.name(submission.organisation), d.call.title, d.call.id, times.show(submission.submitted),
      times.show(d.call.deadline), submission.status or "")
    if submission.seal then
      out[#out + 1] = ("- zegel: `%s`, %s"):format(submission.seal, submission.envelope
        and "geopend op " .. times.show(submission.opened) .. "; de envelop past erop" or "nog niet geopend")
    end
    if submission.price then out[#out + 1] = ("- prijs: EUR %.2f"):format(submission.price.amount) end
    if submission.solution then
      out[#out + 1] = "- oplossing: " .. data.name(submission.solution) .. " (" .. submission.solution .. ")"
    end
    if submission.summary then out[#out + 1] = "\n" .. submission.summary end
    if row then
      out[#out + 1] = ("\nScore %.2f, plaats %s%s."):format(
        row.score, row.rank or "geen", row.whole and "" or " (niet volledig beoordeeld)")
      criteria(out, d, row)
    end
    for _, interest in ipairs(d.interests) do
      if law.barred(interest.person, submission, { interest }) then
        out[#out + 1] = ("\n%s meldde op %s een belang (%s)."):format(
          data.name(interest.person), interest.declared or "", interest.id)
      end
    end
    decisions(out, d, submission.id)
    local text = table.concat(out, "\n") .. "\n"
    ctx.print(text)
    return { files = { ["dossier-" .. submission.id:match "/(.+)":gsub("~", "-"):sub(1, 80) .. ".md"] = text } }
  end,
}
