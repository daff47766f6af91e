-- `polder network list`, `bridges`, `isolated`: the network in lists.
local polder = require "polder"
local column = require "column"
local graph = require "graph"
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
    ctx.print(("%d punten, %d verbindingen, %d losse delen"):format(#g.ids, g.links, #parts))
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
    nl = "Verbindingen tussen wie in verschillende regio's zit, en waaruit ze blijken.",
    en = "Links between those in different regions, and what they follow from.",
  },
  example = "polder network bridges",
  run = function(_, ctx)
    local g = records.read(ctx.settings)
    local rows, count = {}, {}
    for _, bridge in ipairs(graph.bridges(g)) do
      if bridge.reason.kind ~= "attended" and bridge.reason.kind ~= "part_of" then
        rows[#rows + 1] = {
          from = g.names[bridge.a], to = g.names[bridge.b], source = bridge.reason.source,
          regions = table.concat(g.regions[bridge.a], ", ") .. " – " .. table.concat(g.regions[bridge.b], ", "),
        }
        count[rows[#rows].regions] = (count[rows[#rows].regions] or 0) + 1
      end
    end
    if #rows == 0 then ctx.print("niets verbindt de regio's") end
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
    local rows = {}
    for n, id in ipairs(records.isolated(g)) do
      rows[n] = { id = id, name = g.names[id], regions = table.concat(g.regions[id], ", ") }
    end
    ctx.print(#rows .. " bedrijven staan alleen")
    return {
      rows = polder.list(rows),
      columns = {
        column("regions", "Regio's", "Regions"), column("name", "Naam", "Name"),
        column("id", "Id"),
      },
    }
  end,
}
