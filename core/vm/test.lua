-- polder.test: what a plugin's test.lua checks its rules with. `case`, `rule`, `handler` and `check` are in C: they
-- must hold whatever a case does.
local case, rule, handler, check, error, pcall, type, tostring, pairs, find, format, huge = ...

local show

local function show_table(t)
  local parts, n = "", 0
  for key, item in pairs(t) do
    n = n + 1
    if n > 8 then return "{ " .. parts .. ", … }" end
    local text = type(key) == "number" and show(item) or tostring(key) .. " = " .. show(item)
    parts = n > 1 and parts .. ", " .. text or text
  end
  return n > 0 and "{ " .. parts .. " }" or "{}"
end

local depth = 0
function show(item)
  if type(item) == "string" then return '"' .. item .. '"' end
  if type(item) ~= "table" or depth > 3 then return tostring(item) end
  depth = depth + 1
  local ok, text = pcall(show_table, item)
  depth = depth - 1
  return ok and text or "a table"
end

local function same(a, b, level)
  if a == b then return true end
  if type(a) ~= "table" or type(b) ~= "table" or level > 24 then return false end
  for key, item in pairs(a) do
    if not same(item, b[key], level + 1) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

local test = { case = case, rule = rule, handler = handler, check = check }

local function outcome(name, given, points, reason)
  local got, why = rule(name, given)
  if points == nil and got ~= nil then error("expected that it does not apply, got " .. show(got), 3) end
  local near = type(points) == "number" and type(got) == "number" and got - points < 1e-9 and points - got < 1e-9
  if points ~= nil and not near and got ~= points then
    error("expected " .. show(points) .. ", got " .. show(got) .. " (" .. show(why) .. ")", 3)
  end
  if reason and not (type(why) == "string" and find(why, reason)) then
    error(format("expected a reason that matches %s, got %s", show(reason), show(why)), 3)
  end
end

-- A case each: { what it is about, given, points (nil: does not apply), pattern of the reason }.
function test.outcomes(name, cases)
  for n = 1, #cases do
    local one = cases[n]
    case(format("%s: %s", name, tostring(one[1])), function() outcome(name, one[2], one[3], one[4]) end)
  end
end

function test.equal(got, expected, why)
  if not same(got, expected, 0) then
    error((why and tostring(why) .. ": " or "") .. "expected " .. show(expected) .. ", got " .. show(got), 2)
  end
end

function test.near(got, expected, within)
  within = within or 1e-9
  local gap = type(got) == "number" and (got > expected and got - expected or expected - got) or huge
  if gap ~= gap or gap > within then -- not a number is near nothing
    error("expected " .. show(expected) .. " within " .. show(within) .. ", got " .. show(got), 2)
  end
end

function test.match(got, pattern)
  if type(got) ~= "string" or not find(got, pattern) then
    error(format("expected a text that matches %s, got %s", show(pattern), show(got)), 2)
  end
end

function test.is_nil(got)
  if got ~= nil then error("expected nil, got " .. show(got), 2) end
end

function test.ok(condition, why)
  if not condition then
    error(why and tostring(why) or "expected something true, got " .. show(condition), 2)
  end
end

function test.fails(body, pattern)
  local ok, message = pcall(body)
  if ok then error("expected an error, got none", 2) end
  if pattern and not find(tostring(message), pattern) then
    error("expected an error that matches " .. show(pattern) .. ", got " .. show(tostring(message)), 2)
  end
end

return test
