-- Limburg: materials and what is made of them. Basis: the Ministry of Defence works with the Brightlands campuses
-- on smart materials and 3D printing since 2019 (README.md). The points are illustrative.
local polder = require "polder"

-- In the order of how near they are to the campuses' own fields.
local FIELDS <const> = {
  { term = "smart_materials", nl = "slimme materialen", points = 10 },
  { term = "additive_manufacturing", nl = "3D-printen", points = 10 },
  { term = "manufacturing", nl = "maakindustrie", points = 6 },
}

local function asks(demand)
  for _, field in ipairs(FIELDS) do
    if demand.technologies[field.term] then return true end
  end
  -- Parts in the field and a smaller logistic footprint are what Defence seeks in 3D printing.
  return demand.themes.logistics == true
end

polder.rule {
  name = "materials",
  title = { nl = "Materialen en 3D-printen", en = "Materials and 3D printing" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies" }, demand = { "technologies", "themes" } },
  score = function(solution, demand)
    if not asks(demand) then return nil, "de vraag gaat niet over materialen, maken of bevoorrading" end
    for _, field in ipairs(FIELDS) do
      if solution.technologies[field.term] then
        return field.points, ("%s, een veld waarin Defensie met de Limburgse campussen werkt"):format(field.nl)
      end
    end
    return 0, "geen nieuwe materialen of maaktechniek"
  end,
}
