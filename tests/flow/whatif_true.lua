-- For whatif_true.sh, in a demo workspace: asks what would gain a rank, makes each change, and asks for the ranking.
--   lua5.4 whatif_true.lua SCRIPTS SEED PAIRS      ends with 1 and says what was not so
package.path = arg[1] .. "/?.lua;" .. package.path
local json = require "json"
math.randomseed(math.tointeger(arg[2]))

local CARDS <const> = {
  "national", "zeeland", "limburg", "noord-holland", "oost-nederland", "midden-nederland", "zuid-holland",
  "noord-brabant",
}

local function quote(word) return "'" .. word:gsub("'", "'\\''") .. "'" end

local function polder(...)
  local words = { quote(os.getenv("POLDER")) }
  for _, word in ipairs { ... } do words[#words + 1] = quote(word) end
  local pipe = assert(io.popen(table.concat(words, " "), "r"))
  local text = pipe:read("a")
  if not pipe:close() then error(table.concat(words, " ") .. " failed") end
  return text
end

local function ids(kind)
  local list = {}
  for line in polder("query", kind, "--format", "csv", "--fields", "id", "--limit", "1000"):gmatch("[^\r\n]+") do
    if line:find("/", 1, true) then list[#list + 1] = line end
  end
  return list
end

local function ranking(card, demand)
  local text = polder("match", "--scorecard", card, "--demand", demand, "--top", "1000", "--no-keep", "--json")
  local ranks = {}
  for _, row in ipairs(json.decode(text).demands[1].ranked) do
    ranks[row.solution] = row.rank
    ranks[row.rank] = row.solution
  end
  return ranks
end

local function encode(value)
  if type(value) == "string" then return json.string(value) end
  if type(value) ~= "table" or value == json.null then return tostring(value) end
  local parts, list = {}, value[1] ~= nil or next(value) == nil
  for key, item in pairs(value) do
    parts[#parts + 1] = list and encode(item) or json.string(key) .. ":" .. encode(item)
  end
  return (list and "[%s]" or "{%s}"):format(table.concat(parts, ","))
end

-- As `put` takes it: text as it is, all else as JSON.
local function put(id, field, value)
  polder("put", id, field .. "=" .. (type(value) == "string" and value or encode(value)))
end

local bad, told = 0, 0
local function expect(is, was, ...)
  if is == was then return end
  bad = bad + 1
  print(("%s: %s instead of %s"):format(table.concat({ ... }, " "), tostring(is), tostring(was)))
end

local function try(card, demand, solution, change, before)
  local field = change.field:match("%.(.+)$")
  told = told + 1
  expect(change.rank_was, before[solution] or json.null, "rank before", card, demand, solution, field)
  put(solution, field, change.new)
  expect(ranking(card, demand)[solution], change.rank, "rank after", card, demand, solution, field, encode(change.new))
  put(solution, field, change.old)
end

local demands, solutions = ids("demand"), ids("solution")
for pair = 1, math.tointeger(arg[3]) do
  local card, demand = CARDS[math.random(#CARDS)], demands[math.random(#demands)]
  local before = ranking(card, demand)
  -- One in three is asked of who is first, the rest of anybody.
  local solution = pair % 3 == 0 and before[1] or solutions[math.random(#solutions)]
  local text = polder("explain", "--scorecard", card, demand, solution, "--what-if", "--json")
  for _, change in ipairs(json.decode(text).changes) do
    if not change.words then try(card, demand, solution, change, before) end
  end
end
print(("%d changes were made, %d were not as told"):format(told, bad))
os.exit(bad == 0 and told > 0)
