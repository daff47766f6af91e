-- Zuid-Holland: space, and what is done with its data. Basis: ESTEC and the NL Space Campus in Noordwijk, which
-- is to bring space technology and data to other sectors (README.md). The points are illustrative.
local polder = require "polder"

local SPACE <const> = { "space", "earth_observation", "satellite_communications" }
local USES <const> = { "positioning", "communications", "decision_support" }

local function first_of(technologies, terms)
  for _, term in ipairs(terms) do
    if technologies[term] then return term end
  end
  return nil
end

polder.rule {
  name = "space",
  title = { nl = "Ruimtevaart en ruimtedata", en = "Space and its data" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies" }, demand = { "technologies" } },
  score = function(solution, demand)
    local asked = first_of(demand.technologies, SPACE)
    if not asked and not first_of(demand.technologies, USES) then
      return nil, "de vraag raakt geen ruimtevaart, plaatsbepaling of verbindingen"
    end
    if first_of(solution.technologies, SPACE) then
      if asked then return 10, "ruimtevaart, en de vraag vraagt erom" end
      return 7, "kan met ruimtedata bijdragen aan de vraag"
    end
    return 0, "geen ruimtevaart en geen ruimtedata"
  end,
}
