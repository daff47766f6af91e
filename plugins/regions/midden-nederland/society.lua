-- Midden-Nederland: the region's three themes. Basis: the article of 23 February 2026 names safety, human-technology
-- interaction and a sustainable digital society as what its entrepreneurs offer Defence (README.md).
local polder = require "polder"

local THEMES <const> = {
  { nl = "veiligheid", terms = { "safety", "situational_awareness", "critical_infrastructure" } },
  { nl = "mens en technologie", terms = { "human_technology_interaction", "training", "health" } },
  { nl = "duurzame digitale samenleving", terms = { "sustainable_digital_society", "cyber", "energy_supply" } },
}

local function names_one(themes, terms)
  for _, term in ipairs(terms) do
    if themes[term] then return true end
  end
  return false
end

polder.rule {
  name = "society",
  title = { nl = "Maatschappelijk thema", en = "Theme for society" },
  on = "pair",
  max = 10,
  needs = { solution = { "themes" }, demand = { "themes" } },
  score = function(solution, demand)
    local asked, met = 0, {}
    for _, theme in ipairs(THEMES) do
      if names_one(demand.themes, theme.terms) then
        asked = asked + 1
        if names_one(solution.themes, theme.terms) then met[#met + 1] = theme.nl end
      end
    end
    if asked == 0 then return nil, "de vraag raakt geen van de drie thema's van de regio" end
    if #met == 0 then return 0, "draagt niet bij aan een thema van de regio" end
    return 10 * #met / asked, "draagt bij aan " .. table.concat(met, " en ")
  end,
}
