-- Noord-Holland: the growers list: start-ups and scale-ups in the region's own fields. Basis: what `ecosystem` asks.
local polder = require "polder"

local FIELDS <const> = {
  artificial_intelligence = "kunstmatige intelligentie", computer_vision = "kunstmatige intelligentie",
  language_technology = "kunstmatige intelligentie", decision_support = "kunstmatige intelligentie",
  drones = "drones", digital_security = "digitale veiligheid", cryptography = "digitale veiligheid",
  network_monitoring = "digitale veiligheid",
}

local function field_of(solution)
  for _, term in ipairs(solution.technologies or {}) do
    if FIELDS[term] then return FIELDS[term] end
  end
  return nil
end

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
  local age = solution.founded and tonumber(ctx.today:sub(1, 4)) - solution.founded
  return age ~= nil and age <= ctx.settings.young_years and field_of(solution) ~= nil
end

polder.report {
  name = "groeiers",
  lang = "nl",
  title = { nl = "Groeierslijst", en = "Growers list" },
  write = function(report, _, ctx)
    report:title(
      "Groeierslijst",
      "Jonge bedrijven met kunstmatige intelligentie, drones of digitale veiligheid, en hun beste vraag"
    )
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note("Er staan fictieve vragen en oplossingen tussen.")
    end
    local best, rows = best_of(ctx, "noord-holland/noord-holland"), {}
    for _, solution in ipairs(polder.query { kind = "solution", limit = 10000 }) do
      if belongs(solution, ctx) then
        local fit = best[solution.id]
        rows[#rows + 1] = {
          solution = solution.title, field = field_of(solution), founded = ("%.0f"):format(solution.founded),
          people = solution.employees,
          demand = fit and polder.get(fit.demand).title or "-", score = fit and fit.score,
        }
      end
    end
    if #rows == 0 then
      report:text("Er is nu geen jong bedrijf in een van de speerpunten.")
      return
    end
    table.sort(rows, function(a, b) return (a.score or -1) > (b.score or -1) end)
    report:numbers { { title = "oplossingen", value = #rows } }
    report:table {
      caption = "Groeierslijst: elke oplossing met de vraag waar zij het best bij past",
      columns = {
        { name = "solution", title = "Oplossing" },
        { name = "field", title = "Speerpunt" },
        { name = "founded", title = "Opgericht" },
        { name = "people", title = "Medewerkers", type = "number" },
        { name = "demand", title = "Past het best bij" },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
