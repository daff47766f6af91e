-- Why a solution stands where it does: each rule with what it adds, its reason, what was looked at and who says so.
-- Basis: polder.explain, so the scorecard's own rules and the claims of the records.
local polder = require "polder"

local why = {}

local SHOWN <const> = 90 -- characters of a text that is quoted

-- The sources that explanations lean on, numbered in the order in which they are first named.
function why.sources()
  return { list = {}, number = {} }
end

local function number_of(used, id)
  if not used.number[id] then
    used.list[#used.list + 1] = id
    used.number[id] = #used.list
  end
  return used.number[id]
end

local function short(text)
  if (utf8.len(text) or 0) <= SHOWN then return text end
  return text:sub(1, utf8.offset(text, SHOWN + 1) - 1) .. "…"
end

-- Adds a piece to a text. Texts beside each other become one: a list of nothing but texts would be an enumeration.
local function add(pieces, piece)
  local last = #pieces
  if type(piece) == "string" and type(pieces[last]) == "string" then
    pieces[last] = pieces[last] .. piece
  else
    pieces[last + 1] = piece
  end
end

-- One value as people read it.
local function words(report, field, value, ctx)
  local term = field.terms and field.terms[value]
  if term then return term[ctx.lang] or value end
  if field.type == "money" and type(value) == "table" then return report:money(value, 0) end
  if field.type == "date" and type(value) == "string" then return report:date(value) end
  if type(value) == "boolean" then return ctx.say(value and "ja" or "nee", value and "yes" or "no") end
  if type(value) == "number" then return report:number(value) end
  if type(value) == "string" then return short(value) end
  return ctx.say("zie het record", "see the record") -- a place of its own, with coordinates
end

local function add_value(pieces, report, field, ctx)
  local value = field.value
  if value == nil then
    add(pieces, ctx.say("niet bekend", "not known"))
  elseif type(value) == "table" and #value > 0 then
    for i, one in ipairs(value) do
      if i > 1 then add(pieces, ", ") end
      add(pieces, words(report, field, one, ctx))
    end
  else
    add(pieces, words(report, field, value, ctx))
  end
end

local function title_of(field, ctx)
  return field.title and field.title[ctx.lang] or field.field:match("%.(.*)")
end

-- "Rijpheid (TRL), geboden: 7; …"
local function looked_at(report, fields, ctx)
  local pieces = {}
  for i, field in ipairs(fields) do
    local asked = field.field:match("^demand%.")
    local side = asked and ctx.say("gevraagd", "asked") or ctx.say("geboden", "offered")
    add(pieces, ("%s%s, %s: "):format(i > 1 and "; " or "", title_of(field, ctx), side))
    add_value(pieces, report, field, ctx)
  end
  if #pieces < 2 then return pieces[1] end
  return pieces
end

local function cite(claim, used)
  local place = claim.place and (", " .. claim.place) or ""
  return ("[%d]%s (%s)"):format(number_of(used, claim.source), place, claim.reliability or "?")
end

-- Who states the value, and of a field with one value who says otherwise.
local function who(field, used, ctx)
  local parts, seen = {}, {}
  local function say(part)
    if not seen[part] then parts[#parts + 1], seen[part] = part, true end
  end
  for _, claim in ipairs(field.claims) do
    if claim.stands and claim.source then say(cite(claim, used)) end
  end
  if #parts == 0 and #field.claims > 0 then say(ctx.say("zonder bron opgegeven", "given without a source")) end
  local single = type(field.value) ~= "table" or #field.value == 0
  for _, claim in ipairs(single and field.claims or {}) do
    if claim.source and not claim.stands then
      say(ctx.say("anders volgens ", "otherwise by ") .. cite(claim, used))
    end
  end
  return table.concat(parts, ", ")
end

-- The same for all fields of a rule: said once where it is the same of all, else by field.
local function stated_by(fields, used, ctx)
  local parts, first, same = {}, nil, true
  for _, field in ipairs(fields) do
    local said = who(field, used, ctx)
    if said ~= "" then
      first = first or said
      same = same and said == first
      parts[#parts + 1] = ("%s: %s"):format(title_of(field, ctx), said)
    end
  end
  return same and first or table.concat(parts, "; ")
end

local UNCOUNTED <const> = {
  failed = { "mislukt: ", "failed: " }, not_applicable = { "telt niet mee: ", "does not count: " },
}

local function row_of(report, rule, most, ctx)
  local reason, uncounted = report:said(rule.reason, "nl"), UNCOUNTED[rule.outcome]
  return {
    rule = rule.title and rule.title[ctx.lang] or rule.rule,
    adds = not uncounted and most > 0 and 100 * rule.weight * rule.value / most or nil, -- to the score, of 100
    reason = uncounted and { ctx.say(uncounted[1], uncounted[2]), reason } or reason,
    fields = looked_at(report, rule.fields, ctx),
  }
end

-- What adds most first; what does not count last.
local function rows_of(report, explained, used, ctx)
  local most, rows, grounds = 0, {}, {}
  for _, rule in ipairs(explained.rules) do
    if rule.outcome == "points" then most = most + rule.weight * rule.max end
  end
  for i, rule in ipairs(explained.rules) do
    rows[i] = row_of(report, rule, most, ctx)
    grounds[rows[i]] = rule.fields
  end
  table.sort(rows, function(a, b) return (a.adds or -1) > (b.adds or -1) end)
  for _, row in ipairs(rows) do
    row.sources = stated_by(grounds[row], used, ctx)
  end
  return rows
end

local function gates(report, explained, ctx)
  local held, kept_out = {}, {}
  for _, gate in ipairs(explained.gates) do
    local list = gate.passed == false and kept_out or held
    if gate.reason ~= "" then list[#list + 1] = report:said(gate.reason, "nl") end
  end
  local function say(list, nl, en)
    if #list == 0 then return end
    local pieces = { ctx.say(nl, en) }
    for i, item in ipairs(list) do
      if i > 1 then pieces[#pieces + 1] = "; " end
      pieces[#pieces + 1] = item
    end
    pieces[#pieces + 1] = "."
    report:text(table.unpack(pieces))
  end
  say(kept_out, "Voldoet niet aan: ", "Does not meet: ")
  say(held, "Voldoet aan de eisen: ", "Meets the requirements: ")
end

local function kept_out(explained)
  for _, gate in ipairs(explained.gates) do
    if gate.passed == false then return true end
  end
end

local function heading(explained, pair, ctx)
  local rank = pair.rank or explained.rank
  if rank then return ctx.say("Waarom op plaats ", "Why ranked ") .. ("%d: %s"):format(rank, pair.title) end
  if kept_out(explained) then return ctx.say("Waarom niet gerangschikt: ", "Why not ranked: ") .. pair.title end
  return ctx.say("Waarom deze score: ", "Why this score: ") .. pair.title
end

-- One pair, as it is now by a scorecard, or as it was in a run. `used` collects the sources.
function why.write(report, pair, used, ctx)
  local t = ctx.say
  local explained = polder.explain {
    scorecard = pair.scorecard, run = pair.run, demand = pair.demand, solution = pair.solution,
    today = not pair.run and ctx.today or nil,
  }
  report:section(heading(explained, pair, ctx), 2)
  gates(report, explained, ctx)
  if kept_out(explained) then return end
  report:table {
    caption = t("Wat elk criterium bijdraagt", "What each criterion adds") .. ": " .. pair.title,
    columns = {
      { name = "rule", title = t("Criterium", "Criterion") },
      { name = "adds", title = t("Draagt bij", "Adds"), type = "number", decimals = 1 },
      { name = "reason", title = t("Reden", "Reason") },
      { name = "fields", title = t("Gekeken naar", "Looked at") },
      { name = "sources", title = t("Bron", "Source") },
    },
    rows = rows_of(report, explained, used, ctx),
    total = { rule = t("Score van 100", "Score out of 100"), adds = explained.score },
  }
end

-- The sources that were named, by their numbers.
function why.list(report, used, ctx, level)
  if #used.list == 0 then return end
  local items = {}
  for i, id in ipairs(used.list) do
    local source = polder.get(id) or {}
    items[i] = {
      title = source.title or id, url = source.url, publisher = source.publisher, date = source.date,
      reliability = source.reliability,
    }
  end
  report:section(ctx.say("Bronnen", "Sources"), level)
  report:sources(items)
end

return why
