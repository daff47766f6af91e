-- Tests of json.lua: lua5.4 scripts/test.lua. Exit code 0 when all passed.
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

print(failed == 0 and "all passed" or failed .. " failed")
os.exit(failed == 0)
