-- The network: paths, centrality against known answers, bridges, the picture. Basis: README.md.
local test = require "polder.test"
local graph = require "graph"
local language = require "language"
local picture = require "picture"
local records = require "records"

-- "a-b b-c": links of kind met, from record "meeting/ab".
local function build(text, regions)
  local g = graph.new()
  for a, b in text:gmatch "(%w+)%-(%w+)" do
    for _, id in ipairs { a, b } do graph.add(g, id, { name = id:upper(), regions = regions and regions[id] }) end
    graph.link(g, a, b, "met", "meeting/" .. a .. b)
  end
  return graph.finish(g)
end

test.case("the shortest path is found, with the reason of each step", function()
  local g = build "a-b b-c c-d a-e e-d"
  local path, length = graph.path(g, { "a" }, { "d" })
  test.equal(path, { "a", "e", "d" })
  test.equal(length, 3)
  test.equal(graph.reason(g, "a", "e").source, "meeting/ae")
end)

test.case("who works together comes before who signed the same paper", function()
  local g = build "a-b"
  graph.add(g, "c", { name = "C" })
  graph.add(g, "d", { name = "D" })
  graph.link(g, "a", "c", "works_at", "person/a")
  graph.link(g, "c", "d", "works_at", "person/c")
  graph.link(g, "b", "d", "signed", "agreement/x")
  graph.finish(g)
  test.equal(graph.path(g, { "a" }, { "d" }), { "a", "c", "d" })
  test.equal(graph.path(g, { "a" }, { "d" }, { c = true }), { "a", "b", "d" })
end)

