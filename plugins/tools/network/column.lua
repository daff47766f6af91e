-- A column of a table that a command returns.
return function(name, nl, en)
  return { name = name, title = { nl = nl, en = en or nl } }
end
