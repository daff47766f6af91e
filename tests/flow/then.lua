-- A random history for then.sh: COUNT lines of arguments of polder, from a seed. Some of them are refused: so be it.
--   lua5.4 then.lua SEED COUNT
math.randomseed(math.tointeger(arg[1]))

local function one(list) return list[math.random(#list)] end

local function solution() return "solution/s" .. math.random(4) end
local function source() return "source/" .. one { "a", "b", "c" } end

local OPS <const> = {
  function() return ("put %s title=T%d trl=%d"):format(solution(), math.random(3), math.random(9)) end,
  function() return ("put %s title=T trl=%d --source %s"):format(solution(), math.random(9), source()) end,
  function() return ("put %s region=NL%d --source %s"):format(solution(), math.random(34, 36), source()) end,
  function() return ("put %s trl=null --source %s"):format(solution(), source()) end,
  function() return "delete " .. solution() end,
  function() return ("settle %s trl --source %s --why w"):format(solution(), source()) end,
  function() return ("withdraw %s --why w"):format(source()) end,
  function() return ("withdraw %s --undo --why w"):format(source()) end,
  function() return ("put %s reliability=%s"):format(source(), one { "A", "B", "D" }) end,
}

for _ = 1, math.tointeger(arg[2]) do print(one(OPS)()) end
