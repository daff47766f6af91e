-- The benchmark's rules: two look at a solution alone, six at a pair. Reasons are fixed texts: with string.format in
-- each of them a measurement of the engine would be one of string.format.
local polder = require "polder"
local min <const>, sqrt <const>, rad <const> = math.min, math.sqrt, math.rad
local sin <const>, cos <const>, asin <const> = math.sin, math.cos, math.asin

polder.rule {
  name = "budget", on = "pair", max = 10,
  needs = { solution = { "price" }, demand = { "budget" } },
  score = function(solution, demand)
    local price, budget = solution.price, demand.budget
    if not price then return nil, "prijs niet opgegeven" end
    if not budget then return nil, "de vraag noemt geen budget" end
    local share = price.amount / budget.amount
    if share <= 0.8 then return 10, "ruim binnen het budget" end
    if share <= 1 then return 10 * (1 + (0.5 - 1) * ((share - 0.8) / (1 - 0.8))), "binnen het budget" end
    if share > 2 then return 0, "ver boven het budget" end
    return 10 * (0.5 + (0 - 0.5) * ((share - 1) / (2 - 1))), "boven het budget"
  end,
}

local function delivery(solution)
  local days = solution.delivery_days
  if not days then return nil, "levertijd niet opgegeven" end
  if days <= 90 then return 10, "levert binnen 90 dagen" end
  return 10 * (90 / days), "levert later dan in 90 dagen"
end

local function dual_use(solution)
  local civil, military = solution.civil_use, solution.military_use
  if not civil and not military then return nil, "gebruik niet beschreven" end
  return 5 * min(1, #(civil or "") / 80) + 5 * min(1, #(military or "") / 80), "zo ver het gebruik beschreven is"
end

-- Twice each: asked of a solution, and for the card `pairs` of every pair.
for on, prefix in pairs { solution = "", pair = "pair-" } do
  polder.rule {
    name = prefix .. "delivery", on = on, max = 10,
    needs = { solution = { "delivery_days" } }, score = delivery,
  }
  polder.rule {
    name = prefix .. "dual-use", on = on, max = 10,
    needs = { solution = { "civil_use", "military_use" } }, score = dual_use,
  }
end

-- The great circle, by the haversine formula.
polder.rule {
  name = "distance", on = "pair", max = 10,
  needs = { solution = { "region", "place" }, demand = { "region", "place" } },
  score = function(solution, demand)
    if solution.region == demand.region then return 10, "in dezelfde regio" end
    local there, home = solution.place, demand.place
    if not there or not home then return nil, "plaats niet opgegeven" end
    local north, east = sin(rad(there.lat - home.lat) / 2), sin(rad(there.lon - home.lon) / 2)
    local chord = sqrt(north * north + cos(rad(there.lat)) * cos(rad(home.lat)) * east * east)
    local km = 2 * 6371.0088 * asin(chord)
    if km <= 25 then return 10, "dichtbij" end
    if km >= 225 then return 0, "ver weg" end
    return 10 * ((225 - km) / 200), "op afstand"
  end,
}

polder.rule {
  name = "technologies", on = "pair", max = 10,
  needs = { solution = { "technologies" }, demand = { "technologies" } },
  score = function(solution, demand)
    local asked, offered = demand.technologies, solution.technologies
    if #asked == 0 or #offered == 0 then return nil, "geen technologieën genoemd" end
    local found = 0
    for _, name in ipairs(asked) do
      if offered[name] then found = found + 1 end
    end
    return 10 * (found / #asked), "het deel van de gevraagde technologieën"
  end,
}

polder.rule {
  name = "text", on = "pair", max = 10,
  needs = { solution = { "description" }, demand = { "description" } },
  score = function(solution, demand, ctx)
    local query, document = demand.description, solution.description
    if not query or not document then return nil, "geen omschrijving" end
    return 10 * min(1, ctx.text(query, document) / 0.3), "zo ver de omschrijvingen overeenkomen"
  end,
}

polder.rule {
  name = "themes", on = "pair", max = 10,
  needs = { solution = { "themes" }, demand = { "themes" } },
  score = function(solution, demand)
    local asked, offered = demand.themes, solution.themes
    if #asked == 0 or #offered == 0 then return nil, "geen thema's genoemd" end
    local both = 0
    for _, name in ipairs(asked) do
      if offered[name] then both = both + 1 end
    end
    return 10 * (both / (#asked + #offered - both)), "gedeelde thema's"
  end,
}

polder.rule {
  name = "trl-margin", on = "pair", max = 10,
  needs = { solution = { "trl" }, demand = { "trl_min" } },
  score = function(solution, demand)
    local trl, least = solution.trl, demand.trl_min
    if not trl or not least then return nil, "rijpheid niet opgegeven" end
    return min(10, 6 + 2 * (trl - least)), "rijpheid boven de ondergrens"
  end,
}
