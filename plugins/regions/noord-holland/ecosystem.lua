-- Noord-Holland: young growing firms, and firms nearby. Basis: the article of 23 February 2026: the
-- partnership is to open Defence to start-ups and scale-ups of the region's innovation ecosystem. Sizes follow
-- the EU's definition of an SME.
local polder = require "polder"

local SMALL <const>, MEDIUM <const> = 50, 250 -- fewer employees than this
local HOME <const> = "NL32"
local NEIGHBOURS <const> = { NL12 = "Friesland", NL23 = "Flevoland", NL35 = "Utrecht", NL36 = "Zuid-Holland" }

polder.rule {
  name = "ecosystem",
  title = { nl = "Start-up of scale-up", en = "Start-up or scale-up" },
  on = "solution",
  max = 10,
  needs = { solution = { "employees", "founded" } },
  score = function(solution, ctx)
    local people, founded = solution.employees, solution.founded
    if not people or not founded then return nil, "aantal medewerkers of jaar van oprichting niet opgegeven" end
    local age = tonumber(ctx.today:sub(1, 4)) - founded
    local size = ("%.0f %s, opgericht in %.0f"):format(people, people == 1 and "medewerker" or "medewerkers", founded)
    if people >= MEDIUM then return 2, "groot bedrijf: " .. size end
    if age > ctx.settings.young_years then return 5, "gevestigd mkb-bedrijf: " .. size end
    if people >= SMALL then return 9, "scale-up: " .. size end
    return 10, "start-up: " .. size
  end,
}

polder.rule {
  name = "proximity",
  title = { nl = "Nabijheid", en = "Proximity" },
  on = "solution",
  max = 10,
  needs = { solution = { "region" } },
  score = function(solution, ctx)
    local region = solution.region
    if not region then return nil, "regio niet opgegeven" end
    local province = region:sub(1, 4)
    if province == HOME then return 10, "uit Noord-Holland zelf" end
    local neighbour = NEIGHBOURS[province]
    if neighbour then return ctx.settings.neighbour_points, "uit buurprovincie " .. neighbour end
    if region:sub(1, 2) == "NL" then return ctx.settings.elsewhere_points, "van elders in Nederland" end
    return 0, "van buiten Nederland"
  end,
}
