-- `polder network path`: who can introduce me to X?
local polder = require "polder"
local column = require "column"
local graph = require "graph"
local language = require "language"
local records = require "records"

local WHY <const> = {
  works_at = { nl = "hoort bij", en = "belongs to" },
  introduced = { nl = "zijn aan elkaar voorgesteld", en = "were introduced to each other" },
  introduced_by = { nl = "de een stelde de ander voor", en = "one introduced the other" },
  met = { nl = "hebben met elkaar gesproken", en = "have met" },
  signed = { nl = "tekende", en = "signed" },
  party = { nl = "is partij bij", en = "is a party to" },
  acts_for = { nl = "vertegenwoordigt een partij bij", en = "acts for a party to" },
  part_of = { nl = "is onderdeel van", en = "is part of" },
  rom = { nl = "is de ontwikkelingsmaatschappij van", en = "is the development company of" },
  attended = { nl = "waren op dezelfde bijeenkomst", en = "came to the same event" },
  together = { nl = "staan in dezelfde overeenkomst", en = "are in the same agreement" },
}

-- By id, by the part of it behind the slash, or by the whole name.
local function find(g, text)
  if g.near[text] then return text end
  for _, kind in ipairs { "person", "organisation", "region", "agreement" } do
    if g.near[kind .. "/" .. text] then return kind .. "/" .. text end
  end
  for _, id in ipairs(g.ids) do
    if g.names[id]:lower() == text:lower() then return id end
  end
end

-- What somebody may have meant: those with these words in their names.
local function unknown(g, text, t)
  local meant = {}
  for _, id in ipairs(g.ids) do
    if #meant < 3 and g.names[id]:lower():find(text:lower(), 1, true) then
      meant[#meant + 1] = ("%s (%s)"):format(g.names[id], id)
    end
  end
  local nobody = t("niemand heet %s", "nobody is called %s"):format(text)
  if #meant > 0 then return nobody .. t("; bedoeld is misschien ", "; perhaps meant: ") .. table.concat(meant, ", ") end
  return nobody .. t("; `polder search` zoekt op woorden", "; `polder search` finds by words")
end

local function titles(source)
  local record = polder.get(source)
  return record and (record.title or record.name or record.date) or source
end

-- Of a path those who are met on it: an agreement that is passed is no step, for nobody can ask it anything.
local function met_on(g, path)
  local people = {}
  for n, id in ipairs(path) do
    if n == 1 or n == #path or g.kinds[id] ~= "agreement" then people[#people + 1] = { id = id, at = n } end
  end
  return people
end

local function step_of(g, path, from, to, lang)
  local first, last = graph.reason(g, path[from.at], path[from.at + 1]), graph.reason(g, path[to.at - 1], path[to.at])
  local passed = to.at - from.at > 1 and path[from.at + 1]
  local row = {
    from = g.names[from.id], to = g.names[to.id], from_id = from.id, to_id = to.id, source = first.source,
    why = WHY[passed and "together" or first.kind][lang], title = titles(passed or first.source),
  }
  if last.source ~= first.source then row.source = first.source .. ", " .. last.source end
  return row
end

local function steps_of(g, path, lang)
  local people, rows = met_on(g, path), {}
  for n = 2, #people do
    rows[#rows + 1] = step_of(g, path, people[n - 1], people[n], lang)
    rows[#rows].step = n - 1
  end
  return rows
end

-- Regions lie on no way: no one can ask a region for anything.
local function regions(g)
  local closed = {}
  for _, id in ipairs(g.ids) do closed[id] = g.kinds[id] == "region" or nil end
  return closed
end

-- The ways that were found, each over others than those before.
local function find_ways(g, from, to, count, lang)
  local avoid, rows, ways = regions(g), {}, {}
  for way = 1, count do
    local path, length = graph.path(g, { from }, { to }, avoid)
    if not path then break end
    local steps = steps_of(g, path, lang)
    ways[way] = { path = path, length = length, steps = #steps, ask = #steps > 1 and steps[1].to_id or nil }
    for n = 2, #path - 1 do avoid[path[n]] = true end
    for _, row in ipairs(steps) do
      row.way = way
      rows[#rows + 1] = row
    end
  end
  return ways, rows
end

local function advice(g, from, to, rows, steps, t)
  local a, b = g.names[from], g.names[to]
  if steps == 1 then return t("%s en %s kennen elkaar", "%s and %s know each other"):format(a, b) end
  return t("Vraag %s: van %s naar %s in %d stappen; %s kent %s",
    "Ask %s: from %s to %s in %d steps; %s knows %s"):format(rows[1].to, a, b, steps, rows[steps].from, b)
end

polder.command {
  name = "path",
  title = { nl = "Wie kan mij aan iemand voorstellen?", en = "Who can introduce me to somebody?" },
  help = {
    nl = "De kortste weg over mensen en organisaties, door overeenkomsten, gesprekken en introducties. Elke stap "
      .. "zegt waaruit hij volgt. Met other=2 ook wegen die niet over dezelfde mensen lopen.",
    en = "The shortest way over people and organisations, by agreements, meetings and introductions. Each step says "
      .. "what it follows from. With other=2 also ways that lead over other people.",
  },
  example = "polder network path demo-accountmanager-zeeland demo-volle-plank",
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
    local t = language(ctx)
    local g = records.introducing(records.read(ctx.settings))
    local from, to = find(g, args.from), find(g, args.to)
    if not from or not to then
      return nil, unknown(g, from and args.to or args.from, t), "not_found"
    end
    if from == to then
      return nil, t("van %s naar zichzelf is geen weg: noem twee verschillende",
        "from %s to itself there is no way: name two that differ"):format(g.names[from]), "usage"
    end
    local ways, rows = find_ways(g, from, to, args.other + 1, ctx.lang)
    if #ways == 0 then
      local none = t("niets verbindt %s met %s", "nothing links %s to %s")
      return nil, none:format(g.names[from], g.names[to]), "not_found"
    end
    ctx.print(advice(g, from, to, rows, ways[1].steps, t))
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
