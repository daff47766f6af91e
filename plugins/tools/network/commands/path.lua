-- `polder network path`: who can introduce me to X?
local polder = require "polder"
local column = require "column"
local graph = require "graph"
local records = require "records"

local WHY <const> = {
  works_at = "hoort bij", introduced = "zijn aan elkaar voorgesteld", introduced_by = "de een stelde de ander voor",
  met = "hebben met elkaar gesproken", signed = "tekende", party = "is partij bij", part_of = "is onderdeel van",
  rom = "is de ontwikkelingsmaatschappij van", attended = "waren op dezelfde bijeenkomst",
}

local function find(g, text)
  if g.near[text] then return text end
  for _, kind in ipairs { "person", "organisation", "region", "agreement" } do
    if g.near[kind .. "/" .. text] then return kind .. "/" .. text end
  end
end

local function titles(source)
  local record = polder.get(source)
  return record and (record.title or record.name or record.date) or source
end

local function steps_of(g, path)
  local rows = {}
  for n = 2, #path do
    local reason = graph.reason(g, path[n - 1], path[n])
    rows[#rows + 1] = {
      step = n - 1, from = g.names[path[n - 1]], to = g.names[path[n]], why = WHY[reason.kind],
      source = reason.source, title = titles(reason.source),
    }
  end
  return rows
end

polder.command {
  name = "path",
  title = { nl = "Wie kan mij aan iemand voorstellen?", en = "Who can introduce me to somebody?" },
  help = {
    nl = "De kortste weg over mensen, organisaties, overeenkomsten, gesprekken en introducties. Elke stap zegt "
      .. "waaruit hij volgt. Met other=2 ook wegen die niet over dezelfde mensen lopen.",
    en = "The shortest way over people, organisations, agreements, meetings and introductions. Each step says what it "
      .. "follows from. With other=2 also ways that lead over other people.",
  },
  example = "polder network path demo-accountmanager-zeeland demo-directie-volle-plank",
  args = {
    {
      name = "from", required = true,
      title = { nl = "Van (persoon of organisatie)", en = "From (person or organisation)" },
    },
    { name = "to", required = true, title = { nl = "Naar", en = "To" } },
    {
      name = "other", type = "integer", minimum = 0, maximum = 5, default = 0,
      title = { nl = "Andere wegen", en = "Other ways" },
    },
  },
  run = function(args, ctx)
    local g = records.read(ctx.settings)
    local from, to = find(g, args.from), find(g, args.to)
    if not from or not to then return nil, "onbekend: " .. (from and args.to or args.from), "not_found" end
    local avoid, rows, ways = {}, {}, {}
    for way = 0, args.other do
      local path, length = graph.path(g, { from }, { to }, avoid)
      if not path and way == 0 then
        return nil, ("niets verbindt %s met %s"):format(g.names[from], g.names[to]), "not_found"
      end
      if not path then break end
      ways[#ways + 1] = { path = path, length = length }
      for n = 2, #path - 1 do avoid[path[n]] = true end
      for _, row in ipairs(steps_of(g, path)) do
        row.way = way + 1
        rows[#rows + 1] = row
      end
    end
    if ways[1].path[3] then
      ctx.print(("Vraag %s: van %s naar %s in %d stappen"):format(
        g.names[ways[1].path[2]], g.names[from], g.names[to], #ways[1].path - 1))
    else
      ctx.print(("%s en %s kennen elkaar"):format(g.names[from], g.names[to]))
    end
    return {
      ways = ways, rows = polder.list(rows),
      columns = {
        column("way", "Weg", "Way"), column("from", "Van", "From"),
        column("why", "Waarom", "Why"), column("to", "Naar", "To"),
        column("source", "Blijkt uit", "Source"),
      },
    }
  end,
}
