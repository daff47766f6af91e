-- National rules: how well a solution fits a demand. Basis: the aims of the agreements of February 2026 (dual use;
-- safety, human-technology interaction, sustainable digital society). Points and weights are illustrative.
local polder = require "polder"
local terms = require "terms"
local words = require "words"

local TECHNOLOGY <const> = terms.titles(terms.technologies)
local THEME <const> = terms.titles(terms.themes)
local WIDER_TECHNOLOGY <const> = terms.parents(terms.technologies)
local WIDER_THEME <const> = terms.parents(terms.themes)

-- How far `offered` answers the term `name`: a narrower term answers it whole, the wider field it belongs to half.
local function answer(name, offered, parents)
  if offered[name] then return 1 end
  for _, other in ipairs(offered) do
    if parents[other] == name then return 1 end
  end
  local parent = parents[name]
  return parent and offered[parent] and 0.5 or 0
end

-- Points out of 10 for the share of the asked terms that is answered, and the reason.
local function overlap(asked, offered, parents, titles, what)
  local sum, found = 0, {}
  for _, name in ipairs(asked) do
    local part = answer(name, offered, parents)
    sum = sum + part
    if part > 0 then found[#found + 1] = titles[name] .. (part < 1 and " (deels)" or "") end
  end
  if sum == 0 then return 0, ("sluit aan bij geen van de %d gevraagde %s"):format(#asked, what) end
  return 10 * sum / #asked, ("%d van %d gevraagde %s: %s"):format(#found, #asked, what, words.list(found))
end

polder.rule {
  name = "technologies",
  title = { nl = "Technologieën", en = "Technologies" },
  on = "pair",
  max = 10,
  needs = { solution = { "technologies" }, demand = { "technologies" } },
  score = function(solution, demand)
    local asked, offered = demand.technologies, solution.technologies
    if #asked == 0 then return nil, "de vraag noemt geen technologieën" end
    if #offered == 0 then return nil, "de oplossing noemt geen technologieën" end
    return overlap(asked, offered, WIDER_TECHNOLOGY, TECHNOLOGY, "technologieën")
  end,
}

polder.rule {
  name = "themes",
  title = { nl = "Thema's", en = "Themes" },
  on = "pair",
  max = 10,
  needs = { solution = { "themes" }, demand = { "themes" } },
  score = function(solution, demand)
    local asked, offered = demand.themes, solution.themes
    if #asked == 0 then return nil, "de vraag noemt geen thema's" end
    if #offered == 0 then return nil, "de oplossing noemt geen thema's" end
    return overlap(asked, offered, WIDER_THEME, THEME, "thema's")
  end,
}

-- Title and description of a demand as one query; the title says what it is about, so its words count three times.
-- The last one is kept: a demand meets thousands of solutions
-- in a row.
local last_title, last_description, last_query
local function query_of(demand)
  local title, description = demand.title or "", demand.description or ""
  if title ~= last_title or description ~= last_description then
    last_title, last_description = title, description
    last_query = (title .. " "):rep(3) .. description
  end
  return last_query
end

polder.rule {
  name = "text",
  title = { nl = "Omschrijving", en = "Description" },
  on = "pair",
  max = 10,
  needs = { solution = { "description" }, demand = { "title", "description" } },
  score = function(solution, demand, ctx)
    if not solution.description then return nil, "de oplossing heeft geen omschrijving" end
    local points = 10 * math.min(1, ctx.text(query_of(demand), solution.description) / ctx.settings.text_full)
    if points == 0 then return 0, "de omschrijving deelt geen woorden met de vraag" end
    local how = points >= 7 and "sterk" or points >= 3 and "deels" or "nauwelijks"
    return points, ("de omschrijving komt %s overeen met de vraag"):format(how)
  end,
}

-- Ranks as plain text search does: nothing is cut off. Never title against title: a firm may have copied it.
polder.rule {
  name = "text-match",
  title = { nl = "Alleen tekst", en = "Text alone" },
  on = "pair",
  max = 1,
  needs = { solution = { "description" }, demand = { "title", "description" } },
  score = function(solution, demand, ctx)
    if not solution.description then return nil, "de oplossing heeft geen omschrijving" end
    local likeness = ctx.text(query_of(demand), solution.description)
    return likeness, ("tekstgelijkenis %.0f van 100"):format(100 * likeness)
  end,
}

polder.rule {
  name = "trl-margin",
  title = { nl = "Rijpheid boven de ondergrens", en = "Readiness above the limit" },
  on = "pair",
  max = 10,
  needs = { solution = { "trl" }, demand = { "trl_min" } },
  score = function(solution, demand)
    local trl, least = solution.trl, demand.trl_min
    if not least then return nil, "de vraag stelt geen ondergrens aan de rijpheid" end
    if not trl then return nil, "rijpheid niet opgegeven" end
    local margin = trl - least
    if margin < 0 then return 0, ("TRL %.0f ligt onder de gevraagde %.0f"):format(trl, least) end
    if margin == 0 then return 6, ("TRL %.0f, precies wat gevraagd is"):format(trl) end
    return math.min(10, 6 + 2 * margin), ("TRL %.0f, %.0f boven de ondergrens"):format(trl, margin)
  end,
}

-- What is measured is the evidence, so none is 0 points: else a firm would gain by leaving its answers out.
polder.rule {
  name = "dual-use",
  title = { nl = "Civiel en militair bruikbaar", en = "Dual use" },
  on = "solution",
  max = 10,
  needs = { solution = { "civil_use", "military_use" } },
  score = function(solution)
    local civil, military = solution.civil_use, solution.military_use
    if civil and military then return 10, "civiel en militair gebruik zijn allebei beschreven" end
    if civil then return 4, "alleen civiel gebruik is beschreven" end
    if military then return 4, "alleen militair gebruik is beschreven" end
    return 0, "civiel noch militair gebruik is beschreven"
  end,
}

polder.rule {
  name = "delivery",
  title = { nl = "Levertijd", en = "Delivery time" },
  on = "pair",
  max = 10,
  needs = { solution = { "delivery_days" }, demand = { "delivery_days_max" } },
  score = function(solution, demand, ctx)
    local days, most = solution.delivery_days, demand.delivery_days_max
    if not days then return nil, "levertijd niet opgegeven" end
    local soon = most and most / 2 or ctx.settings.soon_days
    local reason = "levert in " .. words.days(days)
    if most then reason = reason .. ", uiterlijk gevraagd " .. words.days(most) end
    if days <= soon then return 10, reason end
    return 10 * soon / days, reason
  end,
}

-- 10 points up to four fifths of the budget, 5 at the budget itself, 0 from `reach` times the budget.
local function budget_points(share, reach)
  if share <= 0.8 then return 10 end
  if share <= 1 then return 10 - 5 * (share - 0.8) / 0.2 end
  return math.max(0, 5 * (reach - share) / (reach - 1))
end

polder.rule {
  name = "budget",
  title = { nl = "Past in het budget", en = "Fits the budget" },
  on = "pair",
  max = 10,
  needs = { solution = { "price" }, demand = { "budget" } },
  score = function(solution, demand, ctx)
    local price, budget = solution.price, demand.budget
    if not budget or budget.amount <= 0 then return nil, "de vraag noemt geen budget" end
    if not price then return nil, "prijs niet opgegeven" end
    if price.currency ~= budget.currency then return nil, "prijs en budget staan in verschillende munten" end
    local reason = ("kost %s bij een budget van %s"):format(words.euro(price.amount), words.euro(budget.amount))
    return budget_points(price.amount / budget.amount, ctx.settings.budget_reach), reason
  end,
}

polder.rule {
  name = "certificates",
  title = { nl = "Certificaten", en = "Certificates" },
  on = "pair",
  max = 10,
  needs = { solution = { "certificates" }, demand = { "certificates" } },
  score = function(solution, demand)
    local asked, held, missing = demand.certificates, solution.certificates, {}
    if #asked == 0 then return nil, "de vraag eist geen certificaten" end
    for _, name in ipairs(asked) do
      if not held[name] then missing[#missing + 1] = name end
    end
    if #missing == 0 then return 10, "heeft alle gevraagde certificaten: " .. words.list(asked) end
    return 10 * (#asked - #missing) / #asked, "mist " .. words.list(missing)
  end,
}
