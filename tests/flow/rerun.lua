-- Fictitious records for rerun.sh, from a seed.
--   lua5.4 rerun.lua all SEED SOLUTIONS DEMANDS      every record, as JSON lines
--   lua5.4 rerun.lua changes SEED SOLUTIONS COUNT    COUNT random changes of solutions: what is put as JSON lines, what
--                                                    goes as "- ID"
--   lua5.4 rerun.lua pick SEED COUNT                 a number from 1 to COUNT
local what, seed = arg[1], math.tointeger(arg[2])
math.randomseed(seed)

local FIRST = {
  "drone", "sensor", "boei", "dijk", "radar", "accu", "sonar", "kaart", "motor", "zender", "robot", "kabel",
}

-- New words come with later seeds: no statistics of before know them.
local function words(count)
  local list = {}
  for i = 1, count do
    local kind = math.random(20)
    list[i] = kind == 1 and "nieuwwoord" .. math.random(seed)
      or kind < 8 and FIRST[math.random(#FIRST)] or "woord" .. math.floor(300 * math.random() ^ 3)
  end
  return table.concat(list, " ")
end

local function solution(number)
  local text = math.random(15) > 1 and ('"description":"%s.",'):format(words(math.random(4, 30))) or ""
  local themes = {}
  for i = 1, math.random(0, 3) do themes[i] = ('"thema-%d"'):format(i * math.random(4)) end
  return ('{"id":"solution/s%04d","title":"%s",%s"trl":%d,"themes":[%s]}')
    :format(number, words(2), text, math.random(9), table.concat(themes, ","))
end

local function demand(number)
  return ('{"id":"demand/d%02d","title":"%s","description":"%s","trl_min":%d,"themes":["thema-%d","thema-%d"]}')
    :format(number, words(3), words(math.random(1, 12)), math.random(6), math.random(4), math.random(5, 8))
end

if what == "all" then
  for i = 1, tonumber(arg[3]) do print(solution(i)) end
  for i = 1, tonumber(arg[4]) do print(demand(i)) end
elseif what == "changes" then
  local count = tonumber(arg[3])
  for _ = 1, tonumber(arg[4]) do
    local kind = math.random(10)
    if kind == 1 then print(("- solution/s%04d"):format(math.random(count)))
    elseif kind == 2 then print(solution(count + math.random(50)))
    else print(solution(math.random(count))) end
  end
  if math.random(3) == 1 then print(demand(math.random(12))) end
elseif what == "pick" then
  print(math.random(tonumber(arg[3])))
end
