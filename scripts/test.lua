-- Tests of json.lua and eval.lua: lua5.4 scripts/test.lua. Exit code 0 when all passed.
local here = arg[0]:match("^(.*)/") or "."
package.path = here .. "/?.lua;" .. package.path
local json = require "json"

local failed = 0
local function case(name, fn)
  local ok, why = pcall(fn)
  if not ok then
    failed = failed + 1
    print("not ok: " .. name .. ": " .. tostring(why))
  end
end

local function equal(got, expected)
  if got ~= expected then error(("got %s, expected %s"):format(tostring(got), tostring(expected)), 2) end
end

case("values are read as they are written", function()
  local v = json.decode ' {"a":[1,-2.5e1,true,null,"x"],"b":{},"c":"\\u00e9\\ud83d\\ude00\\n\\"/"} '
  equal(#v.a, 5)
  equal(v.a[1], 1)
  equal(v.a[2], -25.0)
  equal(v.a[4], json.null)
  equal(next(v.b), nil)
  equal(v.c, 'é😀\n"/')
end)

for text, expected in pairs {
  [""] = "a value", ["01"] = "nothing more", ["[1,]"] = "a value", ['{"a":1,"a":2}'] = "each key once",
  ['{"a" 1}'] = "':'", ["{1:2}"] = "a key", ["[1 2]"] = "',' or ']'", ['"\\x"'] = "a known escape",
  ['"\\ud800"'] = "a pair of surrogates", ['"a\nb"'] = "no control character", ['"a'] = "the end of a string",
  ["nul"] = "a value", ["{} {}"] = "nothing more", ["\n\n-"] = "a value",
} do
  case("refused: " .. text, function()
    local ok, why = pcall(json.decode, text)
    equal(ok, false)
    if not why:find("expected " .. expected, 1, true) then error(why) end
  end)
end

case("an error names its line", function()
  local _, why = pcall(json.decode, "{\n\n  oops}")
  if not why:find("line 3", 1, true) then error(why) end
end)

case("a text comes back as it was written", function()
  local text = 'a "quoted" \\ line\n\tand \0 é'
  equal(json.decode(json.string(text)), text)
end)

-- Runs eval.lua on a ranking and answers; gives what it printed and its exit code.
local function evaluate(ranking, answers, more)
  local paths = { os.tmpname(), os.tmpname() }
  for i, text in ipairs { ranking, answers } do
    local file = assert(io.open(paths[i], "w"))
    file:write(text)
    file:close()
  end
  local command = ("lua5.4 '%s/eval.lua' '%s' '%s' %s 2>&1"):format(here, paths[1], paths[2], more or "")
  local pipe = assert(io.popen(command))
  local printed = pipe:read("a")
  local _, _, code = pipe:close()
  os.remove(paths[1])
  os.remove(paths[2])
  return printed, code or 0
end

local RANKING <const> = [[{"scorecard":"text","demands":[
  {"demand":"demand/a","ranked":[{"solution":"solution/x"},{"solution":"solution/y"}]},
  {"demand":"demand/b","ranked":[{"solution":"solution/x"},{"solution":"solution/y"}]},
  {"demand":"demand/c","ranked":[{"solution":"solution/x"}]}]}]]
local ANSWERS <const> = "demand\tsolution\trelevance\na\tx\t1\ndemand/b\tsolution/y\t2\nb\tz\t1\nb\tx\t0\n"

case("only demands with a known answer count", function()
  local printed, code = evaluate(RANKING, ANSWERS)
  equal(code, 0)
  -- a: 1, 1, 1/1; b: 1/2, 0, 1/2
  if not printed:find("2 demands with known answers", 1, true) then error(printed) end
  if not printed:find("MRR 0.750   P@1 0.500   recall@10 0.750", 1, true) then error(printed) end
end)

case("a figure below its least is exit code 1", function()
  local printed, code = evaluate(RANKING, ANSWERS, "min_mrr=0.7 min_p1=0.6")
  equal(code, 1)
  if not printed:find("p1 is 0.500, below 0.600", 1, true) then error(printed) end
end)

case("a demand with an answer that was not ranked counts as 0 and shows", function()
  local printed, code = evaluate(RANKING, ANSWERS .. "d\tx\t1\n")
  equal(code, 1)
  if not printed:find("MRR 0.500", 1, true) or not printed:find("1 demands", 1, true) then error(printed) end
end)

case("bad input is exit code 3, wrong usage 2", function()
  equal(select(2, evaluate("[1", ANSWERS)), 3)
  equal(select(2, evaluate("{}", ANSWERS)), 3)
  equal(select(2, evaluate(RANKING, "a x 1\n")), 3)
  equal(select(2, evaluate(RANKING, "a\tx\t1\nb\tx\thigh\n")), 3)
  equal(select(2, evaluate(RANKING, "a\tx\t0\n")), 3)
  equal(select(2, evaluate(RANKING, ANSWERS, "min_ndcg=1")), 2)
end)

print(failed == 0 and "all passed" or failed .. " failed")
os.exit(failed == 0)
