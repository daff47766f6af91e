-- The network as an SVG: organisations in a circle, by region, so that links between regions cross the middle and each
-- name can be read. No forces and no chance: the same network gives the same drawing. Colours: Okabe and Ito 2008 (the
-- yellow darkened), which people who see colours otherwise can tell apart; no two regions share one, and a legend names
-- them.
local counted = require "counted"
local graph = require "graph"

local picture = {}

local COLOURS <const> = { "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D00" }
local NO_REGION <const>, GOLDEN_ANGLE <const> = "#444444", 137.508
local RADIUS <const>, SIZE <const>, LABEL_LETTERS <const> = 330, 1240, 34

local function escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }):gsub("%c", " "))
end

local function short(text)
  if utf8.len(text) and utf8.len(text) > LABEL_LETTERS then
    return text:sub(1, utf8.offset(text, LABEL_LETTERS) - 1) .. "…"
  end
  return text
end

-- Beyond the list: hues as far apart as that many can be, darker than those of the list.
local function colour_of(n)
  return COLOURS[n] or ("hsl(%.1f,70%%,30%%)"):format((n - #COLOURS) * GOLDEN_ANGLE % 360)
end

-- Nodes around the circle: by region, then by name; each with its angle, and a gap between regions.
local function arrange(g, none)
  local nodes, regions, list = {}, {}, {}
  for _, id in ipairs(g.ids) do
    local region = graph.region_name(g, id)
    nodes[#nodes + 1] = { id = id, region = region ~= "" and region or none, name = g.names[id] }
    region = nodes[#nodes].region
    if not regions[region] then
      regions[region] = true
      list[#list + 1] = region
    end
  end
  local function before(a, b) return b == none and a ~= none or a ~= none and a < b end
  table.sort(list, before)
  table.sort(nodes, function(a, b)
    if a.region ~= b.region then return before(a.region, b.region) end
    return a.name < b.name or a.name == b.name and a.id < b.id
  end)
  local steps, at, last = #nodes + 2 * #list, 0, nil
  for _, node in ipairs(nodes) do
    if node.region ~= last then at = at + (last and 2 or 1) end
    node.angle = 2 * math.pi * at / math.max(steps, 1) - math.pi / 2
    at, last = at + 1, node.region
  end
  for n, region in ipairs(list) do regions[region] = region == none and NO_REGION or colour_of(n) end
  return nodes, regions, list
end

local function point(angle, radius)
  return SIZE / 2 + radius * math.cos(angle), SIZE / 2 + radius * math.sin(angle)
end

-- Through the middle; of one region along the edge.
local function curve(a, b, colour, title)
  local x1, y1 = point(a.angle, RADIUS)
  local x2, y2 = point(b.angle, RADIUS)
  local x, y = point((a.angle + b.angle) / 2, a.region == b.region and 0.8 * RADIUS or 0)
  return ('<path d="M%.1f %.1f Q%.1f %.1f %.1f %.1f" stroke="%s"><title>%s</title></path>'):format(
    x1, y1, x, y, x2, y2, colour, escape(title))
end

local function label(node, degree, colour)
  local x, y = point(node.angle, RADIUS)
  local tx, ty = point(node.angle, RADIUS + 14)
  local turn, left = math.deg(node.angle), math.cos(node.angle) < 0
  local dot = ('<circle cx="%.1f" cy="%.1f" r="%.1f" fill="%s"/>'):format(
    x, y, 3 + math.min(9, 1.5 * math.sqrt(degree)), colour)
  return dot .. ('<text x="%.1f" y="%.1f" transform="rotate(%.1f %.1f %.1f)"%s>%s</text>'):format(
    tx, ty, left and turn + 180 or turn, tx, ty, left and ' text-anchor="end"' or "", escape(short(node.name)))
end

local function legend(regions, list)
  local out = {}
  for n, region in ipairs(list) do
    local y = 40 + 22 * n
    out[#out + 1] = ('<rect x="20" y="%d" width="14" height="14" fill="%s"/><text x="42" y="%d">%s</text>'):format(
      y - 12, regions[region], y, escape(region))
  end
  return table.concat(out, "\n")
end

function picture.size(g, t)
  return counted(t, #g.ids, "organisatie", "organisaties", "organisation", "organisations")
    .. ", " .. counted(t, g.links, "verbinding", "verbindingen", "link", "links")
end

function picture.draw(g, title, t)
  local nodes, regions, list = arrange(g, t("zonder regio", "no region"))
  local by_id, out = {}, {}
  for _, node in ipairs(nodes) do by_id[node.id] = node end
  out[#out + 1] = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="t d" '
    .. 'font-family="sans-serif" font-size="12">'):format(SIZE, SIZE)
  out[#out + 1] = ('<title id="t">%s</title>'):format(escape(title))
  out[#out + 1] = ('<desc id="d">%s</desc>'):format(
    picture.size(g, t))
  out[#out + 1] = '<rect width="100%" height="100%" fill="#ffffff"/>'
  out[#out + 1] = ('<text x="20" y="32" font-size="20">%s</text>'):format(escape(title))
  out[#out + 1] = '<g fill="none" stroke-opacity="0.45" stroke-width="1.4">'
  for _, node in ipairs(nodes) do
    for _, other in ipairs(g.order[node.id]) do
      if node.id < other then
        local same = node.region == by_id[other].region or graph.shares(g.regions[node.id], g.regions[other])
        out[#out + 1] = curve(node, by_id[other], same and "#999999" or regions[node.region],
          g.names[node.id] .. " – " .. g.names[other])
      end
    end
  end
  out[#out + 1] = '</g>\n<g fill="#222222" dominant-baseline="middle">'
  for _, node in ipairs(nodes) do out[#out + 1] = label(node, #g.order[node.id], regions[node.region]) end
  out[#out + 1] = '</g>\n<g fill="#222222">'
  out[#out + 1] = legend(regions, list)
  out[#out + 1] = "</g>\n</svg>\n"
  return table.concat(out, "\n")
end

return picture
