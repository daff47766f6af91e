-- Codes as registers write them. Basis: Handelsregister (8 digits), NUTS 2024 (country and at most three more), CPV
-- (8 digits, with or without the check digit behind a hyphen).
local codes = {}

function codes.register_number(text)
  return text:match "^%d%d%d%d%d%d%d%d$" ~= nil
end

function codes.nuts(text)
  return text:match "^%u%u[%u%d]?[%u%d]?[%u%d]?$" ~= nil
end

function codes.cpv(text)
  return text:match "^%d%d%d%d%d%d%d%d$" ~= nil or text:match "^%d%d%d%d%d%d%d%d%-%d$" ~= nil
end

-- "2025", "2025-Q3" or "2025-03"
function codes.period(text)
  local month = tonumber(text:match "^%d%d%d%d%-(%d%d)$")
  return text:match "^%d%d%d%d$" ~= nil
    or text:match "^%d%d%d%d%-Q[1-4]$" ~= nil
    or (month ~= nil and month >= 1 and month <= 12)
end

-- The first of `list` that is none; nil when all are.
function codes.wrong(list, is_code)
  for _, code in ipairs(list or {}) do
    if not is_code(code) then return code end
  end
end

return codes
