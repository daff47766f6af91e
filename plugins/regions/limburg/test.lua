-- Limburg: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function materials(offered, demand)
  return test.rule("materials", { solution = { technologies = offered }, demand = demand })
end

local ASKED <const> = { technologies = { "smart_materials" } }

test.case("materials and 3D printing get all points, making in general fewer", function()
  for _, case in ipairs { { "smart_materials", 10 }, { "additive_manufacturing", 10 }, { "manufacturing", 6 } } do
    local points, reason = materials({ case[1] }, ASKED)
    test.equal(points, case[2])
    test.match(reason, "campussen")
  end
end)

test.case("a demand about supply asks for materials too", function()
  test.equal((materials({ "additive_manufacturing" }, { themes = { "logistics" } })), 10)
end)

test.case("other techniques get nothing, and materials do not apply to other demands", function()
  local points, reason = materials({ "drones" }, ASKED)
  test.equal(points, 0)
  test.match(reason, "geen nieuwe materialen")
  points, reason = materials({ "smart_materials" }, { technologies = { "digital_security" }, themes = { "cyber" } })
  test.is_nil(points)
  test.match(reason, "niet over materialen")
end)

local function power(solution, demand)
  return test.rule("power", { solution = solution, demand = demand })
end

test.case("the chain that is asked for gets all points, one of two half", function()
  local points, reason = power({ technologies = { "batteries" } }, { themes = { "energy_supply" } })
  test.equal(points, 10)
  test.match(reason, "energie en batterijen")
  points, reason = power({ technologies = { "drones" } }, { technologies = { "energy", "robotics" } })
  test.equal(points, 5)
  test.match(reason, "autonome systemen")
  test.equal((power({ technologies = { "drones", "hydrogen" } }, { technologies = { "energy", "robotics" } })), 10)
end)

test.case("another technique gets nothing, and power does not apply to other demands", function()
  test.equal((power({ technologies = { "sensors" } }, { technologies = { "energy" } })), 0)
  local points, reason = power({ technologies = { "energy" } }, { themes = { "cyber" } })
  test.is_nil(points)
  test.match(reason, "niet over energie")
end)

local function production(solution, settings)
  return test.rule("production", { solution = solution, settings = settings })
end

test.case("finished, of proven quality, by a firm that can grow gets all points", function()
  local points, reason = production { trl = 9, employees = 50, certificates = { "CE", "iso 9001:2015" } }
  test.equal(points, 10)
  test.match(reason, "50 medewerkers en kwaliteit geborgd met iso 9001")
end)

test.case("less proof gets fewer points", function()
  test.equal((production { trl = 8, employees = 49, certificates = { "AQAP 2110" } }), 8)
  test.equal((production { trl = 8, certificates = { "EN 9100" } }), 8)
  local points, reason = production { trl = 8, employees = 500 }
  test.equal(points, 5)
  test.match(reason, "zonder aangetoonde kwaliteit")
end)

test.case("what is not finished gets nothing, what is unknown is not scored", function()
  local points, reason = production { trl = 7, employees = 90, certificates = { "ISO 9001" } }
  test.equal(points, 0)
  test.match(reason, "nog niet toe aan productie")
  test.is_nil((production { employees = 90 }))
end)

test.case("the settings say what is finished and what can grow", function()
  local settings = { scale_trl = 6, scale_employees = 10 }
  test.equal((production({ trl = 6, employees = 10, certificates = { "ISO 9001" } }, settings)), 10)
end)

local function nearby(region, settings)
  return test.rule("nearby", { solution = { region = region }, settings = settings })
end

test.case("nearby counts the Euregion before the rest of the country", function()
  for _, case in ipairs {
    { "NL42", 10, "Limburg" }, { "NL423", 10, "Limburg" }, { "BE22", 7, "Belgisch%-Limburg" },
    { "DEA2", 7, "Keulen" }, { "BE33", 7, "Luik" }, { "NL414", 7, "Noord%-Brabant" },
    { "NL21", 2, "rest van Nederland" }, { "FR10", 0, "buiten" },
  } do
    local points, reason = nearby(case[1])
    test.near(points, case[2], 1e-9)
    test.match(reason, case[3])
  end
  test.is_nil((nearby(nil)))
end)
