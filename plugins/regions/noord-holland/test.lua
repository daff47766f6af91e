-- Noord-Holland: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function offers(technologies, asked, settings)
  return { solution = { technologies = technologies }, demand = { technologies = asked }, settings = settings }
end

test.outcomes("focus", {
  { "drones asked for", offers({ "sensors", "drones" }, { "drones" }), 10, "speerpunt en de vraag vraagt erom" },
  { "security asked for", offers({ "network_monitoring" }, { "network_monitoring" }), 10, "digitale veiligheid" },
  { "a narrower term counts for its field", offers({ "computer_vision" }, { "artificial_intelligence" }), 10,
    "kunstmatige intelligentie" },
  { "not asked for", offers({ "drones" }, { "medical" }), 2 },
  { "not asked for, by the settings", offers({ "drones" }, {}, { unasked_points = 1 }), 1, "vraagt er niet om" },
  { "outside the fields", offers({ "hydrogen" }, { "hydrogen" }), 0, "buiten" },
  { "no technologies", offers(nil, { "drones" }), nil, "geen technologieën" },
})

local function firm(employees, founded, settings)
  return { solution = { employees = employees, founded = founded }, settings = settings, today = "2026-11-24" }
end

test.outcomes("ecosystem", {
  { "a young small firm", firm(12, 2023), 10, "start%-up: 12 medewerkers, opgericht in 2023" },
  { "a young firm of 50", firm(50, 2019), 9 },
  { "a young firm of 249", firm(249, 2016), 9 },
  { "not young any more", firm(12, 2015), 5, "gevestigd mkb" },
  { "young by the settings", firm(12, 2015, { young_years = 20 }), 10 },
  { "a large firm", firm(250, 2024), 2, "groot bedrijf" },
  { "size not known", firm(nil, 2020), nil },
  { "year not known", firm(10, nil), nil, "niet opgegeven" },
})

local function from(region, settings)
  return { solution = { region = region }, settings = settings }
end

local OWN <const> = { neighbour_points = 8, elsewhere_points = 1 }

test.outcomes("proximity", {
  { "home", from "NL32", 10, "Noord%-Holland zelf" },
  { "home, a smaller region", from "NL32B", 10, "Noord%-Holland zelf" },
  { "a neighbour", from "NL350", 6, "buurprovincie Utrecht" },
  { "elsewhere", from "NL34", 2, "elders in Nederland" },
  { "abroad", from "BE23", 0, "buiten Nederland" },
  { "a neighbour by the settings", from("NL23", OWN), 8 },
  { "elsewhere by the settings", from("NL42", OWN), 1 },
  { "not known", from(), nil, "niet opgegeven" },
})

local function proves(certificates, themes, technologies)
  return { solution = { certificates = certificates }, demand = { themes = themes, technologies = technologies } }
end

test.outcomes("security-proof", {
  { "the best scheme counts, whatever its spelling", proves({ "CE", "NEN 7510", "iso/iec 27001:2022" }, { "cyber" }), 8,
    "27001" },
  { "ABDO", proves({ "ABDO" }, { "cyber" }), 10 },
  { "Common Criteria", proves({ "Common Criteria EAL4" }, nil, { "cryptography" }), 10 },
  { "IEC 62443", proves({ "IEC 62443" }, nil, { "network_monitoring" }), 8 },
  { "NEN 7510", proves({ "NEN 7510" }, nil, { "digital_security" }), 6 },
  { "no scheme", proves({ "CE" }, { "cyber" }), 0, "geen certificaat" },
  { "no certificates", proves(nil, { "cyber" }), 0 },
  { "another demand", proves({ "ISO 27001" }, { "health" }, { "medical" }), nil, "niet over digitale veiligheid" },
})
