-- `polder indicators investments`: by programme against its budget, by theme, by region.
local polder = require "polder"
local data = require "commands.data"
local dutch = require "dutch"
local money = require "money"

local NONE <const> = { programme = "zonder programma", theme = "zonder thema", region = "zonder regio" }

local function shown(row, by)
  return {
    key = row.key, name = row.key ~= "" and data.name(row.key) or NONE[by], count = row.count, currency = row.currency,
    proposed = dutch.money(row.proposed, row.currency), committed = dutch.money(row.committed, row.currency),
    paid = dutch.money(row.paid, row.currency), budget = row.budget and dutch.money(row.budget, row.currency) or "",
    left = row.left and dutch.money(row.left, row.currency) or "", used = row.used and dutch.share(row.used) or "",
    remark = row.over and "boven het budget" or "", exact = row,
  }
end

local function columns(by)
  local list = {
    data.column("name", by == "programme" and "Programma" or by == "theme" and "Thema" or "Regio"),
    data.column("count", "Aantal", "Number"), data.figure("proposed", "Voorgesteld", "Proposed"),
    data.figure("committed", "Toegezegd", "Committed"), data.figure("paid", "Betaald", "Paid"),
  }
  if by == "programme" then
    list[#list + 1] = data.figure("budget", "Budget")
    list[#list + 1] = data.figure("used", "Besteed", "Used")
    list[#list + 1] = data.figure("left", "Over", "Left")
    list[#list + 1] = data.column("remark", "Let op", "Mind")
  end
  return list
end

polder.command {
  name = "investments",
  title = { nl = "Investeringen tegenover budgetten", en = "Investments against budgets" },
  help = {
    nl = "Besteed is wat is toegezegd of betaald. Een investering met twee thema's telt bij elk van beide voluit.",
    en = "Used is what is committed or paid. An investment of two themes counts in full for both.",
  },
  example = "polder indicators investments by=region",
  args = {
    {
      name = "by", type = "choice", choices = { "programme", "theme", "region" }, default = "programme",
      title = { nl = "Naar", en = "By" },
    },
    { name = "region", type = "record", kind = "region", title = { nl = "Alleen regio", en = "Region only" } },
    {
      name = "year", type = "integer", minimum = 1900, maximum = 2999, title = { nl = "Alleen jaar", en = "Year only" },
    },
  },
  run = function(args, ctx)
    local investments, rows = {}, {}
    for _, investment in ipairs(data.all "investment") do
      local here = not args.region or investment.region == args.region
      local then_ = not args.year or (investment.date or ""):sub(1, 4) == tostring(args.year)
      if here and then_ then investments[#investments + 1] = investment end
    end
    local whole = args.by == "programme" and not args.region and not args.year
    local made = whole and money.against_budget(investments, data.all "programme") or money.sums(investments, args.by)
    local total = {}
    for n, row in ipairs(made) do rows[n] = shown(row, args.by) end
    for _, investment in ipairs(investments) do
      local currency = investment.amount.currency or "EUR"
      total[currency] = (total[currency] or 0) + investment.amount.amount
    end
    for currency, amount in pairs(total) do
      ctx.print(("%s, samen %s"):format(dutch.count(#investments, "investering", "investeringen"),
        dutch.money(amount, currency)))
    end
    return { by = args.by, total = total, rows = polder.list(rows), columns = columns(args.by) }
  end,
}
