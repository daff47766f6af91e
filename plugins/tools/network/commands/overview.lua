-- `polder network list`, `bridges`, `isolated`: the network in lists.
local polder = require "polder"
local column = require "column"
local counted = require "counted"
local graph = require "graph"
local language = require "language"
local records = require "records"

polder.command {
  name = "list",
  title = { nl = "Wie staat in het midden?", en = "Who stands in the middle?" },
  help = {
    nl = "Het aantal verbindingen van elk (graad), en over hoeveel kortste wegen tussen anderen het ligt "
      .. "(tussenligging, Brandes 2001).",
    en = "Each one's number of links (degree), and on how many shortest ways between others it lies "
      .. "(betweenness, Brandes 2001).",
  },
  example = "polder network list kind=organisation limit=10",
  args = {
    {
      name = "kind", type = "choice", default = "all",
      choices = { "all", "person", "organisation", "region", "agreement" },
      title = { nl = "Soort", en = "Kind" },
    },
    { name = "limit", type = "integer", minimum = 1, default = 20, title = { nl = "Hoogstens", en = "At most" } },
  },
  run = function(args, ctx)
    local g = records.read(ctx.settings)
    local between = graph.betweenness(g, ctx.progress)
    local part, parts = graph.parts(g)
    local rows = {}
    for _, id in ipairs(g.ids) do
      if args.kind == "all" or g.kinds[id] == args.kind then
        rows[#rows + 1] = {
          id = id, name = g.names[id], degree = #g.order[id], part = part[id],
          between = math.floor(between[id] * 100 + 0.5) / 100,
        }
      end
    end
    table.sort(rows, function(a, b)
      if a.between ~= b.between then return a.between > b.between end
      return a.degree > b.degree or a.degree == b.degree and a.id < b.id
    end)
    for n = #rows, args.limit + 1, -1 do rows[n] = nil end
    local t = language(ctx)
    ctx.print(("%s, %s, %s"):format(counted(t, #g.ids, "punt", "punten", "node", "nodes"),
      counted(t, g.links, "verbinding", "verbindingen", "link", "links"),
      counted(t, #parts, "los deel", "losse delen", "part", "parts")))
    return {
      nodes = #g.ids, links = g.links, parts = #parts, rows = polder.list(rows),
      columns = {
        column("between", "Tussenligging", "Betweenness"), column("degree", "Graad", "Degree"),
        column("part", "Deel", "Part"), column("name", "Naam", "Name"),
        column("id", "Id"),
      },
    }
  end,
}

polder.command {
  name = "bridges",
  title = { nl = "Wie verbindt regio's?", en = "Who links regions?" },
  help = {
    nl = "Verbindingen tussen wie in verschillende regio's zit, en waaruit ze blijken. Twee provincies van een regio "
      .. "zijn één regio; wie in geen van de regio's zit, telt niet mee.",
    en = "Links between those in different regions, and what they follow from. Two provinces of a region are one "
      .. "region; who is in none of the regions does not count.",
  },
  example = "polder network bridges",
  run = function(_, ctx)
    local g = records.read(ctx.settings)
    local rows, count, pairs_of = {}, {}, {}
    for _, bridge in ipairs(graph.bridges(g)) do
      if bridge.reason.kind ~= "attended" and bridge.reason.kind ~= "part_of" then
        local between = graph.region_name(g, bridge.a) .. " – " .. graph.region_name(g, bridge.b)
        rows[#rows + 1] = {
          regions = between, from = g.names[bridge.a], to = g.names[bridge.b], source = bridge.reason.source,
          from_regions = g.regions[bridge.a], to_regions = g.regions[bridge.b],
        }
        if not count[between] then pairs_of[#pairs_of + 1] = between end
        count[between] = (count[between] or 0) + 1
      end
    end
    table.sort(rows, function(a, b)
      if a.regions ~= b.regions then return a.regions < b.regions end
      if a.from ~= b.from then return a.from < b.from end
      return a.to < b.to or a.to == b.to and a.source < b.source
    end)
    table.sort(pairs_of)
    for _, between in ipairs(pairs_of) do ctx.print(("%s: %d"):format(between, count[between])) end
    if #rows == 0 then ctx.print(language(ctx)("niets verbindt de regio's", "nothing links the regions")) end
    return {
      between = count, rows = polder.list(rows),
      columns = {
        column("regions", "Regio's", "Regions"), column("from", "Van", "From"),
        column("to", "Naar", "To"), column("source", "Blijkt uit", "Source"),
      },
    }
  end,
}

polder.command {
  name = "isolated",
  title = { nl = "Welke bedrijven staan alleen?", en = "Which firms stand alone?" },
  help = {
    nl = "Start-ups, scale-ups en mkb-bedrijven die met niemand zijn verbonden: geen overeenkomst, gesprek of "
      .. "introductie. Naar een bijeenkomst komen telt niet.",
    en = "Start-ups, scale-ups and SMEs linked to nobody: no agreement, meeting or introduction. Coming to an event "
      .. "does not count.",
  },
  example = "polder network isolated",
  run = function(_, ctx)
    local g = records.read(ctx.settings)
    local t, rows = language(ctx), {}
    for n, id in ipairs(records.isolated(g)) do
      local region = graph.region_name(g, id)
      rows[n] = { id = id, name = g.names[id], regions = region ~= "" and region or t("zonder regio", "no region") }
    end
    ctx.print(counted(t, #rows, "bedrijf staat alleen", "bedrijven staan alleen", "firm stands alone",
      "firms stand alone"))
    return {
      rows = polder.list(rows),
      columns = {
        column("regions", "Regio's", "Regions"), column("name", "Naam", "Name"),
        column("id", "Id"),
      },
    }
  end,
}
