-- `polder procurement dossier`: all there is of one submission, as Markdown. Basis: the principle that who is rejected
-- gets the reasons (Aanbestedingswet 2012, article 2.130).
local polder = require "polder"
local data = require "commands.data"
local log = require "commands.log"
local law = require "law"
local ranking = require "ranking"
local written = require "commands.written"

local function row_of(d, id, settings)
  for _, row in ipairs(ranking.make(d, settings)) do
    if row.submission.id == id then return row end
  end
end

local function safe(text)
  return (tostring(text or ""):gsub("[|\r\n]", " "))
end

local function event_number(events, step, t)
  for n = #events, 1, -1 do
    if events[n].type == "procurement." .. step then
      return t(" (gebeurtenis %d)", " (event %d)"):format(events[n].seq)
    end
  end
  return ""
end

local function seal(out, submission, events, t)
  out[#out + 1] = t("\n## Het zegel\n", "\n## The seal\n")
  if not submission.seal then
    out[#out + 1] = t("Deze inzending kwam zonder zegel binnen.", "This submission came in without a seal.")
    return
  end
  out[#out + 1] = t("- zegel (SHA-256): `%s`", "- seal (SHA-256): `%s`"):format(submission.seal)
  out[#out + 1] = t("- verzegeld ontvangen: %s%s", "- received, sealed: %s%s"):format(
    written.time(submission.submitted, t), event_number(events, "submitted", t))
  if not submission.envelope then
    out[#out + 1] = t("- geopend: nog niet", "- opened: not yet")
    return
  end
  out[#out + 1] = t("- geopend: %s%s", "- opened: %s%s"):format(
    written.time(submission.opened, t), event_number(events, "unsealed", t))
  out[#out + 1] = polder.digest(submission.envelope) == submission.seal
    and t("- de envelop past erop: haar SHA-256 is het zegel", "- the envelope fits it: its SHA-256 is the seal")
    or t("- **de envelop past er niet op**", "- **the envelope does not fit it**")
  out[#out + 1] = t("- de envelop:\n", "- the envelope:\n")
  for line in submission.envelope:gmatch "[^\n]+" do out[#out + 1] = "      " .. line end
end

local function criteria(out, d, row, t)
  for n, j in ipairs(row.criteria) do
    local criterion = d.criteria[n]
    out[#out + 1] = t("\n## %s (gewicht %s, hoogstens %s punten)\n",
      "\n## %s (weight %s, at most %s points)\n"):format(
      criterion.title, written.number(criterion.weight, t), written.number(criterion.max, t))
    if j.mean then
      out[#out + 1] = t("Gemiddeld %s, verschil %s, standaardafwijking %s%s.\n",
        "Mean %s, range %s, standard deviation %s%s.\n"):format(written.number(j.mean, t, 2),
        written.number(j.range, t, 2), written.number(j.deviation, t, 2),
        j.wide and t(" — beoordelaars verschillen sterk", " — assessors differ widely") or "")
    end
    out[#out + 1] = t("| beoordelaar | punten | motivering | gegeven op |", "| assessor | points | reason | given on |")
      .. "\n|---|---:|---|---|"
    for _, a in ipairs(j.assessments) do
      out[#out + 1] = ("| %s | %s | %s | %s |"):format(
        safe(data.name(a.assessor)), written.number(a.points, t), safe(a.reason), written.time(a.made, t))
    end
    for _, one in ipairs(j.barred) do
      out[#out + 1] = t("\n%s telt niet mee: %s.", "\n%s does not count: %s."):format(one.id,
        t(one.reason, one.reason_en))
    end
  end
end

local function decisions(out, d, id, t)
  for _, decision in ipairs(d.decisions) do
    local chosen = data.has(decision.awarded, id)
    out[#out + 1] = t("\n## Besluit %s\n\n%s op %s door %s: **%s**. %s",
      "\n## Decision %s\n\n%s on %s by %s: **%s**. %s"):format(decision.id, data.state(decision.status, t),
      written.date(decision.date, t), data.name(decision.by),
      chosen and t("gekozen", "chosen") or t("niet gekozen", "not chosen"), decision.reason)
    if decision.run then
      out[#out + 1] = t("\nSteunt op berekening `%s`.\n", "\nRests on run `%s`.\n"):format(decision.run)
    end
    for _, line in ipairs(decision.ranking or {}) do out[#out + 1] = ("- `%s`"):format(line) end
  end
end

local function steps(out, events, t)
  out[#out + 1] = t("\n## Elke stap\n\n| gebeurtenis | wanneer | wat | waarvan | punten | door |",
    "\n## Every step\n\n| event | when | what | of what | points | by |") .. "\n|---:|---|---|---|---:|---|"
  for _, event in ipairs(events) do
    local step = log.step(event, t)
    out[#out + 1] = ("| %d | %s | %s | %s | %s | %s |"):format(event.seq, written.time(event.time, t), step.what,
      step.of, step.points and written.number(step.points, t) or "", safe(event.by))
  end
end

local function facts(out, d, submission, t)
  out[#out + 1] = ("# Dossier: %s\n"):format(submission.title)
  out[#out + 1] = t("- inzender: %s\n- oproep: %s (%s)\n- ingezonden: %s, sluiting %s\n- stand: %s",
    "- submitted by: %s\n- call: %s (%s)\n- submitted: %s, closing %s\n- status: %s"):format(
    data.name(submission.organisation), d.call.title, d.call.id, written.time(submission.submitted, t),
    written.time(d.call.deadline, t), data.state(submission.status, t))
  if submission.price then
    out[#out + 1] = t("- prijs: ", "- price: ") .. written.money(submission.price, t)
  end
  if submission.solution then
    out[#out + 1] = t("- oplossing: %s (%s)", "- solution: %s (%s)"):format(
      data.name(submission.solution), submission.solution)
  end
  if submission.summary then out[#out + 1] = "\n" .. submission.summary end
end

local function interests(out, d, submission, t)
  for _, interest in ipairs(d.interests) do
    if law.barred(interest.person, submission, { interest }) then
      out[#out + 1] = t("\n%s meldde op %s een belang (%s).", "\n%s declared an interest on %s (%s)."):format(
        data.name(interest.person), written.date(interest.declared, t), interest.id)
    end
  end
end

polder.command {
  name = "dossier",
  title = { nl = "Alles van één inzending", en = "All there is of one submission" },
  help = {
    nl = "Met het zegel, wanneer het werd ontvangen en geopend, en elke stap als gebeurtenis in het logboek. Als "
      .. "pagina: `polder report dossier`.",
    en = "With the seal, when it was received and opened, and every step as an event in the log. As a page: `polder "
      .. "report dossier`.",
  },
  example = "polder procurement dossier demo-sluiswachter -o dossiers",
  args = { data.SUBMISSION },
  run = function(args, ctx)
    local t, submission = ctx.say, polder.get(args.submission)
    if not submission then return data.missing(t, args.submission) end
    local d, why, code = data.read(submission.call, t)
    if not d then return nil, why, code end
    if not law.closed(d.call, ctx.now) then return data.sealed(t, d.call) end
    local row, events, out = row_of(d, submission.id, ctx.settings), log.read(d, submission), {}
    facts(out, d, submission, t)
    if row then
      out[#out + 1] = t("\nScore %s, plaats %s%s.", "\nScore %s, rank %s%s."):format(
        row.score and written.number(row.score, t, 2) or "-",
        row.rank or t("geen", "none"), row.whole and "" or t(" (niet volledig beoordeeld)", " (not wholly assessed)"))
    end
    seal(out, submission, events, t)
    if row then criteria(out, d, row, t) end
    interests(out, d, submission, t)
    decisions(out, d, submission.id, t)
    steps(out, events, t)
    local text = table.concat(out, "\n") .. "\n"
    ctx.print(text)
    return { files = { ["dossier-" .. submission.id:match "/(.+)":gsub("~", "-"):sub(1, 80) .. ".md"] = text } }
  end,
}
