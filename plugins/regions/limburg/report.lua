-- Limburg: the production list: what is finished and could be made in numbers. Basis: the
-- settings that `production` asks.
local polder = require "polder"

-- Of each solution the demand that it fits best.
local function best_of(ctx, scorecard)
  local best = {}
  for _, matched in ipairs(polder.match({ scorecard = scorecard, top = 50, today = ctx.today }).demands) do
    for _, ranked in ipairs(matched.ranked) do
      local known = best[ranked.solution]
      if not known or ranked.score > known.score then
        best[ranked.solution] = { score = ranked.score, demand = matched.demand }
      end
    end
  end
  return best
end

local function belongs(solution, ctx)
  return solution.trl ~= nil and solution.trl >= ctx.settings.scale_trl
end

polder.report {
  name = "productielijn",
  lang = "nl",
  title = { nl = "Productielijst", en = "Production list" },
  write = function(report, _, ctx)
    report:title(
      "Productielijst",
      "Oplossingen die af zijn, met wat voor opschalen nodig is: mensen en kwaliteitsborging"
    )
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note("Er staan fictieve vragen en oplossingen tussen.")
    end
    local best, rows = best_of(ctx, "limburg/limburg"), {}
    for _, solution in ipairs(polder.query { kind = "solution", limit = 10000 }) do
      if belongs(solution, ctx) then
        local fit = best[solution.id]
        rows[#rows + 1] = {
          solution = solution.title, trl = solution.trl, people = solution.employees,
          proof = table.concat(solution.certificates or {}, ", "),
          demand = fit and polder.get(fit.demand).title or "-", score = fit and fit.score,
        }
      end
    end
    if #rows == 0 then
      report:text("Er is nu geen oplossing die af is.")
      return
    end
    table.sort(rows, function(a, b) return (a.people or 0) > (b.people or 0) end)
    report:numbers { { title = "oplossingen", value = #rows } }
    report:table {
      caption = "Productielijst: elke oplossing met de vraag waar zij het best bij past",
      columns = {
        { name = "solution", title = "Oplossing" },
        { name = "trl", title = "TRL", type = "number" },
        { name = "people", title = "Medewerkers", type = "number" },
        { name = "proof", title = "Certificaten" },
        { name = "demand", title = "Past het best bij" },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
