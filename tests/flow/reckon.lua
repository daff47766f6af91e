-- Random records, and what `polder match` should make of them, reckoned anew.
--   lua5.4 reckon.lua records SEED                                     solutions and demands as JSON lines
--   lua5.4 reckon.lua match SCRIPTS MATCH.json SOLUTIONS.json DEMANDS.json   MATCH is of all ranked, with --stability;
--                                                                      ends with 1 and says what differs
local function records(seed)
  math.randomseed(seed)
  local function some(list, most)
    local chosen = {}
    for _ = 1, math.random(0, most) do chosen[#chosen + 1] = ('"%s"'):format(list[math.random(#list)]) end
    return "[" .. table.concat(chosen, ",") .. "]"
  end
  local function maybe(text) return math.random(4) > 1 and "," .. text or "" end
  local terms = { "radar", "sonar", "space", "drones", "energy" }
  local regions = { "NL34", "NL341", "NL36", "NL41", "BE21" }
  for i = 1, 24 do
    print(('{"id":"solution/s%02d","title":"S"%s%s%s%s%s}'):format(i,
      maybe('"technologies":' .. some(terms, 3)), maybe('"trl":' .. math.random(9)),
      maybe(('"region":"%s"'):format(regions[math.random(#regions)])),
      maybe('"delivery_days":' .. 30 * math.random(0, 6)), maybe('"certificates":' .. some({ "CE", "IP68" }, 2))))
  end
  for i = 1, 6 do
    print(('{"id":"demand/d%d","title":"D"%s%s%s%s%s%s}'):format(i, maybe('"technologies":' .. some(terms, 3)),
      maybe('"trl_min":' .. math.random(6)), maybe('"regions":' .. some({ "NL34", "NL", "BE" }, 2)),
      maybe('"delivery_days_max":' .. 60 * math.random(3)), maybe('"certificates":' .. some({ "CE", "IP68" }, 2)),
      maybe(('"deadline":"2026-11-%d"'):format(math.random(28, 30)))))
  end
end

if arg[1] == "records" then
  records(math.tointeger(arg[2]))
  os.exit(0)
end

package.path = arg[2] .. "/?.lua;" .. package.path
local json = require "json"
local differ = false

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return json.decode(text)
end

local function check(ok, form, ...)
  if ok then return end
  io.stderr:write(form:format(...), "\n")
  differ = true
end

-- By the demand's own limits (plugins/partnership/gates.lua).
local function passes(solution, demand, today)
  if demand.trl_min and not (solution.trl and solution.trl >= demand.trl_min) then return false end
  if demand.delivery_days_max and (solution.delivery_days or 0) > demand.delivery_days_max then return false end
  if demand.deadline and demand.deadline < today then return false end
  local inside = #(demand.regions or {}) == 0
  for _, region in ipairs(demand.regions or {}) do
    inside = inside or (solution.region or ""):sub(1, #region) == region
  end
  return inside
end

-- Score and coverage with another weight for one rule; no score when nothing applied.
local function score(rules, name, weight)
  local points, possible, applied, all = 0, 0, 0, 0
  for _, rule in ipairs(rules) do
    local w = rule.rule == name and weight or rule.weight
    all = all + w
    if rule.outcome == "points" then
      points, possible, applied = points + w * rule.value, possible + w * rule.max, applied + w
    end
  end
  return possible > 0 and 100 * points / possible or nil, all > 0 and applied / all
end

-- Sums are rounded in one order or another: what is this near is equal.
local NEAR <const> = 1e-9

-- The best `top` with another weight for one rule, as a set of ids, and the score of the last of them; then all scores.
local function best(ranked, top, name, weight)
  local list, set, scores = {}, {}, {}
  for i, row in ipairs(ranked) do
    scores[row.solution] = score(row.rules, name, weight) or -1
    list[i] = { id = row.solution, score = math.floor(scores[row.solution] / NEAR + 0.5) }
  end
  table.sort(list, function(a, b)
    if a.score ~= b.score then return a.score > b.score end
    return a.id < b.id
  end)
  for i = 1, math.min(top, #list) do set[list[i].id] = true end
  local last = list[math.min(top, #list)]
  return set, last and scores[last.id], scores
end

local function same(a, b)
  for id in pairs(a) do
    if not b[id] then return false end
  end
  return true
end

-- Just before the weight told the best are who they are now, just beyond it they are others; where none is told, no
-- weight of many changes them.
local function check_limit(demand, now, rule, way)
  local told, up = rule[way], way == "up"
  local s, what = demand.stability, demand.demand .. " " .. rule.rule .. " " .. way
  local function changed(weight)
    return not same(now, best(demand.ranked, s.top, rule.rule, weight))
  end
  if told == json.null then
    for i = 1, 40 do
      local weight = up and rule.weight * 1.2 ^ i or rule.weight * (1 - i / 41)
      check(not changed(weight), "%s: said none, the best change at %g", what, weight)
    end
    return
  end
  local step = up and 1e-5 or -1e-5
  local there, last, scores = best(demand.ranked, s.top, rule.rule, told.weight * (1 + step))
  check(not same(now, there), "%s: said %g, the best stay", what, told.weight)
  check(now[told.leaves] and scores[told.leaves] <= last + NEAR, "%s: %s stays", what, told.leaves)
  check(not now[told.enters] and scores[told.enters] >= last - NEAR, "%s: %s doesn't come", what, told.enters)
  for i = 1, 20 do
    local weight = rule.weight + (told.weight - rule.weight) * (1 - 1e-6) * i / 20
    check(not changed(weight), "%s: said %g, the best change at %g", what, told.weight, weight)
  end
end

local function by_id(list)
  local map, len = {}, 0
  for _, record in ipairs(list) do map[record.id], len = record, len + 1 end
  return map, len
end

local match = read(arg[3])
local solutions, all = by_id(read(arg[4]))
local demands = by_id(read(arg[5]))
for _, demand in ipairs(match.demands) do
  local scored, last = 0, nil
  for _, solution in pairs(solutions) do
    if passes(solution, demands[demand.demand], match.today) then scored = scored + 1 end
  end
  check(demand.scored == scored and demand.excluded == all - scored and #demand.ranked == scored,
    "%s: said %d scored, are %d", demand.demand, demand.scored, scored)
  for place, row in ipairs(demand.ranked) do
    local number, coverage = score(row.rules)
    check(math.abs((number or -1) - (row.score == json.null and -1 or row.score)) < 1e-9
      and math.abs(coverage - row.coverage) < 1e-9, "%s %s: said %s, is %s", demand.demand, row.solution,
      tostring(row.score), tostring(number))
    check(row.rank == place, "%s: rank %d stands at %d", demand.demand, row.rank, place)
    local here = row.score == json.null and -1 or row.score
    check(not last or last.score > here or last.score == here and last.id < row.solution, "%s: %s stands too low",
      demand.demand, row.solution)
    last = { score = here, id = row.solution }
  end
  local now = best(demand.ranked, demand.stability.top)
  for _, rule in ipairs(demand.stability.weights) do
    check_limit(demand, now, rule, "down")
    check_limit(demand, now, rule, "up")
  end
end
os.exit((differ or #match.demands == 0) and 1 or 0)
