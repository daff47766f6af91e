-- Time series out of observations: growth, difference, share of the whole, per inhabitant. Works on records only.
-- Basis: a period is "2025", "2025-Q3" or "2025-03"; what is not observed is not known, and never 0. Where a figure
-- can't be made the functions give nil and which of the reasons of `figures.lua` holds.
local series = {}

-- The kind of period: year, quarter or month. Different kinds make different series.
function series.kind(period)
  if period:match "^%d%d%d%d$" then return "year" end
  if period:match "^%d%d%d%d%-Q[1-4]$" then return "quarter" end
  if period:match "^%d%d%d%d%-%d%d$" then return "month" end
end

-- The period of one year before.
function series.year_before(period)
  return ("%04d%s"):format(math.tointeger(tonumber(period:sub(1, 4))) - 1, period:sub(5))
end

local function insert(s, region, o)
  if not s.at[region] then
    s.at[region] = {}
    s.regions[#s.regions + 1] = region
  end
  local known = s.at[region][o.period]
  if known then
    s.doubled[#s.doubled + 1] = { counts = known.id, left_out = o.id }
  else
    s.at[region][o.period] = o
  end
end

-- Observations → { periods = sorted, regions = sorted ids, at = { region → { period → observation } }, doubled,
-- unlike }. Of two for the same region and period the one with the lower id counts, and both are told. One in another
-- unit than `unit` (nil: any) is left out, and told. An observation without a region is of region "".
function series.make(observations, kind, unit)
  local s = { periods = {}, regions = {}, at = {}, doubled = {}, unlike = {} }
  local seen = {}
  table.sort(observations, function(a, b) return a.id < b.id end)
  for _, o in ipairs(observations) do
    if series.kind(o.period) ~= kind then
      goto next
    elseif unit and o.unit and o.unit ~= unit then
      s.unlike[#s.unlike + 1] = { left_out = o.id, unit = o.unit }
      goto next
    end
    insert(s, o.region or "", o)
    if not seen[o.period] then
      seen[o.period] = true
      s.periods[#s.periods + 1] = o.period
    end
    ::next::
  end
  table.sort(s.periods)
  table.sort(s.regions)
  return s
end

function series.value(s, region, period)
  local o = s.at[region] and s.at[region][period]
  return o and o.value
end

-- (now - then) / then, `before` being the period to compare with: one year before when left out.
function series.growth(s, region, period, before)
  local now, was = series.value(s, region, period), series.value(s, region, before or series.year_before(period))
  if not now or not was then return nil, "no_before" end
  if was <= 0 then return nil, "from_nothing" end
  return (now - was) / was
end

-- now - then: of a share or an index, in its own unit.
function series.difference(s, region, period, before)
  local now, was = series.value(s, region, period), series.value(s, region, before or series.year_before(period))
  if not now or not was then return nil, "no_before" end
  return now - was
end

-- The first and the last period of which a value is known.
function series.ends(s, region)
  local first, last
  for _, period in ipairs(s.periods) do
    if series.value(s, region, period) then
      first = first or period
      last = period
    end
  end
  return first, last
end

-- The mean growth a year from the first to the last period that are known: (last / first)^(1/years) - 1.
function series.mean_growth(s, region)
  local first, last = series.ends(s, region)
  if not first or first == last then return nil, "no_before" end
  local from, to = series.value(s, region, first), series.value(s, region, last)
  local years = tonumber(last:sub(1, 4)) - tonumber(first:sub(1, 4))
  if years < 1 or first:sub(5) ~= last:sub(5) then return nil, "no_before" end
  if from <= 0 or to < 0 then return nil, "from_nothing" end
  return (to / from) ^ (1 / years) - 1
end

-- How many regions the series has.
function series.count(s)
  local count = 0
  for _, region in ipairs(s.regions) do
    if region ~= "" then count = count + 1 end
  end
  return count
end

-- Of the sum over all regions of the series: only where every one of them has a value for the period, none is below
-- 0, and there are at least two. `overlap`: the regions are no parts of one whole.
function series.share(s, region, period, overlap)
  local sum, count = 0, 0
  if region == "" then return nil, "no_region" end
  if overlap then return nil, "overlap" end
  for _, one in ipairs(s.regions) do
    if one ~= "" then
      local value = series.value(s, one, period)
      if not value then return nil, "not_whole" end
      if value < 0 then return nil, "below_nothing" end
      sum, count = sum + value, count + 1
    end
  end
  if count < 2 then return nil, "alone" end
  local mine = series.value(s, region, period)
  if sum <= 0 then return nil, "below_nothing" end
  return mine / sum
end

-- Do two of these lists of NUTS codes share a place? NL342 lies in NL34.
function series.overlap(lists)
  for n, codes in ipairs(lists) do
    for m = n + 1, #lists do
      for _, a in ipairs(codes) do
        for _, b in ipairs(lists[m]) do
          if a:sub(1, #b) == b or b:sub(1, #a) == a then return true end
        end
      end
    end
  end
  return false
end

local function nearest_year(inhabitants, region, year)
  local best
  for _, at in ipairs(inhabitants.periods) do
    if series.value(inhabitants, region, at) then
      local far, near = math.abs(tonumber(at) - year), best and math.abs(tonumber(best) - year)
      if not best or far <= near then best = at end -- periods rise: of two equally near the later
    end
  end
  return best
end

-- For each 100,000 inhabitants, by those of the same region and year or, failing these, of the nearest year. Also
-- returns the observation that it used.
function series.per_inhabitant(s, region, period, inhabitants)
  local value = series.value(s, region, period)
  local year = value and nearest_year(inhabitants, region, tonumber(period:sub(1, 4)))
  if not year then return nil, "no_inhabitants" end
  local people = inhabitants.at[region][year]
  if people.value <= 0 then return nil, "no_inhabitants" end
  return value * 100000 / people.value, people
end

return series
