-- Cross-validated figures of text search: which candidate the folds choose, and what it reaches on the fold that had no
-- say.
--   lua5.4 cross_validate.lua DEMANDS.jsonl FOLDS SPLITS SEED MIN EVAL.json…
-- EVAL.json: what `polder eval --json` printed of one candidate. Exit code 1 when the held-out mrr is below MIN.
local here = arg[0]:match("^(.*)/") or "."
package.path = here .. "/../?.lua;" .. here .. "/?.lua;" .. package.path
local json = require "json"
local held_out = require "held_out"

local METRIC <const>, SAMPLES <const> = "mrr", 10000
local folds, splits, seed = math.tointeger(arg[2]), math.tointeger(arg[3]), math.tointeger(arg[4])
local least = tonumber(arg[5])
if not (folds and splits and seed and least and arg[6]) or folds < 2 or splits < 1 then
  io.stderr:write "usage: cross_validate.lua DEMANDS.jsonl FOLDS SPLITS SEED MIN EVAL.json… (FOLDS: 2 or more)\n"
  os.exit(2)
end

local candidates, demands = {}, {}
for i = 6, #arg do
  local document = json.decode(assert(io.open(arg[i])):read("a"))
  local by = {}
  for _, row in ipairs(document.demands) do
    by[row.demand] = row
    if i == 6 then demands[#demands + 1] = row.demand end
  end
  candidates[#candidates + 1] = { name = document.scorecard:match("/(.*)"), by = by }
end

local publisher_of = {}
for line in io.lines(arg[1]) do
  local row = json.decode(line)
  publisher_of["demand/" .. row.id] = type(row.branch) == "string" and row.branch or row.agency
end

local FORM <const> = "%-34s" .. ("%9s"):rep(#held_out.METRICS)
local function row(name, by)
  local figures = {}
  for i, metric in ipairs(held_out.METRICS) do
    figures[i] = ("%.3f"):format(held_out.mean(by, demands, metric))
  end
  print(FORM:format(name, table.unpack(figures)))
end

local function interval(by)
  math.randomseed(seed)
  local low, high = held_out.interval(by, demands, METRIC, SAMPLES, math.random)
  print(("  %s: 95 %% from %.3f to %.3f"):format(METRIC, low, high))
end

local function told(chosen)
  local parts = {}
  for _, candidate in ipairs(candidates) do
    if chosen[candidate.name] then parts[#parts + 1] = ("%s %d"):format(candidate.name, chosen[candidate.name]) end
  end
  print("  chosen by folds: " .. table.concat(parts, ", "))
end

print(("%d demands with known answers, seed %d"):format(#demands, seed))
print(FORM:format("", table.unpack(held_out.METRICS)))
for _, candidate in ipairs(candidates) do
  row(candidate.name, candidate.by)
end

-- Many splits: each demand has the mean of what it got; how far splits lie apart is told.
math.randomseed(seed)
local mean, low, high, chosen = {}, math.huge, -math.huge, {}
for _ = 1, splits do
  local fold_of = held_out.split(demands, folds, math.random)
  local by, picks = held_out.measure(candidates, demands, fold_of, folds, METRIC)
  local figure = held_out.mean(by, demands, METRIC)
  low, high = math.min(low, figure), math.max(high, figure)
  for name, count in pairs(picks) do
    chosen[name] = (chosen[name] or 0) + count
  end
  for _, demand in ipairs(demands) do
    mean[demand] = mean[demand] or {}
    for _, metric in ipairs(held_out.METRICS) do
      mean[demand][metric] = (mean[demand][metric] or 0) + by[demand][metric] / splits
    end
  end
end
row(("held out, %d folds, %d splits"):format(folds, splits), mean)
interval(mean)
print(("  %s of a split: %.3f to %.3f"):format(METRIC, low, high))
told(chosen)

local publishers, count = held_out.each(demands, publisher_of)
local by, picks = held_out.measure(candidates, demands, publishers, count, METRIC)
row(("held out, each of %d publishers"):format(count), by)
interval(by)
told(picks)

local reached = held_out.mean(mean, demands, METRIC)
if reached < least then
  io.stderr:write(("cross_validate.lua: the held-out %s is %.4f, below %s\n"):format(METRIC, reached, arg[5]))
  os.exit(1)
end
