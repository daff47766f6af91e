-- How firm a ranking is, the straightforward way: every pair of one inside the top 5 and one outside, every weight, and
-- draws over all solutions, from what rules gave each of them. Reads what `polder match --stability --json --top 10000`
-- printed of one demand, and holds its weights and shares against what is reckoned here.
--   lua5.4 peer.lua SCRIPTS MATCH.json     prints processor seconds of the reckoning; ends with 1 when it differs
package.path = arg[1] .. "/?.lua;" .. package.path
local json = require "json"

local TOP <const>, DRAWS <const>, PART <const> = 5, 1000, 0.2
local NEAR <const> = 1e-6 -- of a weight: just beyond where two change places
local ALIKE <const> = 0.1 -- of shares: five standard deviations of the difference between two times 1000 draws

local demand = json.decode(assert(io.open(arg[2])):read("a")).demands[1]
local told, ranked = demand.stability, demand.ranked
local rules, weights, most, values, ids = #ranked[1].rules, {}, {}, {}, {}
for k, rule in ipairs(ranked[1].rules) do weights[k], most[k] = rule.weight, rule.max end
for i, row in ipairs(ranked) do
  local v = {}
  for k, rule in ipairs(row.rules) do v[k] = rule.outcome == "points" and rule.value or false end
  values[i], ids[i] = v, row.solution
end

-- Σ w·v and Σ w·max over the rules that applied, but `left_out`.
local function sums(i, by, left_out)
  local points, possible, v = 0, 0, values[i]
  for k = 1, rules do
    if v[k] and k ~= left_out then
      points, possible = points + by[k] * v[k], possible + by[k] * most[k]
    end
  end
  return points, possible
end

local function better(a, b, scores)
  if scores[a] ~= scores[b] then return scores[a] > scores[b] end
  return ids[a] < ids[b]
end

-- The best by these weights: list, and the set of them.
local function best(by)
  local list, set, scores = {}, {}, {}
  for i = 1, #values do
    local points, possible = sums(i, by)
    scores[i] = possible > 0 and 100 * points / possible or -1
    local at = #list < TOP and #list + 1 or TOP + 1
    while at > 1 and better(i, list[at - 1], scores) do
      list[at] = list[at - 1]
      at = at - 1
    end
    if at <= TOP then list[at] = i end
    list[TOP + 1] = nil
  end
  for _, i in ipairs(list) do set[i] = true end
  return list, set, scores
end

local now, inside = best(weights)

-- Weights of rule k at which i and j score the same.
local function crossings(i, j, k)
  local a, b = sums(i, weights, k)
  local c, d = sums(j, weights, k)
  local v, m = values[i][k] or 0, values[i][k] and most[k] or 0
  local w, n = values[j][k] or 0, values[j][k] and most[k] or 0
  local q0, q1, q2 = a * d - c * b, a * n + v * d - c * m - w * b, v * n - w * m
  if q2 == 0 then return q1 ~= 0 and -q0 / q1 or nil end
  local under = q1 * q1 - 4 * q2 * q0
  if under < 0 then return nil end
  local large = -0.5 * (q1 + (q1 < 0 and -1 or 1) * math.sqrt(under))
  return large / q2, large ~= 0 and q0 / large or nil
end

-- Who is among the best no more, and who is, with another weight of rule k.
local function changed(k, weight)
  local by = table.move(weights, 1, rules, 1, {})
  by[k] = weight
  local list, set, scores = best(by)
  local leaves, enters
  for n = #now, 1, -1 do
    if not set[now[n]] then leaves = leaves or now[n] end
  end
  for n = #list, 1, -1 do
    if not inside[list[n]] then enters = list[n] end
  end
  if leaves and scores[list[1]] >= 0 then return ids[leaves], ids[enters] end
end

-- Both limits of rule k: the nearest weight beyond which another is among the best.
local function limits(k)
  local ways = { down = { 0 }, up = {} } -- at 0 the card is without the rule
  local function note(x)
    if x and x >= weights[k] then table.insert(ways.up, x) end
    if x and x <= weights[k] and x > NEAR * weights[k] then table.insert(ways.down, x) end
  end
  for _, i in ipairs(now) do
    for j = 1, #values do
      if not inside[j] then
        local one, other = crossings(i, j, k)
        note(one)
        note(other)
      end
    end
  end
  table.sort(ways.up)
  table.sort(ways.down, function(a, b) return a > b end)
  local found = {}
  for way, list in pairs(ways) do
    for _, x in ipairs(list) do
      local leaves, enters = changed(k, x * (way == "up" and 1 + NEAR or 1 - NEAR))
      if leaves then
        found[way] = { weight = x, leaves = leaves, enters = enters }
        break
      end
    end
  end
  return found
end

local function draws()
  local times = {}
  math.randomseed(1)
  for _ = 1, DRAWS do
    local by = {}
    for k = 1, rules do by[k] = weights[k] * (1 + PART * (2 * math.random() - 1)) end
    for _, i in ipairs((best(by))) do times[i] = (times[i] or 0) + 1 end
  end
  return times
end

local from = os.clock()
local reckoned = {}
for k = 1, rules do reckoned[k] = limits(k) end
local times = draws()
local took = os.clock() - from

local differ = false
local function check(ok, form, ...)
  if ok then return end
  io.stderr:write("peer.lua: ", form:format(...), "\n")
  differ = true
end

local function shown(limit)
  if not limit or limit == json.null then return "none" end
  return ("%.6g: %s for %s"):format(limit.weight, limit.enters, limit.leaves)
end

for k, row in ipairs(told.weights) do
  for _, way in ipairs { "down", "up" } do
    local is, was = shown(row[way]), shown(reckoned[k][way])
    check(is == was, "%s %s: told %s, reckoned %s", row.rule, way, is, was)
  end
end
check(#told.stays == #now, "told %d of the best, reckoned %d", #told.stays, #now)
for n, row in ipairs(told.stays) do
  local share = (times[now[n]] or 0) / DRAWS
  check(row.solution == ids[now[n]] and math.abs(row.share - share) < ALIKE, "%s: told it stays in %g, reckoned %g",
    row.solution, row.share, share)
end
print(("%.4f"):format(took))
os.exit(differ and 1 or 0)
