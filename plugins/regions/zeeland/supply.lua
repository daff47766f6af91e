-- Zeeland: solutions that keep goods and power coming. Basis: the ports' transhipment, wind at sea and the
-- energy industry along the Western Scheldt make logistics and energy public strengths of the province.
local polder = require "polder"

local CHAINS <const> = {
  { nl = "logistiek", theme = "logistics", terms = { "logistics" } },
  { nl = "energie", theme = "energy_supply", terms = { "energy", "batteries", "hydrogen" } },
}

local function belongs(chain, record)
  if record.themes[chain.theme] then return true end
  for _, term in ipairs(chain.terms) do
    if record.technologies[term] then return true end
  end
  return false
end

polder.rule {
  name = "supply",
  title = { nl = "Aanvoer en energie", en = "Supply and energy" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies", "themes" }, demand = { "technologies", "themes" } },
  score = function(solution, demand)
    local asked, met, missed = 0, {}, {}
    for _, chain in ipairs(CHAINS) do
      if belongs(chain, demand) then
        asked = asked + 1
        local list = belongs(chain, solution) and met or missed
        list[#list + 1] = chain.nl
      end
    end
    if asked == 0 then return nil, "de vraag gaat niet over logistiek of energie" end
    if #met == 0 then return 0, "draagt niet bij aan " .. table.concat(missed, " en ") end
    return 10 * #met / asked, "draagt bij aan " .. table.concat(met, " en ")
  end,
}
