-- How the kinds of this folder declare their fields. Basis: no policy, only the shape of polder.kind.
local field = {}

-- One field: name, type, Dutch and English title, and what else the schema says of it.
function field.new(name, kind, nl, en, more)
  local f = { name = name, type = kind, title = { nl = nl, en = en } }
  for key, value in pairs(more or {}) do
    f[key] = value
  end
  return f
end

-- { kind = … } with what else holds: field.to("organisation", field.MANY)
function field.to(kind, more)
  local f = { kind = kind }
  for key, value in pairs(more or {}) do
    f[key] = value
  end
  return f
end

-- Terms of a list that no source extends: a word outside it is a mistake.
function field.of(terms, more)
  local f = { terms = terms }
  for key, value in pairs(more or {}) do
    f[key] = value
  end
  return f
end

-- Open: sources have words of their own, and a new technology is there before the list knows it.
function field.open(terms, more)
  local f = field.of(terms, more)
  f.open = true
  return f
end

field.REQUIRED = { required = true }
field.MANY = { many = true }
field.EURO = { unit = "EUR" } -- and no other currency
field.DAYS = { unit = "days", minimum = 0 }
field.COUNT = { minimum = 0 }
field.TRL = { minimum = 1, maximum = 9, unit = "TRL" }
field.YEAR = { minimum = 1000, maximum = 9999, unit = "year" }

return field
