-- An indicator over the years, by region: growth, share, per inhabitant. Basis: the observations with their sources.
local polder = require "polder"
local data = require "reports.data"
local words = require "vocabularies"

local INHABITANTS <const> = "indicator/inhabitants"

-- region id → period → value, and the periods in order
local function series(observations)
  local values, periods, seen = {}, {}, {}
  for _, o in ipairs(observations) do
    local region = o.region or ""
    values[region] = values[region] or {}
    values[region][o.period] = o.value
    if not seen[o.period] then
      seen[o.period] = true
      periods[#periods + 1] = o.period
    end
  end
  table.sort(periods)
  return values, periods
end

-- Latest number of inhabitants of each region.
local function inhabitants()
  local latest, when = {}, {}
  for _, o in ipairs(data.all("observation", ("indicator == \"%s\""):format(INHABITANTS))) do
    if o.region and (not when[o.region] or o.period > when[o.region]) then
      latest[o.region], when[o.region] = o.value, o.period
    end
  end
  return latest
end

local function figure(report, t, indicator, values, periods)
  local lines = {}
  for _, region in ipairs(data.all("region", nil, "name")) do
    if values[region.id] then lines[#lines + 1] = { title = region.name, values = values[region.id] } end
  end
  if values[""] then lines[#lines + 1] = { title = t("Nederland", "The Netherlands"), values = values[""] } end
  if #lines == 0 or #periods < 2 then return end
  report:lines {
    caption = indicator.title, label = t("Regio", "Region"), x = periods, series = lines,
  }
end

local function sheet(report, t, indicator, values, periods)
  local people, rows, total = inhabitants(), {}, 0
  local first, last = periods[1], periods[#periods]
  for _, by_period in pairs(values) do
    total = total + (by_period[last] or 0)
  end
  for _, region in ipairs(data.all("region", nil, "name")) do
    local mine = values[region.id] or {}
    local now, before = mine[last], mine[first]
    if now then
      rows[#rows + 1] = {
        region = region.name, value = now,
        growth = before and before ~= 0 and last ~= first and now / before - 1 or nil,
        share = total > 0 and indicator.direction ~= "less" and now / total or nil,
        per = people[region.id] and indicator.id ~= INHABITANTS and now / people[region.id] * 100000 or nil,
      }
    end
  end
  report:table {
    caption = t("Stand in ", "As of ") .. (last or "?"),
    columns = {
      { name = "region", title = t("Regio", "Region") },
      { name = "value", title = indicator.unit, type = "number" },
      { name = "growth", title = t("Groei sinds ", "Growth since ") .. (first or "?"), type = "percentage" },
      { name = "share", title = t("Aandeel", "Share"), type = "percentage" },
      { name = "per", title = t("Per 100.000 inwoners", "Per 100,000 inhabitants"), type = "number", decimals = 1 },
    },
    rows = rows,
  }
end

polder.report {
  name = "indicator",
  title = { nl = "Indicatorblad", en = "Indicator sheet" },
  args = {
    { name = "indicator", type = "record", kind = "indicator", required = true,
      title = { nl = "Welke indicator", en = "Which indicator" } },
  },
  write = function(report, args, ctx)
    local t = data.say(ctx)
    local indicator = polder.get(args.indicator)
    if not indicator then error("there is no " .. args.indicator .. ": `polder query indicator` lists them", 0) end
    local observations = data.all("observation", ("indicator == \"%s\""):format(indicator.id), "period")
    local values, periods = series(observations)
    local good = data.titles(words.directions, ctx.lang)[indicator.direction]
    report:title(ctx.lang == "en" and indicator.title_en or indicator.title, t("Indicatorblad", "Indicator sheet"))
    local about = indicator.description
    if about then report:text(about, good and (" (" .. good .. ")") or "", ".") end
    if data.any_fictitious { indicator } then
      report:note(t("Deze cijfers zijn verzonnen, als voorbeeld.", "These figures are made up, as an example."))
    end
    figure(report, t, indicator, values, periods)
    sheet(report, t, indicator, values, periods)
    report:section(t("Bronnen", "Sources"))
    report:sources(data.sources(observations))
  end,
}
