-- Oost-Nederland: the newcomers list: finished civil products of firms that are new to Defence. Basis: what
-- `newcomer` asks.
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
  local finished = solution.trl ~= nil and solution.trl >= ctx.settings.ripe_trl
  return finished and solution.civil_use ~= nil and solution.military_use == nil
end

polder.report {
  name = "nieuwkomers",
  lang = "nl",
  title = { nl = "Nieuwkomerslijst", en = "Newcomers list" },
  write = function(report, _, ctx)
    report:title(
      "Nieuwkomerslijst",
      "Civiele producten die af zijn en waarvan nog geen militair gebruik is beschreven, en waar zij bij passen"
    )
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note("Er staan fictieve vragen en oplossingen tussen.")
    end
    local best, rows = best_of(ctx, "oost-nederland/oost-nederland"), {}
    for _, solution in ipairs(polder.query { kind = "solution", limit = 10000 }) do
      if belongs(solution, ctx) then
        local fit = best[solution.id]
        rows[#rows + 1] = {
          solution = solution.title, civil = solution.civil_use, people = solution.employees,
          demand = fit and polder.get(fit.demand).title or "-", score = fit and fit.score,
        }
      end
    end
    if #rows == 0 then
      report:text("Er is nu geen civiel product dat af is en waarvan nog geen militair gebruik is beschreven.")
      return
    end
    table.sort(rows, function(a, b) return (a.score or -1) > (b.score or -1) end)
    report:numbers { { title = "oplossingen", value = #rows } }
    report:table {
      caption = "Nieuwkomerslijst: elke oplossing met de vraag waar zij het best bij past",
      columns = {
        { name = "solution", title = "Oplossing" },
        { name = "civil", title = "Nu in gebruik voor" },
        { name = "people", title = "Medewerkers", type = "number" },
        { name = "demand", title = "Past het best bij" },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