test.case("nothing leads to another part", function()
  local g = build "a-b c-d"
  test.is_nil((graph.path(g, { "a" }, { "d" })))
  local part, parts = graph.parts(g)
  test.equal(#parts, 2)
  test.ok(part.a == part.b and part.a ~= part.c)
end)

test.case("betweenness is that of known graphs", function()
  local star = graph.betweenness(build "m-a m-b m-c m-d")
  test.near(star.m, 6)
  test.near(star.a, 0)
  local path = graph.betweenness(build "a-b b-c c-d d-e")
  test.near(path.c, 4)
  test.near(path.b, 3)
  local ring = graph.betweenness(build "a-b b-c c-d d-a")
  test.near(ring.a, 0.5)
end)

-- All shortest paths by trying: what Brandes' sums must come to.
local function by_counting(g)
  local function distances(from)
    local d, queue, at = { [from] = 0 }, { from }, 1
    while queue[at] do
      for _, other in ipairs(g.order[queue[at]]) do
        if not d[other] then
          d[other] = d[queue[at]] + 1
          queue[#queue + 1] = other
        end
      end
      at = at + 1
    end
    return d
  end
  local d, ways = {}, {}
  for _, id in ipairs(g.ids) do d[id] = distances(id) end
  local function count(from, to)
    if from == to then return 1 end
    local key = from .. " " .. to
    if not ways[key] then
      local n = 0
      for _, other in ipairs(g.order[from]) do
        if d[other][to] and d[other][to] + 1 == d[from][to] then n = n + count(other, to) end
      end
      ways[key] = n
    end
    return ways[key]
  end
  local score = {}
  for _, v in ipairs(g.ids) do
    score[v] = 0
    for i, s in ipairs(g.ids) do
      for j = i + 1, #g.ids do
        local t = g.ids[j]
        if s ~= v and t ~= v and d[s][t] and d[s][v] and d[v][t] and d[s][v] + d[v][t] == d[s][t] then
          score[v] = score[v] + count(s, v) * count(v, t) / count(s, t)
        end
      end
    end
  end
  return score
end

test.case("betweenness of random graphs is what counting gives", function()
  for _ = 1, 20 do
    local text = ""
    for a = 1, 9 do
      for b = a + 1, 9 do
        if math.random(4) == 1 then text = text .. (" n%d-n%d"):format(a, b) end
      end
    end
    local g = build(text)
    local fast, slow = graph.betweenness(g), by_counting(g)
    for _, id in ipairs(g.ids) do test.near(fast[id], slow[id], 1e-9) end
  end
end)

test.case("a region is a set of provinces, and some codes lie in none", function()
  local east = { id = "region/oost", name = "Oost", nuts = { "NL21", "NL22" } }
  local regions = { east, { id = "region/zeeland", name = "Zeeland", nuts = { "NL34" } } }
  test.equal(records.regions_of({ "NL213" }, regions), { "region/oost" })
  test.equal(records.regions_of({ "NL22", "NL21" }, regions), { "region/oost" })
  test.equal(records.regions_of({ "NL341", "NL225" }, regions), { "region/oost", "region/zeeland" })
  test.equal(records.regions_of({ "NL23" }, regions), {})
  test.equal(records.regions_of({ "NL" }, regions), {})
  test.equal(records.regions_of(nil, regions), {})
end)

test.case("an agreement is passed by those in it, a region by its development company only", function()
  local g = graph.new()
  for _, id in ipairs { "person/a", "organisation/rom", "organisation/b", "agreement/x", "agreement/y", "region/r" } do
    graph.add(g, id)
  end
  graph.link(g, "person/a", "agreement/x", "signed", "signature/a")
  graph.link(g, "agreement/x", "region/r", "party", "agreement/x")
  graph.link(g, "agreement/y", "region/r", "party", "agreement/y")
  graph.link(g, "organisation/b", "agreement/y", "party", "agreement/y")
  graph.finish(g)
  local closed = { ["region/r"] = true }
  test.is_nil((graph.path(g, { "person/a" }, { "organisation/b" }, closed)))
  graph.link(g, "region/r", "organisation/rom", "rom", "region/r")
  records.introducing(graph.finish(g))
  local way = { "person/a", "agreement/x", "organisation/rom", "agreement/y", "organisation/b" }
  test.equal((graph.path(g, { "person/a" }, { "organisation/b" }, closed)), way)
  test.equal(graph.reason(g, "agreement/x", "organisation/rom").source, "region/r")
end)

test.case("a bridge links two regions that share none", function()
  local g = build("a-b b-c c-d", { a = { "region/z" }, b = { "region/y", "region/z" }, c = { "region/x" } })
  g.region_names = { ["region/x"] = "Z" }
  local bridges = graph.bridges(g)
  test.equal(#bridges, 1)
  test.equal(bridges[1].a .. bridges[1].b, "cb") -- Z comes before region/y
  test.equal(graph.region_name(g, "b"), "region/y, region/z")
  test.equal(bridges[1].reason.source, "meeting/bc")
end)

test.case("one link is told as one, in the language of who asks", function()
  local g = build "a-b"
  test.equal(picture.size(g, language { lang = "nl" }), "2 organisaties, 1 verbinding")
  test.equal(picture.size(g, language { lang = "en" }), "2 organisations, 1 link")
end)

test.case("the picture is the same each time, and safe", function()
  local g, t = build("a-b b-c", { a = { "region/r" }, c = { "region/s" } }), language { lang = "nl" }
  g.names.a = '<script>"&'
  local svg = picture.draw(g, "Titel & co", t)
  test.equal(svg, picture.draw(g, "Titel & co", t))
  test.match(svg, ">zonder regio<")
  test.ok(not svg:find("<script", 1, true))
  test.match(svg, "Titel &amp; co")
  test.match(svg, "&lt;script&gt;&quot;&amp;")
  local _, opened = svg:gsub("<text", "")
  local _, closed = svg:gsub("</text>", "")
  test.equal(opened, closed)
end)

test.case("each region has a colour of its own, however many there are", function()
  local text, regions = "", {}
  for n = 1, 12 do
    text = text .. (" n%d-n%d"):format(n, n % 12 + 1)
    regions["n" .. n] = { "region/" .. n }
  end
  local svg, seen, count = picture.draw(build(text, regions), "Twaalf", language { lang = "en" }), {}, 0
  for colour in svg:gmatch 'width="14" height="14" fill="([^"]+)"' do
    test.ok(not seen[colour], colour)
    seen[colour], count = true, count + 1
  end
  test.equal(count, 12)
end)
