-- Tests of json.lua and sbir/held_out.lua: lua5.4 scripts/test.lua. Exit code 0 when all passed.
local here = arg[0]:match("^(.*)/") or "."
package.path = here .. "/?.lua;" .. package.path
local json = require "json"
local held_out = require "sbir.held_out"

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

local function demands_to(last)
  local demands = {}
  for i = 1, last do demands[i] = "demand/" .. i end
  return demands
end

case("folds are even, by the seed, and hold each demand once", function()
  local demands, sizes = demands_to(11), { 0, 0, 0 }
  math.randomseed(7)
  local one = held_out.split(demands, 3, math.random)
  local other = held_out.split(demands, 3, math.random)
  math.randomseed(7)
  local again = held_out.split(demands, 3, math.random)
  local differs = false
  for _, demand in ipairs(demands) do
    equal(again[demand], one[demand])
    sizes[one[demand]] = sizes[one[demand]] + 1
    differs = differs or other[demand] ~= one[demand]
  end
  equal(table.concat(sizes, " "), "4 4 3")
  equal(differs, true)
end)

case("what is measured had no say in the choice", function()
  local demands, fold_of = demands_to(4), {}
  local lucky, steady = { name = "lucky", by = {} }, { name = "steady", by = {} }
  for i, demand in ipairs(demands) do
    fold_of[demand] = i == 1 and 1 or 2
    lucky.by[demand] = { mrr = i == 1 and 1 or 0 }
    steady.by[demand] = { mrr = 0.25 }
  end
  local by, chosen = held_out.measure({ lucky, steady }, demands, fold_of, 2, "mrr")
  equal(by["demand/1"].mrr, 0.25) -- the others chose what is steady
  equal(by["demand/2"].mrr, 0) -- and the first chose what is lucky
  equal(chosen.lucky + chosen.steady, 2)
  equal(held_out.mean(by, demands, "mrr"), 0.0625)
end)

case("each publisher is a fold of its own", function()
  local fold_of, folds = held_out.each(demands_to(3), { ["demand/1"] = "Navy", ["demand/3"] = "Navy" })
  equal(folds, 2)
  equal(fold_of["demand/1"], fold_of["demand/3"])
  equal(fold_of["demand/1"] ~= fold_of["demand/2"], true)
end)

case("an interval is of the means of samples", function()
  local by, demands = {}, demands_to(100)
  for i, demand in ipairs(demands) do by[demand] = { mrr = i <= 50 and 1 or 0 } end
  math.randomseed(1)
  local low, high = held_out.interval(by, demands, "mrr", 2000, math.random)
  equal(low > 0.36 and low < 0.44, true) -- 0.5 less two standard deviations of 0.05
  equal(high > 0.56 and high < 0.64, true)
end)

print(failed == 0 and "all passed" or failed .. " failed")
os.exit(failed == 0)
