-- Limburg: every rule and every outcome. Basis: README.md.
local test = require "polder.test"

local function offers(technologies, demand)
  return { solution = { technologies = technologies }, demand = demand }
end

local ASKED <const> = { technologies = { "smart_materials" } }
local OTHER <const> = { technologies = { "digital_security" }, themes = { "cyber" } }

test.outcomes("materials", {
  { "new materials", offers({ "smart_materials" }, ASKED), 10, "campussen" },
  { "3D printing", offers({ "additive_manufacturing" }, ASKED), 10, "campussen" },
  { "making in general", offers({ "manufacturing" }, ASKED), 6, "campussen" },
  { "a demand about supply asks for it too", offers({ "additive_manufacturing" }, { themes = { "logistics" } }), 10 },
  { "other techniques", offers({ "drones" }, ASKED), 0, "geen nieuwe materialen" },
  { "another demand", offers({ "smart_materials" }, OTHER), nil, "niet over materialen" },
})

local BOTH <const> = { technologies = { "energy", "robotics" } }

test.outcomes("power", {
  { "the chain that is asked for", offers({ "batteries" }, { themes = { "energy_supply" } }), 10,
    "energie en batterijen" },
  { "one of two gets half", offers({ "drones" }, BOTH), 5, "autonome systemen" },
  { "both of two", offers({ "drones", "hydrogen" }, BOTH), 10 },
  { "another technique", offers({ "sensors" }, { technologies = { "energy" } }), 0 },
  { "another demand", offers({ "energy" }, { themes = { "cyber" } }), nil, "niet over energie" },
})

local function makes(trl, employees, certificates, settings)
  return { solution = { trl = trl, employees = employees, certificates = certificates }, settings = settings }
end

test.outcomes("production", {
  { "finished, proven, can grow", makes(9, 50, { "CE", "iso 9001:2015" }), 10,
    "50 medewerkers en kwaliteit geborgd met iso 9001" },
  { "a smaller firm", makes(8, 49, { "AQAP 2110" }), 8 },
  { "size not known", makes(8, nil, { "EN 9100" }), 8 },
  { "quality not proven", makes(8, 500), 5, "zonder aangetoonde kwaliteit" },
  { "not finished", makes(7, 90, { "ISO 9001" }), 0, "nog niet toe aan productie" },
  { "readiness not known", makes(nil, 90), nil },
  { "by the settings", makes(6, 10, { "ISO 9001" }, { scale_trl = 6, scale_employees = 10 }), 10 },
})

local function from(region)
  return { solution = { region = region } }
end

test.outcomes("nearby", {
  { "home", from "NL42", 10, "Limburg" }, { "home, a smaller region", from "NL423", 10, "Limburg" },
  { "the Belgian side", from "BE22", 7, "Belgisch%-Limburg" }, { "the German side", from "DEA2", 7, "Keulen" },
  { "the Walloon side", from "BE33", 7, "Luik" }, { "a Dutch neighbour", from "NL414", 7, "Noord%-Brabant" },
  { "elsewhere", from "NL21", 2, "rest van Nederland" }, { "abroad", from "FR10", 0, "buiten" },
  { "not known", from(), nil },
})
