-- Zuid-Holland: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local DRONES <const> = { technologies = { "drones" } }

local function trial(solution, demand, settings)
  return test.rule("trial", { solution = solution, demand = demand or DRONES, settings = settings })
end

test.case("an uncrewed system ripe for the test field gets all points", function()
  for _, trl in ipairs { 5, 6, 7 } do
    local points, reason = trial { technologies = { "drones" }, trl = trl }
    test.equal(points, 10)
    test.match(reason, "rijp voor het testveld")
  end
end)

test.case("before and after the test field it gets less", function()
  local points, reason = trial { technologies = { "uncrewed_vessels" }, trl = 4 }
  test.equal(points, 3)
  test.match(reason, "nog te vroeg")
  points, reason = trial { technologies = { "robotics" }, trl = 8 }
  test.equal(points, 8)
  test.match(reason, "al beproefd")
end)

test.case("the setting says when it is ripe", function()
  test.equal((trial({ technologies = { "drones" }, trl = 4 }, DRONES, { trial_trl = 4 })), 10)
end)

test.case("what an uncrewed system carries gets some, other things none", function()
  local points, reason = trial { technologies = { "radar" }, trl = 6 }
  test.equal(points, 4)
  test.match(reason, "meevliegt")
  points, reason = trial { technologies = { "medical" }, trl = 6 }
  test.equal(points, 0)
  test.match(reason, "geen onbemand systeem")
end)

test.case("trial does not apply to other demands, nor to an unknown readiness", function()
  local points, reason = trial({ technologies = { "drones" }, trl = 6 }, { technologies = { "medical" } })
  test.is_nil(points)
  test.match(reason, "niet over iets onbemands")
  points, reason = trial { technologies = { "drones" } }
  test.is_nil(points)
  test.match(reason, "rijpheid niet opgegeven")
end)

local function space(offered, asked)
  return test.rule("space", { solution = { technologies = offered }, demand = { technologies = asked } })
end

test.case("space that was asked for gets all points, space that can help fewer", function()
  local points, reason = space({ "space" }, { "earth_observation" })
  test.equal(points, 10)
  test.match(reason, "vraagt erom")
  points, reason = space({ "satellite_communications" }, { "communications" })
  test.equal(points, 7)
  test.match(reason, "ruimtedata")
end)

test.case("no space gets nothing, and space does not apply to demands far from it", function()
  test.equal((space({ "drones" }, { "positioning" })), 0)
  local points, reason = space({ "space" }, { "medical" })
  test.is_nil(points)
  test.match(reason, "raakt geen ruimtevaart")
end)

local function security(solution, demand)
  return test.rule("security", { solution = solution, demand = demand })
end

local CYBER <const>, PHYSICAL <const> = { themes = { "cyber" } }, { themes = { "critical_infrastructure" } }

test.case("a solution that joins both sorts of security gets all points", function()
  local both = { technologies = { "digital_security", "sensors" } }
  local points, reason = security(both, CYBER)
  test.equal(points, 10)
  test.match(reason, "digitale veiligheid, en verbindt die met de andere")
  points, reason = security(both, { themes = { "cyber", "safety" } })
  test.equal(points, 10)
  test.match(reason, "digitale veiligheid en fysieke veiligheid$")
end)

test.case("the sort that was asked for alone gets most, half of what was asked for half", function()
  test.equal((security({ technologies = { "cryptography" } }, CYBER)), 8)
  test.equal((security({ technologies = { "radar" } }, PHYSICAL)), 8)
  test.equal((security({ technologies = { "cryptography" } }, { themes = { "cyber", "safety" } })), 5)
end)

test.case("the other sort gets nothing, and security does not apply to other demands", function()
  test.equal((security({ technologies = { "cryptography" } }, PHYSICAL)), 0)
  test.is_nil((security({ technologies = { "cryptography" } }, { themes = { "health" } })))
end)

local function nearby(region, settings)
  return test.rule("nearby", { solution = { region = region }, settings = settings })
end

test.case("nearby falls from home to neighbour to elsewhere to abroad", function()
  for _, case in ipairs {
    { "NL36", 10, "Zuid%-Holland" }, { "NL362", 10, "Zuid%-Holland" }, { "NL350", 6, "Utrecht" },
    { "NL341", 6, "Zeeland" }, { "NL11", 2, "rest van Nederland" }, { "BE23", 0, "buiten" },
  } do
    local points, reason = nearby(case[1])
    test.near(points, case[2], 1e-9)
    test.match(reason, case[3])
  end
  test.is_nil((nearby(nil)))
end)
