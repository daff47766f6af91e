-- Zuid-Holland: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function offers(technologies, asked, trl, settings)
  return {
    solution = { technologies = technologies, trl = trl }, demand = { technologies = asked }, settings = settings,
  }
end

local DRONES <const> = { "drones" }

test.outcomes("trial", {
  { "ripe for the test field", offers(DRONES, DRONES, 5), 10, "rijp voor het testveld" },
  { "the last step on it", offers(DRONES, DRONES, 7), 10, "rijp voor het testveld" },
  { "too early", offers({ "uncrewed_vessels" }, DRONES, 4), 3, "nog te vroeg" },
  { "tried already", offers({ "robotics" }, DRONES, 8), 8, "al beproefd" },
  { "ripe by the setting", offers(DRONES, DRONES, 4, { trial_trl = 4 }), 10 },
  { "what an uncrewed system carries", offers({ "radar" }, DRONES, 6), 4, "meevliegt" },
  { "other things", offers({ "medical" }, DRONES, 6), 0, "geen onbemand systeem" },
  { "another demand", offers(DRONES, { "medical" }, 6), nil, "niet over iets onbemands" },
  { "readiness not known", offers(DRONES, DRONES), nil, "rijpheid niet opgegeven" },
})

test.outcomes("space", {
  { "asked for", offers({ "space" }, { "earth_observation" }), 10, "vraagt erom" },
  { "can help", offers({ "satellite_communications" }, { "communications" }), 7, "ruimtedata" },
  { "no space", offers(DRONES, { "positioning" }), 0 },
  { "a demand far from it", offers({ "space" }, { "medical" }), nil, "raakt geen ruimtevaart" },
})

local function secures(technologies, ...)
  return { solution = { technologies = technologies }, demand = { themes = { ... } } }
end

local BOTH <const> = { "digital_security", "sensors" }

test.outcomes("security", {
  { "joins both sorts", secures(BOTH, "cyber"), 10, "digitale veiligheid, en verbindt die met de andere" },
  { "both are asked for", secures(BOTH, "cyber", "safety"), 10, "digitale veiligheid en fysieke veiligheid$" },
  { "the digital sort alone", secures({ "cryptography" }, "cyber"), 8 },
  { "the physical sort alone", secures({ "radar" }, "critical_infrastructure"), 8 },
  { "half of what is asked for", secures({ "cryptography" }, "cyber", "safety"), 5 },
  { "the other sort", secures({ "cryptography" }, "critical_infrastructure"), 0 },
  { "another demand", secures({ "cryptography" }, "health"), nil },
})

local function from(region)
  return { solution = { region = region } }
end

test.outcomes("nearby", {
  { "home", from "NL36", 10, "Zuid%-Holland" },
  { "home, a smaller region", from "NL362", 10, "Zuid%-Holland" },
  { "a neighbour", from "NL350", 6, "Utrecht" },
  { "another neighbour", from "NL341", 6, "Zeeland" },
  { "elsewhere", from "NL11", 2, "rest van Nederland" },
  { "abroad", from "BE23", 0, "buiten" },
  { "not known", from(), nil },
})
