-- What the commands share: records, their names, columns. Basis: the kinds of partnership/kinds.
local polder = require "polder"

local data = {}

function data.all(kind, where)
  return polder.query { kind = kind, where = where, limit = 10000 }
end

local names = {}
function data.name(id)
  if not id or id == "" then return "" end
  if not names[id] then
    local record = id:find "/" and polder.get(id)
    names[id] = record and (record.name or record.title) or id
  end
  return names[id]
end

function data.column(name, nl, en)
  return { name = name, title = { nl = nl, en = en or nl } }
end

-- Of numbers, written as text.
function data.figure(name, nl, en)
  return { name = name, title = { nl = nl, en = en or nl }, right = true }
end

return data
