-- Noord-Brabant: keeping equipment in service. Basis: the air force works with firms of the region on the upkeep of
-- its F-35s, and Brabant metalworkers make parts of drones and aircraft (README.md). The points are illustrative.
local polder = require "polder"

local MAKES <const> = { "manufacturing", "additive_manufacturing", "robotics" } -- parts and repair
local WATCHES <const> = { "sensors", "artificial_intelligence", "decision_support", "simulation" } -- foresees

local function first_of(technologies, terms)
  for _, term in ipairs(terms) do
    if technologies[term] then return term end
  end
  return nil
end

polder.rule {
  name = "upkeep",
  title = { nl = "Instandhouding", en = "Upkeep" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies", "themes" }, demand = { "technologies", "themes" } },
  score = function(solution, demand)
    if not demand.themes.logistics and not first_of(demand.technologies, MAKES) then
      return nil, "de vraag gaat niet over instandhouding of bevoorrading"
    end
    local makes, watches = first_of(solution.technologies, MAKES), first_of(solution.technologies, WATCHES)
    if makes and watches then return 10, "maakt of herstelt onderdelen en ziet gebreken aankomen" end
    if makes then return 8, "maakt of herstelt onderdelen" end
    if solution.themes.logistics then return 6, "bedoeld voor bevoorrading" end
    if watches then return 4, "kan gebreken zien aankomen, maakt zelf geen onderdelen" end
    return 0, "draagt niet bij aan instandhouding"
  end,
}
