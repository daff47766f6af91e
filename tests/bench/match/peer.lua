-- The benchmark's work in one plain lua5.4 process, as a careful script would do it: what can be known of a record is
-- kept beside it, an index for the text, gates first, one function a rule. Usage: peer.lua FOLDER TOP. Prints
-- seconds of processor time for load, prepare and match (Lua has no other clock this fine), and the checksum.
local folder <const>, top <const> = arg[1], tonumber(arg[2])
local K1 <const>, B <const> = 1.2, 0.75

---------------------------------------------------------------------- JSON: just what the generator writes, no escapes

local value

local function list_at(line, at)
  local list = {}
  if line:byte(at) == 93 then return list, at + 1 end -- ]
  while true do
    list[#list + 1], at = value(line, at)
    if line:byte(at) == 93 then return list, at + 1 end
    at = at + 1
  end
end

local function map_at(line, at)
  local map = {}
  while true do
    local key, colon = value(line, at)
    map[key], at = value(line, colon + 1)
    if line:byte(at) == 125 then return map, at + 1 end -- }
    at = at + 1
  end
end

function value(line, at)
  local first = line:byte(at)
  if first == 34 then -- "
    local stop = line:find('"', at + 1, true)
    return line:sub(at + 1, stop - 1), stop + 1
  elseif first == 91 then -- [
    return list_at(line, at + 1)
  elseif first == 123 then -- {
    return map_at(line, at + 1)
  end
  local word, stop = line:match("^([%w.+-]+)()", at)
  if word == "true" then return true, stop end
  return tonumber(word), stop
end

local function load_records(name)
  local records = {}
  for line in assert(io.open(folder .. "/" .. name)):lines() do
    records[#records + 1] = value(line, 1)
  end
  return records
end

---------------------------------------------------------------------- what can be known before the first demand

-- Sets of up to 64 terms are integers: a term's bit is given when it is first met.
local function bits()
  local count = 0
  return setmetatable({}, { __index = function(known, term)
    known[term] = 1 << count
    count = count + 1
    return known[term]
  end })
end

local technology <const>, theme <const>, region <const> = bits(), bits(), bits()

local function set_of(bit, list)
  local set = 0
  for _, term in ipairs(list or {}) do set = set | bit[term] end
  return set
end

local function count_of(set)
  local count = 0
  while set ~= 0 do
    set = set & (set - 1)
    count = count + 1
  end
  return count
end

-- On a sphere of radius 1.
local function point_of(place)
  if not place then return nil end
  local lon, lat = math.rad(place.lon), math.rad(place.lat)
  return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
end

local function feature(r)
  local x, y, z = point_of(r.place)
  return {
    id = r.id,
    technologies = set_of(technology, r.technologies), technologies_len = #(r.technologies or {}),
    themes = set_of(theme, r.themes), themes_len = #(r.themes or {}),
    limits = set_of(region, r.regions), region = region[r.region],
    trl = r.trl or r.trl_min, price = (r.price or r.budget or {}).amount,
    x = x, y = y, z = z, delivery_days = r.delivery_days,
    civil = r.civil_use and #r.civil_use, military = r.military_use and #r.military_use,
    description = r.description,
  }
end

-- The different words of a text in the order they first appear, how often each does, and how many words it has.
local function bag_of(text)
  local order, counts, len = {}, {}, 0
  for word in (text or ""):gmatch("%a+") do
    if not counts[word] then order[#order + 1] = word end
    counts[word] = (counts[word] or 0) + 1
    len = len + 1
  end
  return order, counts, len
end

-- For each word the numbers of its documents, and beside each the part of BM25 that no query changes.
local function index_of(solutions)
  local index, bags, all = {}, {}, 0
  for i, s in ipairs(solutions) do
    local order, counts, len = bag_of(s.description)
    bags[i] = { order, counts, len }
    all = all + len
  end
  local mean = all > 0 and all / #solutions or 1
  for i, bag in ipairs(bags) do
    for _, word in ipairs(bag[1]) do
      local entry = index[word] or { documents = {}, saturated = {} }
      local count, n = bag[2][word], #entry.documents + 1
      index[word] = entry
      entry.documents[n] = i
      bag[word] = n
      entry.saturated[n] = count / (count + K1 * (1.0 - B + B * bag[3] / mean))
    end
  end
  return index, bags
end

local function idf_of(index, word, n)
  local df = index[word] and #index[word].documents
  return df and math.log(1 + (n - df + 0.5) / (df + 0.5)) or 0
end

-- What is left of a similarity, by solution: less for texts that resemble all. The documents, taken as queries of
-- weight 1, are added up by word.
local function factors_of(index, bags)
  local common, factor, n, mean = {}, {}, #bags, 0
  for i, bag in ipairs(bags) do
    local whole = 0
    factor[i] = 0
    for _, word in ipairs(bag[1]) do whole = whole + bag[2][word] * idf_of(index, word, n) end
    for _, word in ipairs(bag[1]) do
      common[word] = (common[word] or 0) + bag[2][word] * idf_of(index, word, n) / whole / n
    end
  end
  for i, bag in ipairs(bags) do
    for _, word in ipairs(bag[1]) do
      factor[i] = factor[i] + common[word] * index[word].saturated[bag[word]]
    end
    mean = mean + factor[i] / n
  end
  for i = 1, n do factor[i] = mean > 0 and 2 * mean / (mean + factor[i]) or 1 end
  return factor
end

---------------------------------------------------------------------- the rules, in the order their points are summed

local min <const>, sqrt <const>, asin <const> = math.min, math.sqrt, math.asin
local texts = {} -- similarity of each solution to the demand at hand

local function budget(s, d)
  local price, most = s.price, d.price
  if not price or not most then return nil end
  local share = price / most
  if share <= 0.8 then return 10 end
  if share <= 1 then return 10 * (1 + (0.5 - 1) * ((share - 0.8) / (1 - 0.8))) end
  return share <= 2 and 10 * (0.5 + (0 - 0.5) * ((share - 1) / (2 - 1))) or 0
end

local function delivery(s)
  local days = s.delivery_days
  if not days then return nil end
  return days <= 90 and 10 or 10 * (90 / days)
end

local function distance(s, d)
  if s.region == d.region then return 10 end
  if not s.x or not d.x then return nil end
  local x, y, z = s.x - d.x, s.y - d.y, s.z - d.z
  local km = 2 * 6371.0088 * asin(sqrt(x * x + y * y + z * z) / 2)
  if km <= 25 then return 10 end
  return km >= 225 and 0 or 10 * ((225 - km) / 200)
end

local function dual_use(s)
  local civil, military = s.civil, s.military
  if not civil and not military then return nil end
  return 5 * min(1, (civil or 0) / 80) + 5 * min(1, (military or 0) / 80)
end

local function technologies(s, d)
  if s.technologies_len == 0 or d.technologies_len == 0 then return nil end
  return 10 * (count_of(s.technologies & d.technologies) / d.technologies_len)
end

local function text(s, d, i)
  if not s.description or not d.description then return nil end
  return 10 * min(1, texts[i] / 0.3)
end

local function themes(s, d)
  if s.themes_len == 0 or d.themes_len == 0 then return nil end
  local both = count_of(s.themes & d.themes)
  return 10 * (both / (s.themes_len + d.themes_len - both))
end

local function trl_margin(s, d)
  if not s.trl or not d.trl then return nil end
  return min(10, 6 + 2 * (s.trl - d.trl))
end

local RULES <const> = {
  { budget, 2 }, { delivery, 1 }, { distance, 1.5 }, { dual_use, 1 }, { technologies, 3 }, { text, 4 }, { themes, 2 },
  { trl_margin, 1 },
}

---------------------------------------------------------------------- the match

local function passes(s, d)
  if d.trl and (not s.trl or s.trl < d.trl) then return false end
  return d.limits == 0 or s.region & d.limits ~= 0
end

local function score(s, d, i)
  local sum, possible = 0, 0
  for r = 1, #RULES do
    local rule = RULES[r]
    local points = rule.once and rule.once[i]
    if not rule.once then points = rule[1](s, d, i) end
    if points then
      sum = sum + rule[2] * points
      possible = possible + rule[2] * 10
    end
  end
  return possible > 0 and 100 * sum / possible or nil
end

local function rank_texts(index, factor, solutions, query)
  local order, counts = bag_of(query)
  local best, idf = 0, {}
  for i = 1, #solutions do texts[i] = 0 end
  for _, word in ipairs(order) do
    idf[word] = idf_of(index, word, #solutions)
    best = best + counts[word] * idf[word]
  end
  for _, word in ipairs(order) do
    local entry = index[word]
    if entry then
      local weight, documents, saturated = counts[word] * idf[word] / best, entry.documents, entry.saturated
      for p = 1, #documents do
        local i = documents[p]
        texts[i] = texts[i] + weight * saturated[p]
      end
    end
  end
  for i = 1, #solutions do
    local x = texts[i] * factor[i]
    texts[i] = x - 0.25 * x * x
  end
end

local function put_in(best, points, solution)
  local i = #best < top and #best + 1 or top
  while i > 1 and best[i - 1].score < points do
    best[i] = best[i - 1]
    i = i - 1
  end
  best[i] = { score = points, solution = solution }
end

local function match_one(index, factor, solutions, d)
  local best = {}
  rank_texts(index, factor, solutions, d.description)
  for i = 1, #solutions do
    local s = solutions[i]
    if passes(s, d) then
      local points = score(s, d, i)
      if points and (#best < top or points > best[top].score) then put_in(best, points, s) end
    end
  end
  return best
end

-- The rules that look at a solution alone are asked once.
local function ask_once(solutions)
  for _, rule in ipairs(RULES) do
    if rule[1] == delivery or rule[1] == dual_use then
      rule.once = {}
      for i, s in ipairs(solutions) do rule.once[i] = rule[1](s) or false end
    end
  end
end

-- FNV-1a over lines of demand, rank, solution and score in billionths.
local function checksum(demands, rankings)
  local hash = 0xcbf29ce484222325
  for i, d in ipairs(demands) do
    for k, place in ipairs(rankings[i]) do
      local line = ("%s %d %s %.0f\n"):format(d.id, k, place.solution.id, math.floor(place.score * 1e9 + 0.5))
      for c = 1, #line do hash = (hash ~ line:byte(c)) * 0x100000001b3 end
    end
  end
  return ("%016x"):format(hash)
end

local start = os.clock()
local demands, solutions = load_records("demands.jsonl"), load_records("solutions.jsonl")
local loaded = os.clock()
for i, d in ipairs(demands) do demands[i] = feature(d) end
for i, s in ipairs(solutions) do solutions[i] = feature(s) end
ask_once(solutions)
local index, bags = index_of(solutions)
local factor, rankings = factors_of(index, bags), {}
local prepared = os.clock()
for i, d in ipairs(demands) do rankings[i] = match_one(index, factor, solutions, d) end
local matched = os.clock()
print(("%.4f %.4f %.4f %s"):format(loaded - start, prepared - loaded, matched - prepared, checksum(demands, rankings)))
