-- Zuid-Holland: digital and physical security together. Basis: the security cluster of The Hague (Security Delta),
-- in which firms, government and knowledge institutes work on safety and on digital security (README.md).
local polder = require "polder"

local FIELDS <const> = {
  { nl = "digitale veiligheid", themes = { "cyber" },
    technologies = { "digital_security", "cryptography", "network_monitoring" } },
  { nl = "fysieke veiligheid", themes = { "safety", "situational_awareness", "critical_infrastructure" },
    technologies = { "sensors", "radar", "computer_vision" } },
}

local function holds(list, terms)
  for _, term in ipairs(terms) do
    if list[term] then return true end
  end
  return false
end

local function stands_in(field, record)
  return holds(record.themes, field.themes) or holds(record.technologies, field.technologies)
end

polder.rule {
  name = "security",
  title = { nl = "Digitale en fysieke veiligheid", en = "Digital and physical security" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies", "themes" }, demand = { "technologies", "themes" } },
  score = function(solution, demand)
    local asked, offered, met = 0, 0, {}
    for _, field in ipairs(FIELDS) do
      local wanted, given = stands_in(field, demand), stands_in(field, solution)
      if wanted then asked = asked + 1 end
      if given then offered = offered + 1 end
      if wanted and given then met[#met + 1] = field.nl end
    end
    if asked == 0 then return nil, "de vraag gaat niet over veiligheid" end
    if #met == 0 then return 0, "draagt niet bij aan de gevraagde veiligheid" end
    local reason = "draagt bij aan " .. table.concat(met, " en ")
    if #met < asked then return 5, reason end
    if offered == #FIELDS then return 10, reason .. (asked == 1 and ", en verbindt die met de andere" or "") end
    return 8, reason
  end,
}
