-- Limburg: the production list: what is finished and could be made in numbers. Basis: the
-- settings that `production` asks.
local polder = require "polder"

local function belongs(solution, ctx)
  return solution.trl ~= nil and solution.trl >= ctx.settings.scale_trl
end

-- Those with most people first: who can make numbers.
local function rows_of(ctx)
  local match = polder.match { scorecard = "limburg/limburg", top = 50, today = ctx.today, by = "solution" }
  local rows = {}
  for solution in polder.each { kind = "solution", fields = { "title", "trl", "employees", "certificates" } } do
    if belongs(solution, ctx) then
      local fit = match.solutions[solution.id]
      rows[#rows + 1] = {
        solution = solution.title, trl = solution.trl, people = solution.employees,
        proof = table.concat(solution.certificates or {}, ", "), score = fit and fit.score,
        demand = fit and polder.get(fit.demand).title or ctx.say("voldoet aan geen vraag", "meets no demand"),
      }
    end
  end
  table.sort(rows, function(a, b) return (a.people or 0) > (b.people or 0) end)
  return rows
end

polder.report {
  name = "productielijn",
  title = { nl = "Productielijst", en = "Production list" },
  write = function(report, _, ctx)
    local say, rows = ctx.say, rows_of(ctx)
    report:title(say("Productielijst Limburg", "Production list of Limburg"),
      say("Oplossingen die af zijn, met wat voor opschalen nodig is: mensen en kwaliteitsborging",
        "Finished solutions, with what scaling up takes: people and quality assurance"))
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note(say("Er staan fictieve vragen en oplossingen tussen.", "Some demands and solutions are fictitious."))
    end
    if #rows == 0 then
      report:text(say("Er is nu geen oplossing die af is.", "No solution is finished now."))
      return
    end
    report:numbers { { title = say("oplossingen", "solutions"), value = #rows } }
    report:table {
      caption = say("Elke oplossing, met de vraag waar zij het best bij past",
        "Each solution, with the demand that it fits best"),
      columns = {
        { name = "solution", title = say("Oplossing", "Solution") },
        { name = "trl", title = "TRL", type = "number" },
        { name = "people", title = say("Medewerkers", "Employees"), type = "number" },
        { name = "proof", title = say("Certificaten", "Certificates") },
        { name = "demand", title = say("Past het best bij", "Fits best") },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
