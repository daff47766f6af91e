-- Zuid-Holland: uncrewed systems that can be tried out in the region. Basis: Unmanned Valley on the former naval
-- air base Valkenburg is a field lab for drones and sensors with a test field of 500 by 500 metres (README.md).
local polder = require "polder"

local UNCREWED <const> = { "uncrewed_systems", "drones", "uncrewed_vessels", "robotics" }
local CARRIED <const> = { "sensors", "radar", "computer_vision", "positioning" } -- what such a system carries
local PROVEN_TRL <const> = 8 -- from here on there is nothing left to try out

local function names_one(technologies, terms)
  for _, term in ipairs(terms) do
    if technologies[term] then return true end
  end
  return false
end

polder.rule {
  name = "trial",
  title = { nl = "Te beproeven op Unmanned Valley", en = "Can be tried out at Unmanned Valley" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies", "trl" }, demand = { "technologies" } },
  score = function(solution, demand, ctx)
    if not names_one(demand.technologies, UNCREWED) then return nil, "de vraag gaat niet over iets onbemands" end
    local trl, least = solution.trl, ctx.settings.trial_trl
    if not names_one(solution.technologies, UNCREWED) then
      if names_one(solution.technologies, CARRIED) then return 4, "niet onbemand, wel techniek die meevliegt" end
      return 0, "geen onbemand systeem"
    end
    if not trl then return nil, "rijpheid niet opgegeven" end
    if trl < least then return 3, ("onbemand systeem, met TRL %.0f nog te vroeg voor het testveld"):format(trl) end
    if trl < PROVEN_TRL then return 10, ("onbemand systeem, met TRL %.0f rijp voor het testveld"):format(trl) end
    return 8, ("onbemand systeem, met TRL %.0f al beproefd"):format(trl)
  end,
}
