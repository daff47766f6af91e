-- Oost-Nederland: the newcomers list: finished civil products of firms that are new to Defence. Basis: what
-- `newcomer` asks.
local polder = require "polder"

local function belongs(solution, ctx)
  local finished = solution.trl ~= nil and solution.trl >= ctx.settings.ripe_trl
  return finished and solution.civil_use ~= nil and solution.military_use == nil
end

local function rows_of(ctx)
  local match = polder.match {
    scorecard = "oost-nederland/oost-nederland", top = 50, today = ctx.today, by = "solution",
  }
  local rows = {}
  local needs = { "title", "trl", "civil_use", "military_use", "employees" }
  for solution in polder.each { kind = "solution", fields = needs } do
    if belongs(solution, ctx) then
      local fit = match.solutions[solution.id]
      rows[#rows + 1] = {
        solution = solution.title, civil = solution.civil_use, people = solution.employees, score = fit and fit.score,
        demand = fit and polder.get(fit.demand).title or ctx.say("voldoet aan geen vraag", "meets no demand"),
      }
    end
  end
  table.sort(rows, function(a, b) return (a.score or -1) > (b.score or -1) end)
  return rows
end

polder.report {
  name = "nieuwkomers",
  title = { nl = "Nieuwkomerslijst", en = "Newcomers list" },
  write = function(report, _, ctx)
    local say, rows = ctx.say, rows_of(ctx)
    report:title(say("Nieuwkomerslijst Oost-Nederland", "Newcomers list of Oost-Nederland"),
      say("Civiele producten die af zijn en waarvan nog geen militair gebruik is beschreven, en waar zij bij passen",
        "Finished civil products of which no military use is described yet, and what they fit"))
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note(say("Er staan fictieve vragen en oplossingen tussen.", "Some demands and solutions are fictitious."))
    end
    if #rows == 0 then
      report:text(say("Er is nu geen civiel product dat af is en waarvan nog geen militair gebruik is beschreven.",
        "There is no finished civil product now of which no military use is described."))
      return
    end
    report:numbers { { title = say("oplossingen", "solutions"), value = #rows } }
    report:table {
      caption = say("Elke oplossing, met de vraag waar zij het best bij past",
        "Each solution, with the demand that it fits best"),
      columns = {
        { name = "solution", title = say("Oplossing", "Solution") },
        { name = "civil", title = say("Nu in gebruik voor", "Now used for") },
        { name = "people", title = say("Medewerkers", "Employees"), type = "number" },
        { name = "demand", title = say("Past het best bij", "Fits best") },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
