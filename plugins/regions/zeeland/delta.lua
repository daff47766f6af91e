-- Zeeland: from the delta itself or its neighbours, also over the border. Basis: North Sea Port is one port in
-- two countries, so Flanders is nearer than Friesland. The points are illustrative.
local polder = require "polder"

local HOME <const> = "NL34"
local NEIGHBOURS <const> = {
  NL36 = "Zuid-Holland",
  NL41 = "Noord-Brabant",
  BE21 = "Antwerpen",
  BE23 = "Oost-Vlaanderen",
  BE25 = "West-Vlaanderen",
}

polder.rule {
  name = "delta",
  title = { nl = "Uit de delta", en = "From the delta" },
  on = "solution",
  max = 10,
  needs = { solution = { "region" } },
  score = function(solution, ctx)
    local region = solution.region
    if not region then return nil, "regio niet opgegeven" end
    local province = region:sub(1, 4)
    if province == HOME then return 10, "uit Zeeland zelf" end
    local neighbour = NEIGHBOURS[province]
    if neighbour then return ctx.settings.delta_points, "uit de delta: " .. neighbour end
    return 0, "van buiten de delta"
  end,
}
