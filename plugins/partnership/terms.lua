-- Terms for technologies and themes. Basis: the fields and themes that the article of 23 February 2026 names,
-- and common names for the rest. A term is part of its parent. Each technology is also a record (data/seed.jsonl).
local terms = {}

terms.technologies = {
  { name = "artificial_intelligence", nl = "kunstmatige intelligentie", en = "artificial intelligence" },
  { name = "computer_vision", nl = "beeldherkenning", en = "computer vision", parent = "artificial_intelligence" },
  { name = "language_technology", nl = "taaltechnologie", en = "language technology", parent = "artificial_intelligence" },
  { name = "decision_support", nl = "besluitondersteuning", en = "decision support", parent = "artificial_intelligence" },
  { name = "uncrewed_systems", nl = "onbemande systemen", en = "uncrewed systems" },
  { name = "drones", nl = "drones", en = "drones", parent = "uncrewed_systems" },
  { name = "uncrewed_vessels", nl = "onbemande vaartuigen", en = "uncrewed vessels", parent = "uncrewed_systems" },
  { name = "robotics", nl = "robotica", en = "robotics" },
  { name = "digital_security", nl = "digitale veiligheid", en = "digital security" },
  { name = "cryptography", nl = "cryptografie", en = "cryptography", parent = "digital_security" },
  { name = "network_monitoring", nl = "netwerkbewaking", en = "network monitoring", parent = "digital_security" },
  { name = "sensors", nl = "sensoren", en = "sensors" },
  { name = "radar", nl = "radar", en = "radar", parent = "sensors" },
  { name = "sonar", nl = "sonar", en = "sonar", parent = "sensors" },
  { name = "positioning", nl = "plaatsbepaling", en = "positioning" },
  { name = "quantum", nl = "kwantumtechnologie", en = "quantum technology" },
  { name = "space", nl = "ruimtevaart", en = "space" },
  { name = "earth_observation", nl = "aardobservatie", en = "earth observation", parent = "space" },
  { name = "smart_materials", nl = "slimme materialen", en = "smart materials" },
  { name = "manufacturing", nl = "maakindustrie", en = "manufacturing" },
  { name = "additive_manufacturing", nl = "3D-printen", en = "additive manufacturing", parent = "manufacturing" },
  { name = "maritime", nl = "maritieme techniek", en = "maritime technology" },
  { name = "energy", nl = "energie", en = "energy" },
  { name = "batteries", nl = "batterijen", en = "batteries", parent = "energy" },
  { name = "hydrogen", nl = "waterstof", en = "hydrogen", parent = "energy" },
  { name = "simulation", nl = "simulatie", en = "simulation" },
  { name = "virtual_reality", nl = "virtuele werkelijkheid", en = "virtual reality", parent = "simulation" },
  { name = "logistics", nl = "logistiek", en = "logistics" },
  { name = "communications", nl = "communicatie", en = "communications" },
  { name = "satellite_communications", nl = "satellietcommunicatie", en = "satellite communications", parent = "communications" },
  { name = "medical", nl = "medische techniek", en = "medical technology" },
}

terms.themes = {
  { name = "safety", nl = "veiligheid", en = "safety" },
  { name = "situational_awareness", nl = "omgevingsbeeld", en = "situational awareness", parent = "safety" },
  { name = "critical_infrastructure", nl = "vitale infrastructuur", en = "critical infrastructure", parent = "safety" },
  { name = "maritime", nl = "maritiem", en = "maritime" },
  { name = "logistics", nl = "logistiek", en = "logistics" },
  { name = "human_technology_interaction", nl = "mens en technologie", en = "human-technology interaction" },
  { name = "training", nl = "opleiding en training", en = "training", parent = "human_technology_interaction" },
  { name = "health", nl = "gezondheid", en = "health", parent = "human_technology_interaction" },
  { name = "sustainable_digital_society", nl = "duurzame digitale samenleving", en = "sustainable digital society" },
  { name = "cyber", nl = "digitale weerbaarheid", en = "cyber resilience", parent = "sustainable_digital_society" },
  { name = "energy_supply", nl = "energievoorziening", en = "energy supply", parent = "sustainable_digital_society" },
}

terms.organisation_types = {
  { name = "ministry", nl = "ministerie", en = "ministry" },
  { name = "province", nl = "provincie", en = "province" },
  { name = "rom", nl = "regionale ontwikkelingsmaatschappij", en = "regional development company" },
  { name = "network", nl = "samenwerkingsverband", en = "network" },
  { name = "defence_unit", nl = "defensieonderdeel", en = "defence unit" },
  { name = "knowledge_institute", nl = "kennisinstelling", en = "knowledge institute" },
  { name = "start_up", nl = "start-up", en = "start-up" },
  { name = "scale_up", nl = "scale-up", en = "scale-up" },
  { name = "sme", nl = "mkb-bedrijf", en = "SME" },
  { name = "company", nl = "bedrijf", en = "company" },
}

-- The wider term of each narrower one, by name.
function terms.parents(list)
  local parents = {}
  for _, term in ipairs(list) do
    parents[term.name] = term.parent
  end
  return parents
end

-- Dutch titles by name, for reasons.
function terms.titles(list)
  local titles = {}
  for _, term in ipairs(list) do
    titles[term.name] = term.nl
  end
  return titles
end

return terms
