-- `polder network picture`: the organisations and how they are linked, as an SVG.
local polder = require "polder"
local graph = require "graph"
local language = require "language"
local records = require "records"
local picture = require "picture"

-- Organisations only; two are linked when they are, or their people, or when one agreement links both.
local function of_organisations(g)
  local out, owner = graph.new(), {}
  out.region_names = g.region_names
  for _, id in ipairs(g.ids) do
    if g.kinds[id] == "organisation" then
      graph.add(out, id, { name = g.names[id], type = g.types[id], regions = g.regions[id] })
      owner[id] = id
    end
  end
  for _, id in ipairs(g.ids) do
    if g.kinds[id] == "person" then
      for _, other in ipairs(g.order[id]) do
        if graph.reason(g, id, other).kind == "works_at" then owner[id] = other end
      end
    end
  end
  local function link(a, b, reason)
    a, b = owner[a], owner[b]
    if a and b and reason.kind ~= "attended" then graph.link(out, a, b, reason.kind, reason.source) end
  end
  for _, id in ipairs(g.ids) do
    for n, other in ipairs(g.order[id]) do
      link(id, other, graph.reason(g, id, other))
      for m = n + 1, g.kinds[id] == "agreement" and #g.order[id] or 0 do
        link(other, g.order[id][m], graph.reason(g, id, other))
      end
    end
  end
  return graph.finish(out)
end

polder.command {
  name = "picture",
  title = { nl = "Teken het netwerk (SVG)", en = "Draw the network (SVG)" },
  help = {
    nl = "Organisaties in een kring, naar regio; wie meer verbindingen heeft is groter. Hetzelfde netwerk geeft "
      .. "dezelfde tekening.",
    en = "Organisations in a circle, by region; who has more links is larger. The same network gives the same drawing.",
  },
  example = "polder network picture -o tekening",
  run = function(_, ctx)
    local t, g = language(ctx), of_organisations(records.read(ctx.settings))
    ctx.print(picture.size(g, t))
    return { files = { ["netwerk.svg"] = picture.draw(g, t("Netwerk op ", "Network on ") .. ctx.today, t) } }
  end,
}
