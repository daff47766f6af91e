-- Noord-Holland: does a solution stand in the region's three fields? Basis: fields.lua.
local polder = require "polder"
local fields = require "fields"

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
    for _, field in ipairs(fields) do
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
