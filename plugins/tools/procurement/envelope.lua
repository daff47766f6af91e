-- The envelope that a submitter keeps until the closing time: a text that people can read. Its seal is the SHA-256 of
-- all its bytes, as `sha256sum` prints it; the last line, which nobody can guess, keeps the rest from being guessed.
-- Basis: a commitment by hash (FIPS 180-4), as in a sealed tender that stays with the notary.
local envelope = {}

local FIRST <const> = "Inzending voor Polder, vorm 1"
local LINES <const> = {
  { "call", "oproep" }, { "organisation", "inzender" }, { "title", "titel" }, { "summary", "samenvatting" },
  { "solution", "oplossing" }, { "price", "prijs in euro" },
}

local function line(name, value)
  return ("%s: %s"):format(name, (tostring(value):gsub("%s+", " ")))
end

-- content = { call, organisation, title, summary, solution, price (a number), documents (a list) }. No newline at the
-- end: a shell's $(cat FILE) would drop it, and the seal would no longer fit.
function envelope.write(content, secret)
  local out = { FIRST }
  for _, one in ipairs(LINES) do
    local value = content[one[1]]
    if one[1] == "price" and value then value = ("%.14g"):format(value) end
    if value then out[#out + 1] = line(one[2], value) end
  end
  for _, document in ipairs(content.documents or {}) do out[#out + 1] = line("stuk", document) end
  out[#out + 1] = line("geheim", secret)
  return table.concat(out, "\n")
end

-- What the record of an opened submission says; nothing when it is no envelope.
function envelope.read(text)
  local fields, documents, said = {}, {}, {}
  for name, value in text:gmatch "([^\n:]+): ([^\n]*)" do
    if name == "stuk" then documents[#documents + 1] = value else said[name] = value end
  end
  if text:sub(1, #FIRST + 1) ~= FIRST .. "\n" or not said.geheim then return nil end
  for _, one in ipairs(LINES) do fields[one[1]] = said[one[2]] end
  local amount = tonumber(fields.price)
  fields.price = amount and { amount = amount, currency = "EUR" }
  if #documents > 0 then fields.documents = documents end
  return fields
end

return envelope
