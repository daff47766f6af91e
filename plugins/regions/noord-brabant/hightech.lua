-- Noord-Brabant: high-tech systems. Basis: the letter of intent of 2023 is to use the technological strength of the
-- Brainport region; its example is communication by light on vehicles (README.md). The points are illustrative.
local polder = require "polder"

local HIGH_TECH <const> = {
  { term = "sensors", nl = "sensoren" },
  { term = "radar", nl = "radar" },
  { term = "sonar", nl = "sonar" },
  { term = "quantum", nl = "kwantumtechnologie" },
  { term = "communications", nl = "communicatie" },
  { term = "satellite_communications", nl = "satellietcommunicatie" },
  { term = "robotics", nl = "robotica" },
  { term = "computer_vision", nl = "beeldherkenning" },
}
local FULL <const> = 2 -- fields together in one solution that make a system of it

polder.rule {
  name = "hightech",
  title = { nl = "Hightech systemen", en = "High-tech systems" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies" }, demand = { "technologies" } },
  score = function(solution, demand)
    local asked, offered, names = false, 0, {}
    for _, field in ipairs(HIGH_TECH) do
      asked = asked or demand.technologies[field.term] == true
      if solution.technologies[field.term] then
        offered = offered + 1
        names[#names + 1] = field.nl
      end
    end
    if not asked then return nil, "de vraag gaat niet over hightech systemen" end
    if offered == 0 then return 0, "geen hightech systeem" end
    local reason = "hightech: " .. table.concat(names, ", ")
    if offered >= FULL then return 10, reason end
    return 7, reason
  end,
}
