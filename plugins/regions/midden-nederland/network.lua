-- Midden-Nederland: start-ups, scale-ups and SMEs. Basis: the region builds networks in which Defence and these firms
-- meet (article of 23 February 2026, README.md). Sizes follow the EU's definition of an SME.
local polder = require "polder"

local MICRO <const>, SMALL <const>, MEDIUM <const> = 10, 50, 250 -- fewer employees than this

polder.rule {
  name = "network",
  title = { nl = "Ondernemer in het netwerk", en = "Entrepreneur in the network" },
  on = "solution",
  max = 10,
  needs = { solution = { "employees", "founded" } },
  score = function(solution, ctx)
    local people, founded = solution.employees, solution.founded
    if not people then return nil, "aantal medewerkers niet opgegeven" end
    local young = founded and tonumber(ctx.today:sub(1, 4)) - founded <= ctx.settings.young_years
    local size = ("%.0f %s"):format(people, people == 1 and "medewerker" or "medewerkers")
    if people >= MEDIUM then return 1, "groot bedrijf: " .. size end
    if young then return 10, (people < SMALL and "start-up: " or "scale-up: ") .. size end
    if people < MICRO then return 6, "zeer klein bedrijf: " .. size end
    return 8, "mkb-bedrijf: " .. size
  end,
}
