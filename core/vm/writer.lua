-- The writer of polder.report: each method adds one block to the document. The host checks what stands in it.
-- luacheck: ignore 212 (self: methods, as a report is written with a colon)
local keep, error, type, select = ...

local report = {}

-- The method's table, or an error at the caller's line.
local function table_of(name, options)
  if type(options) ~= "table" then
    error("report:" .. name .. ": expected a table, as in report:" .. name .. " { … }", 3)
  end
  return options
end

-- What was given as one text or as several pieces.
local function pieces(name, ...)
  local n = select("#", ...)
  if n == 0 then error("report:" .. name .. ": expected a text", 3) end
  if n == 1 then return (...) end
  local all = { ... }
  for i = 1, n do
    if all[i] == nil then error("report:" .. name .. ": piece " .. i .. " is nil", 3) end
  end
  return all
end

function report:title(text, subtitle)
  keep("title", { text = text, subtitle = subtitle })
end

function report:section(title, level)
  keep("section", { title = title, level = level or 1 })
end

function report:text(...)
  keep("text", { text = pieces("text", ...) })
end

function report:note(...)
  keep("note", { text = pieces("note", ...) })
end

function report:list(items, options)
  keep("list", { items = table_of("list", items), ordered = options and options.ordered or false })
end

function report:table(options)
  keep("table", table_of("table", options))
end

function report:numbers(items)
  keep("numbers", { items = table_of("numbers", items) })
end

function report:bars(options)
  keep("bars", table_of("bars", options))
end

function report:lines(options)
  keep("lines", table_of("lines", options))
end

function report:map(options)
  keep("map", table_of("map", options))
end

function report:network(options)
  keep("network", table_of("network", options))
end

function report:sources(items)
  keep("sources", { items = table_of("sources", items) })
end

function report:page()
  keep("page", { after = true })
end

-- Pieces of a text. The host writes them in the language and form of the report.

function report:link(text, url)
  return { text = text, url = url }
end

function report:strong(text)
  return { text = text, strong = true }
end

-- A text in another language than the report's: what a rule said in Dutch, in a report in English.
function report:said(text, lang)
  return { text = text, lang = lang }
end

function report:date(day)
  return { value = day, type = "date" }
end

function report:money(amount, decimals)
  return { value = amount, type = "money", decimals = decimals }
end

function report:number(number, decimals, unit)
  return { value = number, type = "number", decimals = decimals, unit = unit }
end

function report:percentage(share, decimals)
  return { value = share, type = "percentage", decimals = decimals }
end

return report
