-- A column of a table that a command returns. Numbers that are written as text stand to the right.
local column = {}

function column.text(name, nl, en)
  return { name = name, title = { nl = nl, en = en or nl } }
end

function column.figure(name, nl, en)
  return { name = name, title = { nl = nl, en = en or nl }, right = true }
end

return column
