-- Zeeland: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local AT_SEA <const> = { themes = { "maritime" } }

local function offers(technologies, demand, themes)
  return { solution = { technologies = technologies, themes = themes }, demand = demand }
end

test.outcomes("port", {
  { "maritime technology", offers({ "maritime" }, AT_SEA), 10, "maritieme techniek voor een maritieme vraag" },
  { "uncrewed vessels", offers({ "uncrewed_vessels" }, AT_SEA), 10, "maritieme techniek" },
  { "sonar that is asked for", offers({ "sonar" }, { technologies = { "sonar" } }), 10 },
  { "a maritime theme alone gets half", offers({ "sensors" }, AT_SEA, { "maritime" }), 5, "zonder maritieme techniek" },
  { "another solution", offers({ "drones" }, AT_SEA, { "safety" }), 0, "niet bedoeld" },
  { "a demand on land", offers({ "maritime" }, { themes = { "health" } }), nil, "niet over haven of water" },
  { "the settings set the bonus",
    { solution = { technologies = { "maritime" } }, demand = AT_SEA, settings = { port_bonus = 7 } }, 7 },
})

test.outcomes("supply", {
  { "the chain that is asked for", offers({ "hydrogen" }, { themes = { "energy_supply" } }), 10, "energie" },
  { "both chains",
    offers({ "batteries" }, { technologies = { "energy" }, themes = { "logistics" } }, { "logistics" }), 10,
    "logistiek en energie" },
  { "one of two chains gets half", offers({ "logistics" }, { themes = { "logistics", "energy_supply" } }), 5 },
  { "neither chain", offers({ "quantum" }, { themes = { "logistics" } }), 0, "niet bij aan logistiek" },
  { "another demand", offers({ "energy" }, { themes = { "cyber" } }), nil, "niet over logistiek of energie" },
})

local function tried(trl, certificates, settings)
  return { solution = { trl = trl, certificates = certificates }, settings = settings }
end

test.outcomes("outdoors", {
  { "tried and approved", tried(8, { "CE", "ip67" }), 10, "TRL 8.*ip67" },
  { "by a military standard", tried(7, { "MIL-STD-810H" }), 10 },
  { "approved but not tried", tried(5, { "DNV type approval" }), 6 },
  { "approved, readiness unknown", tried(nil, { "ATEX zone 1" }), 6 },
  { "tried but not approved", tried(9, { "CE" }), 4 },
  { "tried, certificates unknown", tried(7), 4 },
  { "the settings say when it was tried", tried(6, { "IP68" }, { proven_trl = 6 }), 10 },
  { "neither", tried(4, { "ISO 27001" }), 0, "niet beproefd en niet gekeurd" },
  { "nothing known", tried(), nil, "niet opgegeven" },
})

local function from(region, settings)
  return { solution = { region = region }, settings = settings }
end

test.outcomes("delta", {
  { "home", from "NL34", 10, "Zeeland zelf" },
  { "home, a smaller region", from "NL341", 10, "Zeeland zelf" },
  { "over the water", from "NL366", 7, "Zuid%-Holland" },
  { "over the border", from "BE234", 7, "Oost%-Vlaanderen" },
  { "elsewhere", from "NL32", 0, "buiten de delta" },
  { "the settings set the points", from("NL41", { delta_points = 3 }), 3 },
  { "not known", from(), nil, "niet opgegeven" },
})
