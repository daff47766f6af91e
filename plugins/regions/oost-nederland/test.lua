-- Oost-Nederland: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function making(offered, asked)
  return test.rule("making", { solution = { technologies = offered }, demand = { technologies = asked } })
end

test.case("all that is asked of the makers gets all points, one of two half", function()
  local points, reason = making({ "radar", "robotics" }, { "sensors", "drones" })
  test.equal(points, 10)
  test.match(reason, "radar en sensoren en robots en drones")
  points, reason = making({ "smart_materials" }, { "manufacturing", "radar" })
  test.equal(points, 5)
  test.match(reason, "maakindustrie")
end)

test.case("nothing of it gets nothing, and making does not apply to other demands", function()
  test.equal((making({ "medical" }, { "radar" })), 0)
  local points, reason = making({ "radar" }, { "medical" })
  test.is_nil(points)
  test.match(reason, "raakt de maakindustrie")
end)

local function barracks(solution, demand)
  return test.rule("barracks", { solution = solution, demand = demand })
end

test.case("what units use gets points for what is asked", function()
  local points, reason = barracks({ technologies = { "virtual_reality" } }, { themes = { "training" } })
  test.equal(points, 10)
  test.match(reason, "oefening en training")
  points = barracks({ technologies = { "batteries" } }, { themes = { "energy_supply", "logistics" } })
  test.equal(points, 5)
  points, reason = barracks({ themes = { "logistics" } }, { technologies = { "logistics" } })
  test.equal(points, 10)
  test.match(reason, "vervoer en bevoorrading")
end)

test.case("other things get nothing, and barracks do not apply to other demands", function()
  test.equal((barracks({ technologies = { "radar" } }, { themes = { "training" } })), 0)
  local points, reason = barracks({ technologies = { "simulation" } }, { themes = { "cyber" } })
  test.is_nil(points)
  test.match(reason, "niet over oefenen")
end)

local function newcomer(solution, settings)
  return test.rule("newcomer", { solution = solution, settings = settings })
end

test.case("a finished civil product of a firm new to Defence gets all points", function()
  local points, reason = newcomer { civil_use = "koffie", trl = 9, employees = 25 }
  test.equal(points, 10)
  test.match(reason, "nieuw is voor Defensie")
end)

test.case("others get fewer, each for its reason", function()
  for _, case in ipairs {
    { { civil_use = "koffie", trl = 7, employees = 9 }, 8, "zeer klein" },
    { { civil_use = "koffie", trl = 8 }, 8, "onbekende grootte" },
    { { civil_use = "koffie", military_use = "veldkeuken", trl = 8, employees = 25 }, 6, "kent" },
    { { civil_use = "koffie", trl = 6, employees = 25 }, 2, "nog niet af" },
    { { military_use = "veldkeuken", trl = 9, employees = 25 }, 0, "geen civiel gebruik" },
  } do
    local points, reason = newcomer(case[1])
    test.equal(points, case[2])
    test.match(reason, case[3])
  end
end)

test.case("the setting says what is finished; unknown is not scored", function()
  test.equal((newcomer({ civil_use = "koffie", trl = 6, employees = 25 }, { ripe_trl = 6 })), 10)
  test.is_nil((newcomer { civil_use = "koffie", employees = 25 }))
end)

local function nearby(region, settings)
  return test.rule("nearby", { solution = { region = region }, settings = settings })
end

test.case("nearby counts both provinces as home and German neighbours as neighbours", function()
  for _, case in ipairs {
    { "NL21", 10, "Overijssel" }, { "NL226", 10, "Gelderland" }, { "NL230", 6, "Flevoland" }, { "DEA3", 6, "Münster" },
    { "NL350", 6, "Utrecht" }, { "NL34", 2, "rest van Nederland" }, { "BE23", 0, "buiten" },
  } do
    local points, reason = nearby(case[1])
    test.near(points, case[2], 1e-9)
    test.match(reason, case[3])
  end
  test.is_nil((nearby(nil)))
end)
