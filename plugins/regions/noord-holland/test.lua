-- Noord-Holland: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function focus(offered, asked, settings)
  return test.rule("focus", {
    solution = { technologies = offered },
    demand = { technologies = asked },
    settings = settings,
  })
end

test.case("a focus field that the demand asks for gets all points", function()
  for _, term in ipairs { "drones", "artificial_intelligence", "network_monitoring" } do
    local points, reason = focus({ "sensors", term }, { term })
    test.equal(points, 10)
    test.match(reason, "speerpunt en de vraag vraagt erom")
  end
end)

test.case("a narrower term counts for its focus field", function()
  local points, reason = focus({ "computer_vision" }, { "artificial_intelligence" })
  test.equal(points, 10)
  test.match(reason, "kunstmatige intelligentie")
end)

test.case("a focus field that is not asked for gets the points of the settings", function()
  test.equal((focus({ "drones" }, { "medical" })), 2)
  local points, reason = focus({ "drones" }, {}, { unasked_points = 1 })
  test.equal(points, 1)
  test.match(reason, "drones .*vraagt er niet om")
end)

test.case("a solution outside the focus fields gets 0", function()
  local points, reason = focus({ "hydrogen" }, { "hydrogen" })
  test.equal(points, 0)
  test.match(reason, "buiten")
end)

test.case("focus does not apply to a solution without technologies", function()
  local points, reason = focus(nil, { "drones" })
  test.is_nil(points)
  test.match(reason, "geen technologieën")
end)

local function ecosystem(employees, founded, settings)
  return test.rule("ecosystem", {
    solution = { employees = employees, founded = founded },
    settings = settings,
    today = "2026-11-24",
  })
end

test.case("a young small firm is a start-up", function()
  local points, reason = ecosystem(12, 2023)
  test.equal(points, 10)
  test.match(reason, "start%-up: 12 medewerkers, opgericht in 2023")
end)

test.case("a young firm of 50 to 249 people is a scale-up", function()
  test.equal((ecosystem(50, 2019)), 9)
  test.equal((ecosystem(249, 2016)), 9)
end)

test.case("the settings say until when a firm is young", function()
  local points, reason = ecosystem(12, 2015)
  test.equal(points, 5)
  test.match(reason, "gevestigd mkb")
  test.equal((ecosystem(12, 2015, { young_years = 20 })), 10)
end)

test.case("a large firm gets little", function()
  local points, reason = ecosystem(250, 2024)
  test.equal(points, 2)
  test.match(reason, "groot bedrijf")
end)

test.case("ecosystem does not apply without size or year", function()
  test.is_nil((ecosystem(nil, 2020)))
  local points, reason = ecosystem(10, nil)
  test.is_nil(points)
  test.match(reason, "niet opgegeven")
end)

local function proximity(region, settings)
  return test.rule("proximity", { solution = { region = region }, settings = settings })
end

test.case("proximity falls from home to neighbour to elsewhere to abroad", function()
  for _, case in ipairs {
    { "NL32", 10, "Noord%-Holland zelf" },
    { "NL32B", 10, "Noord%-Holland zelf" },
    { "NL350", 6, "buurprovincie Utrecht" },
    { "NL34", 2, "elders in Nederland" },
    { "BE23", 0, "buiten Nederland" },
  } do
    local points, reason = proximity(case[1])
    test.equal(points, case[2])
    test.match(reason, case[3])
  end
end)

test.case("the settings set the points of neighbours and the rest", function()
  local settings = { neighbour_points = 8, elsewhere_points = 1 }
  test.equal((proximity("NL23", settings)), 8)
  test.equal((proximity("NL42", settings)), 1)
end)

test.case("proximity does not apply to an unknown region", function()
  local points, reason = proximity(nil)
  test.is_nil(points)
  test.match(reason, "niet opgegeven")
end)

local function proof(certificates, themes, technologies)
  return test.rule("security-proof", {
    solution = { certificates = certificates },
    demand = { themes = themes, technologies = technologies },
  })
end

test.case("the best scheme counts, whatever its spelling", function()
  local points, reason = proof({ "CE", "NEN 7510", "iso/iec 27001:2022" }, { "cyber" })
  test.equal(points, 8)
  test.match(reason, "27001")
  test.equal((proof({ "ABDO" }, { "cyber" })), 10)
  test.equal((proof({ "Common Criteria EAL4" }, nil, { "cryptography" })), 10)
  test.equal((proof({ "IEC 62443" }, nil, { "network_monitoring" })), 8)
  test.equal((proof({ "NEN 7510" }, nil, { "digital_security" })), 6)
end)

test.case("no scheme gets 0 when the demand is about digital security", function()
  local points, reason = proof({ "CE" }, { "cyber" })
  test.equal(points, 0)
  test.match(reason, "geen certificaat")
  test.equal((proof(nil, { "cyber" })), 0)
end)

test.case("security-proof does not apply to other demands", function()
  local points, reason = proof({ "ISO 27001" }, { "health" }, { "medical" })
  test.is_nil(points)
  test.match(reason, "niet over digitale veiligheid")
end)
