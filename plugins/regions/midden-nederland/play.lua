-- Midden-Nederland: artificial intelligence and serious games, for care and training. Basis: ROM Utrecht Region sees
-- new technology for care that is often made of AI and gaming (README.md). The points are illustrative.
local polder = require "polder"

local INTELLIGENCE <const> = { "artificial_intelligence", "computer_vision", "language_technology", "decision_support" }
local GAMES <const> = { "simulation", "virtual_reality" }

local function names_one(technologies, terms)
  for _, term in ipairs(terms) do
    if technologies[term] then return true end
  end
  return false
end

local function about_people(record)
  return record.themes.health or record.themes.training or record.technologies.medical or false
end

polder.rule {
  name = "play",
  title = { nl = "AI en serious gaming voor zorg en training", en = "AI and serious games for care and training" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies", "themes" }, demand = { "technologies", "themes" } },
  score = function(solution, demand)
    if not about_people(demand) then return nil, "de vraag gaat niet over zorg of training" end
    local thinks, plays = names_one(solution.technologies, INTELLIGENCE), names_one(solution.technologies, GAMES)
    if thinks and plays then return 10, "AI en gaming in één oplossing" end
    if plays then return 8, "gaming of simulatie voor zorg of training" end
    if thinks then return 6, "AI voor zorg of training" end
    if about_people(solution) then return 4, "bedoeld voor zorg of training, zonder AI of gaming" end
    return 0, "niet bedoeld voor zorg of training"
  end,
}
