-- Zeeland: maritime solutions for maritime demands. Basis: Zeeland is a delta with seaports at Vlissingen and
-- Terneuzen.
local polder = require "polder"

local MARITIME <const> = { "maritime", "uncrewed_vessels", "sonar" }

local function has_maritime(technologies)
  for _, term in ipairs(MARITIME) do
    if technologies[term] then return true end
  end
  return false
end

polder.rule {
  name = "port",
  title = { nl = "Haven en delta", en = "Port and delta" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies", "themes" }, demand = { "technologies", "themes" } },
  score = function(solution, demand, ctx)
    if not demand.themes.maritime and not has_maritime(demand.technologies) then
      return nil, "de vraag gaat niet over haven of water"
    end
    local points = ctx.settings.port_bonus
    if has_maritime(solution.technologies) then return points, "maritieme techniek voor een maritieme vraag" end
    if solution.themes.maritime then return points / 2, "bedoeld voor op het water, zonder maritieme techniek" end
    return 0, "niet bedoeld voor haven of water"
  end,
}
