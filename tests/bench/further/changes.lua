-- The changes that `polder explain --what-if --json` told on stdin, each as a file to import and one to undo it:
--   lua5.4 changes.lua SCRIPTS FOLDER MOST     prints a line "number rank-was rank" for each; of texts none
package.path = arg[1] .. "/?.lua;" .. package.path
local json = require "json"
local document, number = json.decode(io.read("a")), 0

local function encode(value)
  if type(value) == "string" then return json.string(value) end
  if type(value) ~= "table" or value == json.null then return tostring(value) end
  local parts, list = {}, value[1] ~= nil or next(value) == nil
  for key, item in pairs(value) do
    parts[#parts + 1] = list and encode(item) or json.string(key) .. ":" .. encode(item)
  end
  return (list and "[%s]" or "{%s}"):format(table.concat(parts, ","))
end

local function write(name, field, value)
  local file = assert(io.open(("%s/%s"):format(arg[2], name), "w"))
  file:write(("{\"id\":%s,%s:%s}\n"):format(encode(document.solution), json.string(field), encode(value)))
  file:close()
end

for _, change in ipairs(document.changes) do
  -- A text's words also change how rare words are, which the change is told without.
  if not change.words and change.rank ~= json.null and number < math.tointeger(arg[3]) then
    number = number + 1
    local field = change.field:match("%.(.+)$")
    write(number .. ".jsonl", field, change.new)
    write(number .. "-undo.jsonl", field, change.old)
    print(("%d %s %s"):format(number, math.tointeger(change.rank_was) or "-", math.tointeger(change.rank)))
  end
end
