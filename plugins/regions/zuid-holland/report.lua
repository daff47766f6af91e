-- Zuid-Holland: the test field list: what can be tried out at Valkenburg now. Basis: the readiness that `trial` asks.
local polder = require "polder"

local UNCREWED <const> = { uncrewed_systems = true, drones = true, uncrewed_vessels = true, robotics = true }
local PROVINCES <const> = { -- by NUTS 2024
  NL11 = "Groningen", NL12 = "Friesland", NL13 = "Drenthe", NL21 = "Overijssel", NL22 = "Gelderland",
  NL23 = "Flevoland", NL32 = "Noord-Holland", NL34 = "Zeeland", NL35 = "Utrecht", NL36 = "Zuid-Holland",
  NL41 = "Noord-Brabant", NL42 = "Limburg",
}
local PROVEN_TRL <const> = 8 -- from here on there is nothing left to try out

local function belongs(solution, ctx)
  if not solution.trl or solution.trl < ctx.settings.trial_trl or solution.trl >= PROVEN_TRL then return false end
  for _, term in ipairs(solution.technologies or {}) do
    if UNCREWED[term] then return true end
  end
  return false
end

local function rows_of(ctx)
  local match = polder.match { scorecard = "zuid-holland/zuid-holland", top = 50, today = ctx.today, by = "solution" }
  local rows = {}
  for solution in polder.each { kind = "solution", fields = { "title", "trl", "region", "technologies" } } do
    if belongs(solution, ctx) then
      local fit, region = match.solutions[solution.id], solution.region
      rows[#rows + 1] = {
        solution = solution.title, trl = solution.trl, province = region and (PROVINCES[region:sub(1, 4)] or region),
        demand = fit and polder.get(fit.demand).title or ctx.say("voldoet aan geen vraag", "meets no demand"),
        score = fit and fit.score,
      }
    end
  end
  table.sort(rows, function(a, b) return (a.score or -1) > (b.score or -1) end)
  return rows
end

polder.report {
  name = "proefveld",
  title = { nl = "Proefveldlijst", en = "Test field list" },
  write = function(report, _, ctx)
    local say, rows = ctx.say, rows_of(ctx)
    report:title(say("Proefveldlijst Zuid-Holland", "Test field list of Zuid-Holland"),
      say("Onbemande systemen die nu naar het testveld kunnen, en de vraag waarvoor",
        "Uncrewed systems that can go to the test field now, and for which demand"))
    if #polder.query { kind = "solution", where = "fictitious == true", limit = 1 } > 0 then
      report:note(say("Er staan fictieve vragen en oplossingen tussen.", "Some demands and solutions are fictitious."))
    end
    if #rows == 0 then
      report:text(say("Geen onbemand systeem is nu rijp voor het testveld.",
        "No uncrewed system is ripe for the test field now."))
      return
    end
    report:numbers { { title = say("oplossingen", "solutions"), value = #rows } }
    report:table {
      caption = say("Elke oplossing, met de vraag waar zij het best bij past",
        "Each solution, with the demand that it fits best"),
      columns = {
        { name = "solution", title = say("Oplossing", "Solution") },
        { name = "trl", title = "TRL", type = "number" },
        { name = "province", title = say("Provincie", "Province") },
        { name = "demand", title = say("Past het best bij", "Fits best") },
        { name = "score", title = "Score", type = "number", decimals = 1 },
      },
      rows = rows,
    }
  end,
}
