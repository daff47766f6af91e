-- Noord-Brabant: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function offers(technologies, asked)
  return { solution = { technologies = technologies }, demand = { technologies = asked } }
end

test.outcomes("hightech", {
  { "a system of two fields", offers({ "sensors", "communications", "medical" }, { "sensors" }), 10,
    "sensoren, communicatie" },
  { "one field", offers({ "robotics" }, { "quantum" }), 7, "robotica" },
  { "no high tech", offers({ "medical" }, { "radar" }), 0 },
  { "another demand", offers({ "radar" }, { "medical" }), nil, "niet over hightech" },
})

local SUPPLY <const> = { themes = { "logistics" } }

local function keeps(technologies, demand, themes)
  return { solution = { technologies = technologies, themes = themes }, demand = demand }
end

test.outcomes("upkeep", {
  { "makes and foresees", keeps({ "manufacturing", "sensors" }, SUPPLY), 10, "ziet gebreken aankomen" },
  { "makes", keeps({ "additive_manufacturing" }, SUPPLY), 8, "maakt of herstelt" },
  { "supplies", keeps({ "energy" }, SUPPLY, { "logistics" }), 6, "bevoorrading" },
  { "foresees", keeps({ "artificial_intelligence" }, SUPPLY), 4, "maakt zelf geen onderdelen" },
  { "does neither", keeps({ "medical" }, SUPPLY), 0, "draagt niet bij" },
  { "a demand for making asks for it too", keeps({ "robotics" }, { technologies = { "manufacturing" } }), 8 },
  { "another demand", keeps({ "robotics" }, { themes = { "cyber" } }), nil },
})

local function firm(civil, military, founded, employees, settings)
  return {
    solution = { civil_use = civil, military_use = military, founded = founded, employees = employees },
    settings = settings, today = "2026-11-24",
  }
end

test.outcomes("civil", {
  { "young, its military use described", firm("oogst", "verkenning", 2019, 12), 10, "beschreven militair gebruik" },
  { "young, not described yet", firm("oogst", nil, 2019, 12), 7, "nog niet beschreven" },
  { "established", firm("oogst", nil, 2010, 12), 4 },
  { "large", firm("oogst", nil, 2020, 250), 4 },
  { "no civil use", firm(nil, "verkenning", 2020, 12), 0 },
  { "not young by the setting", firm("oogst", nil, 2019, 12, { young_years = 5 }), 4 },
  { "size not known", firm("oogst", nil, 2019), nil },
  { "year not known", firm("oogst", nil, nil, 3), nil },
})

local function from(region)
  return { solution = { region = region } }
end

test.outcomes("nearby", {
  { "home", from "NL41", 10, "Noord%-Brabant" }, { "home, a smaller region", from "NL414", 10, "Noord%-Brabant" },
  { "a neighbour", from "NL421", 6, "Limburg" }, { "another neighbour", from "NL22", 6, "Gelderland" },
  { "over the border", from "BE21", 6, "Antwerpen" }, { "elsewhere", from "NL11", 2, "rest van Nederland" },
  { "abroad", from "DEA2", 0, "buiten" }, { "not known", from(), nil },
})
