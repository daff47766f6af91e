-- Reads and writes JSON, strictly (RFC 8259), for the scripts in this folder. decode(text) gives Lua values,
-- null as json.null.
local json = { null = setmetatable({}, { __tostring = function() return "null" end }) }

local ESCAPES <const> = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }
local value -- value(text, at) → the value, the position after it

local function fail(text, at, what)
  local _, lines = text:sub(1, at - 1):gsub("\n", "")
  error(("JSON, line %d, byte %d: expected %s"):format(lines + 1, at, what), 0)
end

local function skip(text, at)
  return text:find("[^ \t\r\n]", at) or #text + 1
end

-- "\ud83d\ude00" is one character in two halves.
local function unicode(text, at)
  local high = tonumber(text:match("^%x%x%x%x", at) or fail(text, at, "4 hex digits"), 16)
  if high < 0xD800 or high > 0xDFFF then return utf8.char(high), at + 4 end
  local low = tonumber(text:match("^\\u(%x%x%x%x)", at + 4) or fail(text, at, "a pair of surrogates"), 16)
  if high > 0xDBFF or low < 0xDC00 or low > 0xDFFF then fail(text, at, "a pair of surrogates") end
  return utf8.char(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), at + 10
end

local function string_at(text, at)
  local parts = {}
  while true do
    local stop = text:find('["\\%c]', at) or fail(text, #text + 1, "the end of a string")
    parts[#parts + 1] = text:sub(at, stop - 1)
    local char = text:sub(stop, stop)
    if char == '"' then return table.concat(parts), stop + 1 end
    if char ~= "\\" then fail(text, stop, "no control character in a string") end
    local letter = text:sub(stop + 1, stop + 1)
    if letter == "u" then
      parts[#parts + 1], at = unicode(text, stop + 2)
    else
      parts[#parts + 1] = ESCAPES[letter] or fail(text, stop, "a known escape")
      at = stop + 2
    end
  end
end

local function number_at(text, at)
  local whole = text:match("^-?0", at) or text:match("^-?[1-9]%d*", at) or fail(text, at, "a value")
  local stop = at + #whole
  local rest = text:match("^%.%d+", stop) or ""
  rest = rest .. (text:match("^[eE][+-]?%d+", stop + #rest) or "")
  return tonumber(whole .. rest), stop + #rest
end

-- Items up to `close`, each read by `item`.
local function items(text, at, close, item)
  at = skip(text, at)
  if text:sub(at, at) == close then return at + 1 end
  while true do
    at = skip(text, item(skip(text, at)))
    local char = text:sub(at, at)
    if char == close then return at + 1 end
    if char ~= "," then fail(text, at, "',' or '" .. close .. "'") end
    at = at + 1
  end
end

local function list_at(text, at)
  local list = {}
  at = items(text, at, "]", function(where)
    list[#list + 1], where = value(text, where)
    return where
  end)
  return list, at
end

local function object_at(text, at)
  local object = {}
  at = items(text, at, "}", function(where)
    if text:sub(where, where) ~= '"' then fail(text, where, "a key") end
    local key, after = string_at(text, where + 1)
    if object[key] ~= nil then fail(text, where, "each key once") end
    after = skip(text, after)
    if text:sub(after, after) ~= ":" then fail(text, after, "':'") end
    object[key], after = value(text, skip(text, after + 1))
    return after
  end)
  return object, at
end

local WORDS <const> = { ["true"] = true, ["false"] = false, null = json.null }

function value(text, at)
  local char = text:sub(at, at)
  if char == '"' then return string_at(text, at + 1) end
  if char == "{" then return object_at(text, at + 1) end
  if char == "[" then return list_at(text, at + 1) end
  local word = text:match("^%l+", at)
  if word and WORDS[word] ~= nil then return WORDS[word], at + #word end
  return number_at(text, at)
end

-- One JSON value and nothing after it; anything else is an error with its line and byte.
function json.decode(text)
  local result, at = value(text, skip(text, 1))
  at = skip(text, at)
  if at <= #text then fail(text, at, "nothing more") end
  return result
end

-- A text as a JSON string.
function json.string(text)
  return '"' .. text:gsub('[%c"\\]', function(char)
    return ("\\u%04x"):format(char:byte())
  end) .. '"'
end

return json
