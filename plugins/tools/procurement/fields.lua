-- What differs between two records, and what sentences call it. Basis: the kinds of partnership/kinds/procurement.lua.
local fields = {}

-- As sentences call the fields, in Dutch and in English.
local NAMES <const> = {
  weight = { "het gewicht", "the weight" }, max = { "het hoogste aantal punten", "the most points" },
  title = { "de titel", "the title" }, description = { "de omschrijving", "the description" },
  call = { "de oproep", "the call" }, summary = { "de samenvatting", "the summary" },
  price = { "de prijs", "the price" }, solution = { "de oplossing", "the solution" },
  documents = { "de lijst van stukken", "the list of documents" },
  submitted = { "het moment van inzending", "the moment of submission" }, seal = { "het zegel", "the seal" },
  size = { "de omvang", "the size" }, envelope = { "de envelop", "the envelope" },
  awarded = { "de keuze", "the choice" },
  rejected = { "de lijst van afgewezenen", "the list of those rejected" }, reason = { "de motivering", "the reason" },
  run = { "de berekening", "the run" }, ranking = { "de rangorde", "the ranking" }, date = { "de datum", "the date" },
  by = { "de naam eronder", "the name under it" }, amount = { "het bedrag", "the amount" },
  submission = { "de inzending", "the submission" }, criterion = { "het criterium", "the criterion" },
  assessor = { "de beoordelaar", "the assessor" },
}

-- A sentence about a field in both languages; %s is what it is called.
function fields.about(field, nl, en)
  return nl:format(NAMES[field][1]), en:format(NAMES[field][2])
end

function fields.differs(a, b, names)
  for _, name in ipairs(names) do
    local x, y = a[name], b[name]
    if type(x) == "table" and type(y) == "table" then
      for key, value in pairs(x) do
        if y[key] ~= value then return name end
      end
      for key in pairs(y) do
        if x[key] == nil then return name end
      end
    elseif x ~= y then
      return name
    end
  end
end

-- A put that changes nothing is no change.
function fields.same(before, after)
  if not before or not after then return false end
  local names = {}
  for name in pairs(before) do names[#names + 1] = name end
  for name in pairs(after) do names[#names + 1] = name end
  return fields.differs(before, after, names) == nil
end

function fields.among(list, id)
  for _, one in ipairs(list or {}) do
    if one == id then return true end
  end
end

return fields
