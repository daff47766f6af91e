-- Midden-Nederland: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function society(offered, asked)
  return test.rule("society", { solution = { themes = offered }, demand = { themes = asked } })
end

test.case("the themes that are asked for get points by their share", function()
  local points, reason = society({ "cyber" }, { "energy_supply" })
  test.equal(points, 10)
  test.match(reason, "duurzame digitale samenleving")
  points, reason = society({ "training" }, { "health", "safety" })
  test.equal(points, 5)
  test.match(reason, "mens en technologie")
end)

test.case("other themes get nothing, and society does not apply to other demands", function()
  test.equal((society({ "maritime" }, { "safety" })), 0)
  local points, reason = society({ "safety" }, { "maritime" })
  test.is_nil(points)
  test.match(reason, "geen van de drie thema")
end)

local function network(people, founded, settings)
  return test.rule("network", {
    solution = { employees = people, founded = founded }, settings = settings, today = "2026-11-24",
  })
end

test.case("start-ups and scale-ups get most, large firms least", function()
  for _, case in ipairs {
    { 5, 2022, 10, "start%-up" }, { 80, 2018, 10, "scale%-up" }, { 60, 1999, 8, "mkb" }, { 60, nil, 8, "mkb" },
    { 4, 1999, 6, "zeer klein" }, { 250, 2020, 1, "groot bedrijf" },
  } do
    local points, reason = network(case[1], case[2])
    test.equal(points, case[3])
    test.match(reason, case[4])
  end
end)

test.case("the setting says until when a firm is young; unknown is not scored", function()
  test.equal((network(20, 2012, { young_years = 20 })), 10)
  test.is_nil((network(nil, 2020)))
end)

local function play(solution, demand)
  return test.rule("play", { solution = solution, demand = demand or { themes = { "health" } } })
end

test.case("AI and games together get all points, and less for less", function()
  for _, case in ipairs {
    { { technologies = { "decision_support", "virtual_reality" } }, 10, "in één oplossing" },
    { { technologies = { "simulation" } }, 8, "gaming of simulatie" },
    { { technologies = { "computer_vision" } }, 6, "AI voor zorg" },
    { { technologies = { "medical" } }, 4, "zonder AI of gaming" },
    { { technologies = { "drones" } }, 0, "niet bedoeld" },
  } do
    local points, reason = play(case[1])
    test.equal(points, case[2])
    test.match(reason, case[3])
  end
end)

test.case("play applies to training and medical demands, not to others", function()
  test.equal((play({ technologies = { "simulation" } }, { themes = { "training" } })), 8)
  test.equal((play({ technologies = { "simulation" } }, { technologies = { "medical" } })), 8)
  test.is_nil((play({ technologies = { "simulation" } }, { themes = { "maritime" } })))
end)

local function nearby(region, settings)
  return test.rule("nearby", { solution = { region = region }, settings = settings })
end

test.case("nearby falls from home to neighbour to elsewhere to abroad", function()
  for _, case in ipairs {
    { "NL35", 10, "Utrecht" }, { "NL350", 10, "Utrecht" }, { "NL225", 6, "Gelderland" },
    { "NL32B", 6, "Noord%-Holland" }, { "NL363", 6, "Zuid%-Holland" },
    { "NL42", 2, "rest van Nederland" }, { "DEA1", 0, "buiten" },
  } do
    local points, reason = nearby(case[1])
    test.near(points, case[2], 1e-9)
    test.match(reason, case[3])
  end
  test.is_nil((nearby(nil)))
end)
