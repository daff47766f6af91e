-- `polder indicators investments`: budget, used and left by programme, theme or region.
local polder = require "polder"
local budgets = require "budgets"
local column = require "commands.column"
local records = require "records"
local written = require "written"

local HEADS <const> = {
  programme = column.text("name_text", "Programma", "Programme"), theme = column.text("name_text", "Thema", "Theme"),
  region = column.text("name_text", "Regio", "Region"),
}

local function shown(row, by, year, w)
  local function money(amount) return amount and w:money(amount, row.currency) end
  row[by] = row.key ~= budgets.NONE and row.key ~= budgets.SEVERAL and row.key or nil
  row.key = nil
  row.budget_text = row.budget and money(row.budget) or not year and w:t("geen", "none") or nil
  row.used_text, row.proposed_text, row.left_text = money(row.used), money(row.proposed), money(row.left)
  row.share_text = row.share and w:percentage(row.share)
  row.name_text = row.name .. (row.over and w:t(" (boven budget)", " (over budget)") or "")
  return row
end

local function columns(by, year)
  if year then
    return {
      column.figure("used_text", "Besteed", "Used"), column.figure("proposed_text", "Voorgesteld", "Proposed"),
      column.text("count", "Aantal", "Number"), HEADS[by],
    }
  end
  return {
    column.figure("budget_text", "Budget"), column.figure("used_text", "Besteed", "Used"),
    column.figure("share_text", "Deel", "Share"), column.figure("left_text", "Over", "Left"),
    column.figure("proposed_text", "Voorgesteld", "Proposed"), HEADS[by],
  }
end

local function total_line(sum, w)
  local function money(amount) return w:money(amount, sum.currency) end
  local text = w:count(sum.count, "investering", "investeringen", "investment", "investments") .. "; "
    .. w:t("besteed ", "used ") .. money(sum.used)
  if sum.budget then
    text = text .. w:t(" van het budget van ", " of the budget of ") .. money(sum.budget)
      .. (sum.share and " (" .. w:percentage(sum.share) .. ")" or "") .. w:t(", over ", ", left ") .. money(sum.left)
  end
  return text .. w:t("; voorgesteld ", "; proposed ") .. money(sum.proposed) .. "."
end

local function sentences(m, rows, total, wanted, w)
  local list = {}
  if records.made_up(m.programmes, m.allotments, m.investments) then
    list[1] = w:t("Hier staan verzonnen voorbeelden tussen.", "Some of this is made up, as an example.")
  end
  for _, sum in ipairs(total) do list[#list + 1] = total_line(sum, w) end
  if #total == 0 then
    list[#list + 1] = w:t("Er is geen budget en geen investering.", "There is no budget and no investment.")
  end
  if wanted.year then
    list[#list + 1] = w:t("Een jaar heeft geen budget: budgetten gelden voor de looptijd van een programma.",
      "A year has no budget: budgets hold for the term of a programme.")
  end
  for _, row in ipairs(rows) do
    if row.over then
      list[#list + 1] = w:t("Boven budget: %s, %s te veel.", "Over budget: %s, by %s."):format(
        row.name, w:money(-row.left, row.currency))
    end
  end
  return list
end

polder.command {
  name = "investments",
  title = { nl = "Investeringen tegenover budgetten", en = "Investments against budgets" },
  help = {
    nl = "Besteed is wat is toegezegd of betaald. Het budget van een thema of regio is wat programma's ervoor hebben "
      .. "toegedeeld (`polder query allotment`), en het hele budget van een programma met maar één thema of regio. "
      .. "Elke euro telt één keer: een investering telt bij de toedeling die ze noemt, anders bij haar eigen thema "
      .. "en regio.",
    en = "Used is what is committed or paid. The budget of a theme or region is what programmes allotted to it "
      .. "(`polder query allotment`), and the whole budget of a programme of one theme or region only. Every euro "
      .. "counts once: an investment counts where the allotment that it names does, else at its own theme and region.",
  },
  example = "polder indicators investments by=theme region=zeeland",
  args = {
    { name = "by", type = "choice", choices = { "programme", "theme", "region" }, default = "programme",
      title = { nl = "Naar", en = "By" } },
    { name = "programme", type = "record", kind = "programme",
      title = { nl = "Alleen dit programma", en = "This programme only" } },
    { name = "theme", type = "record", kind = "theme", title = { nl = "Alleen dit thema", en = "This theme only" } },
    { name = "region", type = "record", kind = "region",
      title = { nl = "Alleen deze regio", en = "This region only" } },
    { name = "year", type = "integer", minimum = 1900, maximum = 2999,
      title = { nl = "Alleen uit dit jaar, zonder budget", en = "Of this year only, without budget" } },
  },
  run = function(args, ctx)
    local w, m = written.new(ctx.lang), records.money()
    for _, name in ipairs { "programme", "theme", "region" } do
      local why = records.missing(args[name], w)
      if why then return nil, why, "not_found" end
    end
    local theme = args.theme and args.theme:match "/(.+)"
    local wanted = { programme = args.programme, theme = theme, region = args.region, year = args.year }
    local rows = records.division(m, args.by, wanted, w)
    local total = budgets.total(rows)
    for _, line in ipairs(sentences(m, rows, total, wanted, w)) do ctx.print(written.wrap(line)) end
    for _, row in ipairs(rows) do shown(row, args.by, args.year, w) end
    return { by = args.by, total = polder.list(total), rows = polder.list(rows), columns = columns(args.by, args.year) }
  end,
}
