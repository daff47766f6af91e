-- Turns one file of ../shared/data/sbir into rows that `polder import` takes: id, title, and its text as description.
--   lua5.4 scripts/sbir/convert.lua text < demands.jsonl
--   lua5.4 scripts/sbir/convert.lua abstract < solutions.jsonl
local here = arg[0]:match("^(.*)/") or "."
package.path = here .. "/../?.lua;" .. package.path
local json = require "json"

local from = arg[1]
if not from then
  io.stderr:write("usage: lua5.4 convert.lua FIELD < IN.jsonl > OUT.jsonl   (FIELD becomes the description)\n")
  os.exit(2)
end

for line in io.lines() do
  local row = json.decode(line)
  local parts = {}
  for _, pair in ipairs { { "id", row.id }, { "title", row.title }, { "description", row[from] } } do
    if type(pair[2]) == "string" then parts[#parts + 1] = json.string(pair[1]) .. ":" .. json.string(pair[2]) end
  end
  print("{" .. table.concat(parts, ",") .. "}")
end
