-- Zuid-Holland: the test field list: what can be tried out at Valkenburg now. Basis: the readiness that `trial` asks.
local polder = require "polder"

local UNCREWED <const> = { uncrewed_systems = true, drones = true, uncrewed_vessels = true, robotics = true }
local PROVINCES <const> = { -- by NUTS 2024
  NL11 = "Groningen", NL12 = "Friesland", NL13 = "Drenthe", NL21 = "Overijssel", NL22 = "Gelderland",
  NL23 = "Flevoland", NL32 = "Noord-Holland", NL34 = "Zeeland", NL35 = "Utrecht", NL36 = "Zuid-Holland",
  NL41 = "Noord-Brabant", NL42 = "Limburg",
}
local PROVEN_TRL <const> = 8 -- from here on there is nothing left to try out

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
  if not solution.trl or solution.trl < ctx.settings.trial_trl or solution.trl >= PROVEN_TRL then return false end
  for _, term in ipairs(solution.technologies or {}) do
    if UNCREWED[term] then return true end
  end
  return false
end

polder.report {
  name = "proefveld",
  lang = "nl",
  title = { nl = "Proefveldlijst", en = "Test field list" },
  write = function(report, _, ctx)
    report:title("Proefveldlijst", "Onbemande systemen die nu naar het testveld kunnen, en de vraag waarvoor")
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note("Er staan fictieve vragen en oplossingen tussen.")
    end
    local best, rows = best_of(ctx, "zuid-holland/zuid-holland"), {}
    for _, solution in ipairs(polder.query { kind = "solution", limit = 10000 }) do
      if belongs(solution, ctx) then
        local fit = best[solution.id]
        rows[#rows + 1] = {
          solution = solution.title, trl = solution.trl,
          province = solution.region and (PROVINCES[solution.region:sub(1, 4)] or solution.region),
          demand = fit and polder.get(fit.demand).title or "-", score = fit and fit.score,
        }
      end
    end
    if #rows == 0 then
      report:text("Geen onbemand systeem is nu rijp voor het testveld.")
      return
    end
    table.sort(rows, function(a, b) return (a.score or -1) > (b.score or -1) end)
    report:numbers { { title = "oplossingen", value = #rows } }
    report:table {
      caption = "Proefveldlijst: elke oplossing met de vraag waar zij het best bij past",
      columns = {
        { name = "solution", title = "Oplossing" },
        { name = "trl", title = "TRL", type = "number" },
        { name = "province", title = "Provincie" },
        { name = "demand", title = "Past het best bij" },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
