-- Time series out of observations: growth, share of the whole, per inhabitant. Works on records only. Basis: a period
-- is "2025", "2025-Q3" or "2025-03"; what is not observed is not known, and never 0.
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

-- Observations → { periods = sorted, regions = sorted ids, at = { region → { period → observation } }, doubled }.
-- Of two for the same region and period the one with the lower id counts, and both are told.
function series.make(observations, kind)
  local s = { periods = {}, regions = {}, at = {}, doubled = {} }
  local seen = {}
  table.sort(observations, function(a, b) return a.id < b.id end)
  for _, o in ipairs(observations) do
    local region = o.region or ""
    if series.kind(o.period) == kind then
      if not s.at[region] then
        s.at[region] = {}
        s.regions[#s.regions + 1] = region
      end
      if s.at[region][o.period] then
        s.doubled[#s.doubled + 1] = { counts = s.at[region][o.period].id, left_out = o.id }
      else
        s.at[region][o.period] = o
      end
      if not seen[o.period] then
        seen[o.period] = true
        s.periods[#s.periods + 1] = o.period
      end
    end
  end
  table.sort(s.periods)
  table.sort(s.regions)
  return s
end

function series.value(s, region, period)
  local o = s.at[region] and s.at[region][period]
  return o and o.value
end

-- (now - then) / then of one year before; nil when either is not known, or then is not above 0.
function series.growth(s, region, period)
  local now, before = series.value(s, region, period), series.value(s, region, series.year_before(period))
  if not now or not before or before <= 0 then return nil end
  return (now - before) / before
end

-- The mean growth a year from the first to the last period that are known: (last / first)^(1/years) - 1.
function series.mean_growth(s, region)
  local first, last
  for _, period in ipairs(s.periods) do
    if series.value(s, region, period) then
      first = first or period
      last = period
    end
  end
  if not first or first == last then return nil end
  local from, to = series.value(s, region, first), series.value(s, region, last)
  local years = tonumber(last:sub(1, 4)) - tonumber(first:sub(1, 4))
  if from <= 0 or to < 0 or years < 1 then return nil end
  return (to / from) ^ (1 / years) - 1
end

-- Of the sum over all regions; nil when a region that has other periods lacks this one, for then the sum is not whole.
function series.share(s, region, period)
  local sum, mine = 0, series.value(s, region, period)
  for _, one in ipairs(s.regions) do
    local value = one ~= "" and series.value(s, one, period)
    if one ~= "" and not value then return nil end
    sum = sum + (value or 0)
  end
  if not mine or sum <= 0 then return nil end
  return mine / sum
end

-- For each 100,000 inhabitants, by the inhabitants of that year or, failing these, the nearest year (of two the later).
-- Also returns that year.
function series.per_inhabitant(s, region, period, inhabitants)
  local value, year = series.value(s, region, period), tonumber(period:sub(1, 4))
  local best
  for _, at in ipairs(inhabitants.periods) do
    if series.value(inhabitants, region, at) then
      local far = math.abs(tonumber(at) - year)
      if not best or far < math.abs(tonumber(best) - year) or far == math.abs(tonumber(best) - year) and at > best then
        best = at
      end
    end
  end
  local people = best and series.value(inhabitants, region, best)
  if not value or not people or people <= 0 then return nil end
  return value * 100000 / people, best
end

return series
