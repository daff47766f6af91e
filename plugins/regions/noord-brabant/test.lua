-- Noord-Brabant: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function hightech(offered, asked)
  return test.rule("hightech", { solution = { technologies = offered }, demand = { technologies = asked } })
end

test.case("a system of two fields gets all points, one field fewer", function()
  local points, reason = hightech({ "sensors", "communications", "medical" }, { "sensors" })
  test.equal(points, 10)
  test.match(reason, "sensoren, communicatie")
  points, reason = hightech({ "robotics" }, { "quantum" })
  test.equal(points, 7)
  test.match(reason, "robotica")
end)

test.case("no high tech gets nothing, and hightech does not apply to other demands", function()
  test.equal((hightech({ "medical" }, { "radar" })), 0)
  local points, reason = hightech({ "radar" }, { "medical" })
  test.is_nil(points)
  test.match(reason, "niet over hightech")
end)

local function upkeep(solution, demand)
  return test.rule("upkeep", { solution = solution, demand = demand or { themes = { "logistics" } } })
end

test.case("who makes and foresees gets all points, and less for less", function()
  for _, case in ipairs {
    { { technologies = { "manufacturing", "sensors" } }, 10, "ziet gebreken aankomen" },
    { { technologies = { "additive_manufacturing" } }, 8, "maakt of herstelt" },
    { { technologies = { "energy" }, themes = { "logistics" } }, 6, "bevoorrading" },
    { { technologies = { "artificial_intelligence" } }, 4, "maakt zelf geen onderdelen" },
    { { technologies = { "medical" } }, 0, "draagt niet bij" },
  } do
    local points, reason = upkeep(case[1])
    test.equal(points, case[2])
    test.match(reason, case[3])
  end
end)

test.case("a demand for making asks for upkeep too, others don't", function()
  test.equal((upkeep({ technologies = { "robotics" } }, { technologies = { "manufacturing" } })), 8)
  test.is_nil((upkeep({ technologies = { "robotics" } }, { themes = { "cyber" } })))
end)

local function civil(solution, settings)
  return test.rule("civil", { solution = solution, settings = settings, today = "2026-11-24" })
end

local YOUNG <const> = { civil_use = "oogst", founded = 2019, employees = 12 }

test.case("young civil technology with a military use described gets all points", function()
  local points, reason = civil { civil_use = "oogst", military_use = "verkenning", founded = 2019, employees = 12 }
  test.equal(points, 10)
  test.match(reason, "beschreven militair gebruik")
  points, reason = civil(YOUNG)
  test.equal(points, 7)
  test.match(reason, "nog niet beschreven")
end)

test.case("established or large firms get fewer, no civil use none", function()
  test.equal((civil { civil_use = "oogst", founded = 2010, employees = 12 }), 4)
  test.equal((civil { civil_use = "oogst", founded = 2020, employees = 250 }), 4)
  test.equal((civil { military_use = "verkenning", founded = 2020, employees = 12 }), 0)
end)

test.case("the setting says until when a firm is young; unknown is not scored", function()
  test.equal((civil(YOUNG, { young_years = 5 })), 4)
  test.is_nil((civil { civil_use = "oogst", founded = 2019 }))
  test.is_nil((civil { civil_use = "oogst", employees = 3 }))
end)

local function nearby(region, settings)
  return test.rule("nearby", { solution = { region = region }, settings = settings })
end

test.case("nearby counts Flemish neighbours as neighbours", function()
  for _, case in ipairs {
    { "NL41", 10, "Noord%-Brabant" }, { "NL414", 10, "Noord%-Brabant" }, { "NL421", 6, "Limburg" },
    { "BE21", 6, "Antwerpen" },
    { "NL22", 6, "Gelderland" }, { "NL11", 2, "rest van Nederland" }, { "DEA2", 0, "buiten" },
  } do
    local points, reason = nearby(case[1])
    test.near(points, case[2], 1e-9)
    test.match(reason, case[3])
  end
  test.is_nil((nearby(nil)))
end)
