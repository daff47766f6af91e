-- `polder report investments`: budget, used and left for each programme, theme and region. Basis: budgets.lua.
local polder = require "polder"
local budgets = require "budgets"
local records = require "records"
local written = require "written"

local HEADS <const> = {
  programme = { "Programma", "Programme", "Naar programma", "By programme" },
  theme = { "Thema", "Theme", "Naar thema", "By theme" }, region = { "Regio", "Region", "Naar regio", "By region" },
}

local function remark(row, report, w)
  local too_much = row.over and report:money({ amount = -row.left, currency = row.currency }, 0)
  if too_much then return { w:t("boven budget: ", "over budget: "), too_much, w:t(" te veel", " too much") } end
  if not row.budget then return w:t("geen budget", "no budget") end
end

local function key_numbers(report, total, w)
  for _, sum in ipairs(total) do
    local function money(amount) return amount and { amount = amount, currency = sum.currency } end
    report:numbers {
      { title = w:t("budget", "budget"), value = money(sum.budget), type = "money", decimals = 0 },
      {
        title = w:t("besteed: toegezegd of betaald", "used: committed or paid"),
        value = money(sum.used), type = "money", decimals = 0,
        note = sum.share and { report:percentage(sum.share), w:t(" van het budget", " of the budget") }
          or nil,
      },
      { title = w:t("over", "left"), value = money(sum.left), type = "money", decimals = 0 },
      { title = w:t("voorgesteld", "proposed"), value = money(sum.proposed), type = "money", decimals = 0 },
    }
  end
end

local function division(report, m, by, wanted, w)
  local rows, shown, bars = records.division(m, by, wanted, w), {}, {}
  local head, any = HEADS[by], nil
  for n, row in ipairs(rows) do
    local function money(amount) return amount and { amount = amount, currency = row.currency } end
    shown[n] = {
      name = row.name, budget = money(row.budget), used = money(row.used), share = row.share, left = money(row.left),
      proposed = money(row.proposed), remark = remark(row, report, w),
    }
    any = any or shown[n].remark
    if row.share and row.key ~= budgets.NONE then bars[#bars + 1] = { title = row.name, value = row.share } end
  end
  report:section(w:t(head[3], head[4]))
  if #rows == 0 then
    report:text(w:t("Er is geen budget en geen investering.", "There is no budget and no investment."))
    return
  end
  local function column(name, nl, en, type)
    return { name = name, title = w:t(nl, en), type = type, decimals = type == "money" and 0 or nil }
  end
  report:table {
    caption = w:t("Budget en besteding, ", "Budget and use, ") .. w:t(head[3], head[4]):lower(),
    columns = {
      column("name", head[1], head[2]), column("budget", "Budget", "Budget", "money"),
      column("used", "Besteed", "Used", "money"), column("share", "Deel", "Share", "percentage"),
      column("left", "Over", "Left", "money"), column("proposed", "Voorgesteld", "Proposed", "money"),
      any and column("remark", "Let op", "Mind"),
    },
    rows = shown,
  }
  if by == "region" and #bars > 1 then
    report:bars {
      caption = w:t("Besteed deel van het budget", "Share of the budget that is used"), label = w:t(head[1], head[2]),
      measure = w:t("Besteed", "Used"), type = "percentage", items = bars,
    }
  end
end

-- "1 januari 2026 tot en met 30 juni 2026"; nil: the programme's whole term.
local function period(report, one, w)
  if one.starts and one.ends then
    return { report:date(one.starts), w:t(" tot en met ", " until "), report:date(one.ends) }
  end
  if one.starts then return { w:t("vanaf ", "from "), report:date(one.starts) } end
  return one.ends and { w:t("tot en met ", "until "), report:date(one.ends) } or nil
end

local function allotments(report, m, wanted, w)
  local rows = {}
  for _, part in ipairs(budgets.where(m.parts, wanted)) do
    local one = part.allotment
    if one then
      rows[#rows + 1] = {
        programme = records.name(one.programme, w), theme = one.theme and records.name("theme/" .. one.theme, w),
        region = one.region and records.name(one.region, w), period = period(report, one, w), amount = one.amount,
      }
    end
  end
  if #rows == 0 then return end
  report:section(w:t("Hoe budgetten zijn toegedeeld", "How budgets are allotted"))
  report:table {
    caption = w:t("Toedelingen", "Allotments"),
    columns = {
      { name = "programme", title = w:t("Programma", "Programme") },
      { name = "theme", title = w:t("Thema", "Theme") }, { name = "region", title = w:t("Regio", "Region") },
      { name = "period", title = w:t("Periode", "Period") },
      { name = "amount", title = w:t("Bedrag", "Amount"), type = "money", decimals = 0 },
    },
    rows = rows,
  }
end

polder.report {
  name = "investments",
  title = { nl = "Investeringen tegenover budgetten", en = "Investments against budgets" },
  args = {
    { name = "region", type = "record", kind = "region",
      title = { nl = "Alleen deze regio", en = "This region only" } },
    { name = "programme", type = "record", kind = "programme",
      title = { nl = "Alleen dit programma", en = "This programme only" } },
  },
  write = function(report, args, ctx)
    local w, m = written.new(ctx.lang), records.money()
    local about = {}
    for _, name in ipairs { "region", "programme" } do
      local why = records.missing(args[name], w)
      if why then error(why, 0) end
      if args[name] then about[#about + 1] = records.name(args[name], w) end
    end
    local wanted = { region = args.region, programme = args.programme }
    report:title(w:t("Investeringen tegenover budgetten", "Investments against budgets"),
      #about > 0 and table.concat(about, ", ") or nil)
    if records.made_up(m.programmes, m.allotments, m.investments) then
      report:note(w:t("Hier staan verzonnen voorbeelden tussen.", "Some of this is made up, as an example."))
    end
    report:text(w:t("Stand op ", "As of "), report:date(ctx.today), ".")
    key_numbers(report, budgets.total(records.division(m, "programme", wanted, w)), w)
    for _, by in ipairs { "programme", "theme", "region" } do division(report, m, by, wanted, w) end
    allotments(report, m, wanted, w)
    report:section(w:t("Hoe is geteld", "How it was counted"))
    report:text(w:t(
      "Besteed is wat is toegezegd of betaald; wat is voorgesteld telt nog niet. Het budget van een thema of regio "
        .. "is wat programma's ervoor hebben toegedeeld, en het hele budget van een programma met maar één thema of "
        .. "regio. Elke euro telt één keer: een investering telt bij de toedeling die ze noemt, anders bij haar "
        .. "eigen thema en regio.",
      "Used is what is committed or paid; what is proposed does not count yet. The budget of a theme or region is "
        .. "what programmes allotted to it, and the whole budget of a programme of one theme or region only. Every "
        .. "euro counts once: an investment counts where the allotment that it names does, else at its own theme and "
        .. "region."))
  end,
}
