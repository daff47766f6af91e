-- `polder indicators list` and `series`: which indicators there are, and one of them over time and region.
local polder = require "polder"
local column = require "commands.column"
local figures = require "figures"
local quantity = require "quantity"
local records = require "records"
local series = require "series"
local written = require "written"

-- The regions to show, and what is observed there in the last periods.
local function chosen(sheet, args)
  local s, wanted, regions, observed = sheet.series, {}, {}, {}
  for _, region in ipairs(args.region) do wanted[region] = true end
  for _, region in ipairs(s.regions) do
    if #args.region == 0 or wanted[region] then regions[#regions + 1] = region end
  end
  local periods = table.move(s.periods, math.max(1, #s.periods - args.last + 1), #s.periods, 1, {})
  for _, region in ipairs(regions) do
    for _, period in ipairs(periods) do observed[#observed + 1] = s.at[region][period] end
  end
  return regions, observed
end

-- "Gemiddelde groei per jaar, 2022-2025: Limburg +6,6%, Zeeland +5,2%": a sentence for each pair of years.
local function mean_growth(sheet, regions, w)
  local of, order = {}, {}
  for _, region in ipairs(quantity.has_growth(sheet.quantity) and regions or {}) do
    local mean = series.mean_growth(sheet.series, region)
    if mean then
      local years = table.concat({ series.ends(sheet.series, region) }, "–")
      if not of[years] then
        of[years] = {}
        order[#order + 1] = years
      end
      table.insert(of[years], records.name_of(region, "observation", w) .. " " .. w:change(mean))
    end
  end
  local sentences = {}
  for n, years in ipairs(order) do
    sentences[n] = w:t("Gemiddelde groei per jaar, ", "Mean growth a year, ") .. years .. ": "
      .. table.concat(of[years], ", ") .. "."
  end
  return sentences
end

local function row_of(sheet, o, f, decimals, cited, w)
  local sign = (f.difference or 0) > 0 and "+" or ""
  local other_year = f.people and f.people.period ~= o.period:sub(1, 4) and " (" .. f.people.period .. ")" or ""
  return {
    region = o.region, period = o.period, value = o.value, source = o.source, refused = f.why,
    growth = f.growth, difference = f.difference, share = f.share, per_100000 = f.per,
    inhabitants = f.people and f.people.id, source_nr = cited and ("[%d]"):format(cited.nr),
    name = records.name_of(o.region or "", "observation", w), value_text = figures.shown(sheet, o.value, decimals, w),
    growth_text = f.growth and w:change(f.growth), share_text = f.share and w:percentage(f.share),
    difference_text = f.difference and sign .. w:number(f.difference, decimals),
    per_text = f.per and figures.per_shown(sheet, f.per, w) .. other_year,
  }
end

local COLUMNS <const> = {
  column.text("name", "Regio", "Region"), column.text("period", "Periode", "Period"),
  column.figure("value_text", "Waarde", "Value"), column.figure("growth_text", "Groei", "Growth"),
  column.figure("difference_text", "Verschil", "Difference"), column.figure("share_text", "Aandeel", "Share"),
  column.figure("per_text", "Per 100.000", "Per 100,000"), column.text("source_nr", "Bron", "Source"),
}

-- Those of which some row has something.
local function filled(rows)
  local list = {}
  for _, one in ipairs(COLUMNS) do
    local any = false
    for _, row in ipairs(rows) do any = any or row[one.name] ~= nil end
    if any then list[#list + 1] = one end
  end
  return list
end

-- What stands above the table.
local function sentences(sheet, said, w)
  local indicator, unit = sheet.indicator, figures.unit(sheet.indicator, w)
  local list = { ("%s, %s %s."):format(w:title(indicator), w:t("eenheid", "unit"), unit) }
  local function add(more)
    for _, one in ipairs(more) do list[#list + 1] = one end
  end
  if records.made_up({ indicator }, said.observed) then
    add { w:t("De cijfers zijn verzonnen.", "The figures are made up.") }
  end
  add(quantity.refusals(indicator, unit, w))
  add(mean_growth(sheet, said.regions, w))
  local per, share = false, false
  for _, row in ipairs(said.rows) do
    per, share = per or row.per_text ~= nil, share or row.share_text ~= nil
  end
  if share then
    add { w:t("Aandeel: van de %d regio's samen.", "Share: of the %d regions together."):format(
      series.count(sheet.series)) }
  end
  if per then
    add { w:t("Per 100.000: per 100.000 inwoners van dezelfde regio en hetzelfde jaar; anders staat het jaar erachter.",
      "Per 100,000: per 100,000 inhabitants of the same region and year; else the year stands behind it.") }
  end
  add(figures.left_out(said.figures, w))
  add(figures.not_counted(sheet, w))
  for _, source in ipairs(said.sources) do
    add { ("[%d] %s: %s (%s)"):format(source.nr, source.title,
      w:count(source.values, "waarde", "waarden", "value", "values"), source.id) }
  end
  return list
end

polder.command {
  name = "series",
  title = { nl = "Een indicator in de tijd, naar regio", en = "An indicator over time, by region" },
  help = {
    nl = "Groei is ten opzichte van een jaar eerder; van een aandeel of index is het een verschil. Een aandeel in "
      .. "het geheel en een getal per inwoner zijn er alleen van aantallen en bedragen. Wat niet is waargenomen "
      .. "blijft leeg, en wat niet te berekenen is wordt gezegd, met de reden.",
    en = "Growth is from a year before; of a share or an index it is a difference. A share of the whole and a number "
      .. "per inhabitant are of counts and amounts only. What is not observed stays empty, and what can't be "
      .. "computed is told, with the reason.",
  },
  example = "polder indicators series demo-banen last=2",
  args = {
    { name = "indicator", type = "record", kind = "indicator", required = true,
      title = { nl = "Indicator", en = "Indicator" } },
    { name = "region", type = "record", kind = "region", many = true,
      title = { nl = "Alleen deze regio", en = "This region only" } },
    { name = "period", type = "choice", choices = { "year", "quarter", "month" }, default = "year",
      title = { nl = "Soort periode", en = "Kind of period" } },
    { name = "last", type = "integer", minimum = 1, default = 5,
      title = { nl = "Laatste perioden", en = "Last periods" } },
  },
  run = function(args, ctx)
    local w, indicator = written.new(ctx.lang), polder.get(args.indicator)
    if not indicator then return nil, records.missing(args.indicator, w), "not_found" end
    for _, region in ipairs(args.region) do
      local why = records.missing(region, w)
      if why then return nil, why, "not_found" end
    end
    local sheet = records.sheet(indicator, args.period, ctx.settings)
    local regions, observed = chosen(sheet, args)
    if #observed == 0 then
      return nil, w:t("van deze indicator is niets waargenomen (met deze regio en soort periode)",
        "nothing is observed of this indicator (with this region and kind of period)"), "not_found"
    end
    local sources, cited = records.sources(observed)
    local rows, all, values = {}, {}, {}
    for n, o in ipairs(observed) do
      all[n] = figures.at(sheet, o.region or "", o.period)
      values[#values + 1] = o.value
      values[#values + 1] = all[n].difference
    end
    for n, o in ipairs(observed) do
      rows[n] = row_of(sheet, o, all[n], written.decimals(values), cited[o.source or ""], w)
    end
    local said = { regions = regions, observed = observed, rows = rows, figures = all, sources = sources }
    for _, line in ipairs(sentences(sheet, said, w)) do ctx.print(written.wrap(line)) end
    return {
      indicator = indicator.id, unit = indicator.unit, quantity = sheet.quantity, columns = filled(rows),
      rows = polder.list(rows), refused = polder.list(quantity.refusals(indicator, figures.unit(indicator, w), w)),
    }
  end,
}

polder.command {
  name = "list",
  title = { nl = "Welke indicatoren zijn er?", en = "Which indicators are there?" },
  help = {
    nl = "Van elke indicator de eenheid, wat die telt, hoeveel waarden er zijn en van wanneer tot wanneer.",
    en = "Of each indicator the unit, what that counts, how many values there are and from when to when.",
  },
  example = "polder indicators list",
  run = function(_, ctx)
    local w, rows = written.new(ctx.lang), {}
    for n, indicator in ipairs(records.all "indicator") do
      local periods = {}
      for _, o in ipairs(records.observations(indicator.id)) do periods[#periods + 1] = o.period end
      table.sort(periods)
      local kind = quantity.of(indicator)
      rows[n] = {
        id = indicator.id, name = indicator.id:match "/(.+)", title = w:title(indicator),
        unit = figures.unit(indicator, w), quantity = kind, quantity_text = quantity.name(kind, w), values = #periods,
        from = periods[1], to = periods[#periods],
        periods = periods[1] ~= periods[#periods] and periods[1] .. "–" .. periods[#periods] or periods[1],
      }
    end
    if #rows == 0 then ctx.print(w:t("Er zijn geen indicatoren.", "There are no indicators.")) end
    return {
      rows = polder.list(rows),
      columns = {
        column.text("name", "Naam", "Name"), column.text("unit", "Eenheid", "Unit"),
        column.text("quantity_text", "Is een", "Is a"), column.text("values", "Waarden", "Values"),
        column.text("periods", "Perioden", "Periods"), column.text("title", "Indicator"),
      },
    }
  end,
}
