-- `polder indicators series` and `list`: an indicator over time and region.
local polder = require "polder"
local data = require "commands.data"
local dutch = require "dutch"
local series = require "series"

local function observations(id)
  return data.all("observation", ("indicator == '%s'"):format(id))
end

local function has(list, item)
  for _, one in ipairs(list) do
    if one == item then return true end
  end
end

-- Each source once, in the order of its id, with how many values it gives.
local function sources(s, periods)
  local count, list = {}, {}
  for _, region in ipairs(s.regions) do
    for _, period in ipairs(periods) do
      local o = s.at[region][period]
      if o then
        local source = o.source or "zonder bron"
        if not count[source] then list[#list + 1] = source end
        count[source] = (count[source] or 0) + 1
      end
    end
  end
  table.sort(list)
  local out = {}
  for n, id in ipairs(list) do out[n] = { id = id, title = data.name(id), values = count[id] } end
  return out
end

local COLUMNS <const> = {
  data.column("region", "Regio", "Region"), data.column("period", "Periode", "Period"),
  data.figure("shown", "Waarde", "Value"), data.figure("growth", "Groei", "Growth"),
  data.figure("share", "Aandeel", "Share"), data.figure("per", "Per 100.000 inwoners", "Per 100,000 inhabitants"),
  data.column("source", "Bron", "Source"),
}

local function row_of(s, region, period, inhabitants)
  local o = s.at[region][period]
  local growth, share = series.growth(s, region, period), series.share(s, region, period)
  local per, year = series.per_inhabitant(s, region, period, inhabitants)
  return {
    region = data.name(region), period = period, value = o.value, shown = dutch.plain(o.value),
    growth = growth and dutch.growth(growth) or "", share = share and dutch.share(share) or "",
    per = per and dutch.number(per, 1) .. (year ~= period:sub(1, 4) and " (" .. year .. ")" or "") or "",
    source = o.source or "", exact = { growth = growth, share = share, per_100000 = per },
  }
end

polder.command {
  name = "series",
  title = { nl = "Een indicator in de tijd, naar regio", en = "An indicator over time, by region" },
  help = {
    nl = "Groei is ten opzichte van een jaar eerder. Een aandeel staat er alleen als elke regio die meedoet een "
      .. "waarde heeft. Achter een getal per inwoner staat het jaar van de inwoners, als dat een ander is. Wat "
      .. "niet is waargenomen, blijft leeg.",
    en = "Growth is from a year before. A share is there only when each region that takes part has a value. Behind "
      .. "a number per inhabitant stands the year of the inhabitants, when it differs. What is not observed stays "
      .. "empty.",
  },
  example = "polder indicators series demo-banen last=2",
  args = {
    {
      name = "indicator", type = "record", kind = "indicator", required = true,
      title = { nl = "Indicator", en = "Indicator" },
    },
    {
      name = "region", type = "record", kind = "region", many = true,
      title = { nl = "Alleen regio", en = "Region only" },
    },
    {
      name = "period", type = "choice", choices = { "year", "quarter", "month" }, default = "year",
      title = { nl = "Soort periode", en = "Kind of period" },
    },
    {
      name = "last", type = "integer", minimum = 1, default = 5,
      title = { nl = "Laatste perioden", en = "Last periods" },
    },
  },
  run = function(args, ctx)
    local indicator = polder.get(args.indicator)
    if not indicator then return nil, args.indicator .. " is er niet", "not_found" end
    local s = series.make(observations(args.indicator), args.period)
    if #s.periods == 0 then return nil, "er zijn geen waarnemingen van deze indicator", "not_found" end
    local inhabitants = series.make(observations(ctx.settings.inhabitants), "year")
    local rows, periods = {}, {}
    for n = math.max(1, #s.periods - args.last + 1), #s.periods do periods[#periods + 1] = s.periods[n] end
    ctx.print(("%s (%s)"):format(indicator.title, indicator.unit))
    for _, region in ipairs(s.regions) do
      if #args.region == 0 or has(args.region, region) then
        for _, period in ipairs(periods) do
          if s.at[region][period] then rows[#rows + 1] = row_of(s, region, period, inhabitants) end
        end
        local mean = series.mean_growth(s, region)
        if mean then ctx.print(("%s: gemiddeld %s per jaar"):format(data.name(region), dutch.growth(mean))) end
      end
    end
    for _, source in ipairs(sources(s, periods)) do
      ctx.print(("bron: %s, %s (%s)"):format(source.title, dutch.count(source.values, "waarde", "waarden"), source.id))
    end
    for _, two in ipairs(s.doubled) do
      ctx.print(("let op: %s telt niet mee, want %s is er ook"):format(two.left_out, two.counts))
    end
    return { indicator = indicator.id, unit = indicator.unit, rows = polder.list(rows), columns = COLUMNS }
  end,
}

polder.command {
  name = "list",
  title = { nl = "Welke indicatoren zijn er?", en = "Which indicators are there?" },
  example = "polder indicators list",
  run = function()
    local rows = {}
    for n, indicator in ipairs(data.all "indicator") do
      local periods = {}
      local all = observations(indicator.id)
      for _, o in ipairs(all) do periods[#periods + 1] = o.period end
      table.sort(periods)
      rows[n] = {
        id = indicator.id, title = indicator.title, unit = indicator.unit, values = #all,
        from = periods[1] or "", to = periods[#periods] or "",
      }
    end
    return {
      rows = polder.list(rows),
      columns = {
        data.column("id", "Id"), data.column("title", "Indicator"), data.column("unit", "Eenheid", "Unit"),
        data.column("values", "Waarden", "Values"), data.column("from", "Van", "From"), data.column("to", "Tot", "To"),
      },
    }
  end,
}
