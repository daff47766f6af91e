-- Limburg: energy, mobility and machines that work by themselves. Basis: LIOF names sustainable mobility, battery
-- and energy systems, drones and autonomous systems as what Defence seeks in the region (README.md).
local polder = require "polder"

local CHAINS <const> = {
  { nl = "energie en batterijen", themes = { "energy_supply" }, technologies = { "energy", "batteries", "hydrogen" } },
  { nl = "autonome systemen", themes = {},
    technologies = { "uncrewed_systems", "drones", "uncrewed_vessels", "robotics" } },
}

local function belongs(chain, record)
  for _, theme in ipairs(chain.themes) do
    if record.themes[theme] then return true end
  end
  for _, term in ipairs(chain.technologies) do
    if record.technologies[term] then return true end
  end
  return false
end

polder.rule {
  name = "power",
  title = { nl = "Energie en autonome systemen", en = "Energy and autonomous systems" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies", "themes" }, demand = { "technologies", "themes" } },
  score = function(solution, demand)
    local asked, met = 0, {}
    for _, chain in ipairs(CHAINS) do
      if belongs(chain, demand) then
        asked = asked + 1
        if belongs(chain, solution) then met[#met + 1] = chain.nl end
      end
    end
    if asked == 0 then return nil, "de vraag gaat niet over energie of autonome systemen" end
    if #met == 0 then return 0, "draagt niet bij aan energie of autonome systemen" end
    return 10 * #met / asked, "draagt bij aan " .. table.concat(met, " en ")
  end,
}
