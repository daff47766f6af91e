-- Zeeland: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function port(solution, demand, settings)
  return test.rule("port", { solution = solution, demand = demand, settings = settings })
end

local AT_SEA <const> = { themes = { "maritime" } }

test.case("a maritime solution for a maritime demand gets the bonus", function()
  for _, term in ipairs { "maritime", "uncrewed_vessels", "sonar" } do
    local points, reason = port({ technologies = { term } }, AT_SEA)
    test.equal(points, 10)
    test.match(reason, "maritieme techniek voor een maritieme vraag")
  end
  test.equal((port({ technologies = { "sonar" } }, { technologies = { "sonar" } })), 10)
end)

test.case("the settings set the bonus", function()
  test.equal((port({ technologies = { "maritime" } }, AT_SEA, { port_bonus = 7 })), 7)
end)

test.case("a maritime theme alone gets half", function()
  local points, reason = port({ technologies = { "sensors" }, themes = { "maritime" } }, AT_SEA)
  test.equal(points, 5)
  test.match(reason, "zonder maritieme techniek")
end)

test.case("another solution gets 0 for a maritime demand", function()
  local points, reason = port({ technologies = { "drones" }, themes = { "safety" } }, AT_SEA)
  test.equal(points, 0)
  test.match(reason, "niet bedoeld")
end)

test.case("port does not apply to a demand on land", function()
  local points, reason = port({ technologies = { "maritime" } }, { themes = { "health" } })
  test.is_nil(points)
  test.match(reason, "niet over haven of water")
end)

local function supply(solution, demand)
  return test.rule("supply", { solution = solution, demand = demand })
end

test.case("a solution for each chain that the demand asks for gets all points", function()
  local points, reason = supply({ technologies = { "hydrogen" } }, { themes = { "energy_supply" } })
  test.equal(points, 10)
  test.match(reason, "energie")
  points, reason = supply(
    { technologies = { "batteries" }, themes = { "logistics" } },
    { technologies = { "energy" }, themes = { "logistics" } }
  )
  test.equal(points, 10)
  test.match(reason, "logistiek en energie")
end)

test.case("one of two chains gets half", function()
  local points = supply({ technologies = { "logistics" } }, { themes = { "logistics", "energy_supply" } })
  test.equal(points, 5)
end)

test.case("a solution for neither chain gets 0", function()
  local points, reason = supply({ technologies = { "quantum" } }, { themes = { "logistics" } })
  test.equal(points, 0)
  test.match(reason, "niet bij aan logistiek")
end)

test.case("supply does not apply to other demands", function()
  local points, reason = supply({ technologies = { "energy" } }, { themes = { "cyber" } })
  test.is_nil(points)
  test.match(reason, "niet over logistiek of energie")
end)

local function outdoors(trl, certificates, settings)
  return test.rule("outdoors", { solution = { trl = trl, certificates = certificates }, settings = settings })
end

test.case("tried and approved outdoors gets all points", function()
  local points, reason = outdoors(8, { "CE", "ip67" })
  test.equal(points, 10)
  test.match(reason, "TRL 8.*ip67")
  test.equal((outdoors(7, { "MIL-STD-810H" })), 10)
end)

test.case("approved but not tried gets 6, tried but not approved 4", function()
  test.equal((outdoors(5, { "DNV type approval" })), 6)
  test.equal((outdoors(nil, { "ATEX zone 1" })), 6)
  test.equal((outdoors(9, { "CE" })), 4)
  test.equal((outdoors(7)), 4)
end)

test.case("the settings say from which readiness it was tried", function()
  test.equal((outdoors(6, { "IP68" }, { proven_trl = 6 })), 10)
end)

test.case("neither tried nor approved gets 0", function()
  local points, reason = outdoors(4, { "ISO 27001" })
  test.equal(points, 0)
  test.match(reason, "niet beproefd en niet gekeurd")
end)

test.case("outdoors does not apply when readiness and certificates are unknown", function()
  local points, reason = outdoors(nil, nil)
  test.is_nil(points)
  test.match(reason, "niet opgegeven")
end)

local function delta(region, settings)
  return test.rule("delta", { solution = { region = region }, settings = settings })
end

test.case("the delta knows no border", function()
  for _, case in ipairs {
    { "NL34", 10, "Zeeland zelf" },
    { "NL341", 10, "Zeeland zelf" },
    { "NL366", 7, "Zuid%-Holland" },
    { "BE234", 7, "Oost%-Vlaanderen" },
    { "NL32", 0, "buiten de delta" },
  } do
    local points, reason = delta(case[1])
    test.equal(points, case[2])
    test.match(reason, case[3])
  end
  test.equal((delta("NL41", { delta_points = 3 })), 3)
end)

test.case("delta does not apply to an unknown region", function()
  local points, reason = delta(nil)
  test.is_nil(points)
  test.match(reason, "niet opgegeven")
end)
