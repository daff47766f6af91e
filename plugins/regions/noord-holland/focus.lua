-- Noord-Holland: does a solution stand in the region's three fields? Basis: the article of 23 February 2026,
-- which names companies in artificial intelligence, drones and digital security as the region's strength.
local polder = require "polder"

local FIELDS <const> = {
  { nl = "kunstmatige intelligentie",
    terms = { "artificial_intelligence", "computer_vision", "language_technology", "decision_support" } },
  { nl = "drones", terms = { "drones" } },
  { nl = "digitale veiligheid", terms = { "digital_security", "cryptography", "network_monitoring" } },
}

local function stands_in(field, technologies)
  for _, term in ipairs(field.terms) do
    if technologies[term] then return true end
  end
  return false
end

polder.rule {
  name = "focus",
  title = { nl = "Noord-Hollands speerpunt", en = "Noord-Holland focus field" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies" }, demand = { "technologies" } },
  score = function(solution, demand, ctx)
    if #solution.technologies == 0 then return nil, "de oplossing noemt geen technologieën" end
    local unasked
    for _, field in ipairs(FIELDS) do
      if stands_in(field, solution.technologies) then
        if stands_in(field, demand.technologies) then
          return 10, ("%s is een Noord-Hollands speerpunt en de vraag vraagt erom"):format(field.nl)
        end
        unasked = unasked or field
      end
    end
    if not unasked then return 0, "valt buiten de Noord-Hollandse speerpunten" end
    local reason = ("%s is een Noord-Hollands speerpunt, maar de vraag vraagt er niet om"):format(unasked.nl)
    return ctx.settings.unasked_points, reason
  end,
}
