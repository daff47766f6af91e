-- Oost-Nederland: makers and sensors. Basis: the region makes a fifth of the national production for security, with
-- Thales in Hengelo and Rheinmetall in Ede and many suppliers of parts, chips among them (README.md).
local polder = require "polder"

local FIELDS <const> = {
  { nl = "radar en sensoren", terms = { "sensors", "radar", "sonar" } },
  { nl = "maakindustrie", terms = { "manufacturing", "additive_manufacturing", "smart_materials" } },
  { nl = "robots en drones", terms = { "robotics", "uncrewed_systems", "drones" } },
}

local function stands_in(field, technologies)
  for _, term in ipairs(field.terms) do
    if technologies[term] then return true end
  end
  return false
end

polder.rule {
  name = "making",
  title = { nl = "Maakindustrie en sensoren", en = "Manufacturing and sensors" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies" }, demand = { "technologies" } },
  score = function(solution, demand)
    local asked, met = 0, {}
    for _, field in ipairs(FIELDS) do
      if stands_in(field, demand.technologies) then
        asked = asked + 1
        if stands_in(field, solution.technologies) then met[#met + 1] = field.nl end
      end
    end
    if asked == 0 then return nil, "de vraag raakt de maakindustrie van de regio niet" end
    if #met == 0 then return 0, "levert geen van de gevraagde maaktechnieken" end
    return 10 * #met / asked, "levert " .. table.concat(met, " en ")
  end,
}
