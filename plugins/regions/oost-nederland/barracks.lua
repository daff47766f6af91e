-- Oost-Nederland: what units can take out at once. Basis: barracks and training grounds on the Veluwe and the
-- logistic corridors through the region (README.md). The points are illustrative.
local polder = require "polder"

local USES <const> = {
  { nl = "oefening en training", themes = { "training" }, technologies = { "simulation", "virtual_reality" } },
  { nl = "vervoer en bevoorrading", themes = { "logistics" }, technologies = { "logistics" } },
  { nl = "energie te velde", themes = { "energy_supply" }, technologies = { "batteries", "hydrogen" } },
}

local function serves(use, record)
  for _, theme in ipairs(use.themes) do
    if record.themes[theme] then return true end
  end
  for _, term in ipairs(use.technologies) do
    if record.technologies[term] then return true end
  end
  return false
end

polder.rule {
  name = "barracks",
  title = { nl = "Bruikbaar op kazerne en oefenterrein", en = "Of use in barracks and training grounds" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies", "themes" }, demand = { "technologies", "themes" } },
  score = function(solution, demand)
    local asked, met = 0, {}
    for _, use in ipairs(USES) do
      if serves(use, demand) then
        asked = asked + 1
        if serves(use, solution) then met[#met + 1] = use.nl end
      end
    end
    if asked == 0 then return nil, "de vraag gaat niet over oefenen, vervoer of energie te velde" end
    if #met == 0 then return 0, "niet bedoeld voor kazerne of oefenterrein" end
    return 10 * #met / asked, "bruikbaar voor " .. table.concat(met, " en ")
  end,
}
