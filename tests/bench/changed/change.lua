-- Changes one in a hundred of the solutions in FOLDER/solutions.jsonl, at random from SEED: TRL, delivery days and the
-- first word of the description (the second stands there twice then), where they have them. Writes the changed ones to
-- FOLDER/changed.jsonl as well.
-- Usage: change.lua FOLDER SEED
local folder <const>, seed <const> = arg[1], math.tointeger(tonumber(arg[2]))
math.randomseed(seed)

local function changed(line)
  line = line:gsub('"trl":%d+', function() return ('"trl":%d'):format(math.random(9)) end)
  line = line:gsub('"delivery_days":%d+', function() return ('"delivery_days":%d'):format(math.random(10, 400)) end)
  return (line:gsub('("description":")%a+ (%a+)', "%1%2 %2", 1))
end

local lines, count = {}, 0
for line in assert(io.open(folder .. "/solutions.jsonl")):lines() do
  count = count + 1
  lines[count] = line
end
local picked, some = {}, math.max(1, count // 100)
while some > 0 do
  local i = math.random(count)
  if not picked[i] then
    picked[i] = true
    some = some - 1
  end
end
local all, few = assert(io.open(folder .. "/solutions.jsonl", "w")), assert(io.open(folder .. "/changed.jsonl", "w"))
for i, line in ipairs(lines) do
  if picked[i] then
    line = changed(line)
    few:write(line, "\n")
  end
  all:write(line, "\n")
end
assert(all:close())
assert(few:close())
