-- The partnership at a glance: regions on a map, agreements, who signed them for whom. Basis: the agreements and
-- signatures as recorded, with their sources.
local polder = require "polder"
local data = require "reports.data"
local outlines = require "reports.outlines"
local words = require "vocabularies"

-- Regions with the number of their agreements, and the rest of the country as land.
local function map(report, t, regions, agreements)
  local land, points, taken = {}, {}, {}
  for _, region in ipairs(regions) do
    local count = 0
    for _, agreement in ipairs(agreements) do
      if data.has(agreement.regions, region.id) then count = count + 1 end
    end
    for _, code in ipairs(region.nuts or {}) do
      taken[code] = true
      land[#land + 1] = { title = region.name, rings = outlines[code], value = count }
    end
    local centre = region.centre
    if type(centre) == "table" and centre.lon then
      points[#points + 1] = { title = region.name, lon = centre.lon, lat = centre.lat, value = count }
    end
  end
  for code, rings in pairs(outlines) do
    if not taken[code] then land[#land + 1] = { title = code, rings = rings } end
  end
  report:map {
    caption = t("Overeenkomsten per regio", "Agreements by region"),
    label = t("Regio", "Region"), measure = t("Overeenkomsten", "Agreements"),
    outlines = land, points = points,
  }
end

local function agreement_table(report, t, ctx, agreements, names)
  local states, rows = data.titles(words.agreement_states, ctx.lang), {}
  for i, agreement in ipairs(agreements) do
    rows[i] = {
      title = agreement.title, date = agreement.date, until_day = agreement.valid_until,
      regions = data.list(agreement.regions, names), status = states[agreement.status] or agreement.status,
    }
  end
  report:table {
    caption = t("Overeenkomsten", "Agreements"),
    columns = {
      { name = "title", title = t("Overeenkomst", "Agreement") },
      { name = "regions", title = t("Regio's", "Regions") },
      { name = "status", title = t("Stand", "Status") },
      { name = "date", title = t("Getekend", "Signed"), type = "date" },
      { name = "until_day", title = t("Geldig tot en met", "Valid until"), type = "date" },
    },
    rows = rows,
  }
end

-- Agreements in the middle, with those on whose behalf was signed at one side and the signatories at the other.
local function network(report, t, signatures, names)
  local nodes, links, known = {}, {}, {}
  local function node(id, group)
    if id and not known[id] then
      known[id] = true
      nodes[#nodes + 1] = { id = id, title = names[id], group = group }
    end
  end
  for _, signature in ipairs(signatures) do
    node(signature.on_behalf_of, t("Partijen", "Parties"))
    node(signature.agreement, t("Overeenkomsten", "Agreements"))
    node(signature.person, t("Ondertekenaars", "Signatories"))
    links[#links + 1] = { from = signature.on_behalf_of, to = signature.agreement, title = t("partij bij", "party to") }
    if signature.person then
      links[#links + 1] = { from = signature.agreement, to = signature.person, title = t("getekend door", "signed by") }
    end
  end
  report:network {
    caption = t("Wie tekende voor wie", "Who signed for whom"), nodes = nodes, links = links,
  }
end

local function signature_table(report, t, signatures, names)
  local rows = {}
  for i, signature in ipairs(signatures) do
    rows[i] = {
      who = signature.person and names[signature.person], role = signature.role,
      agreement = names[signature.agreement], party = names[signature.on_behalf_of], date = signature.date,
    }
  end
  report:table {
    caption = t("Ondertekeningen", "Signatures"),
    columns = {
      { name = "who", title = t("Ondertekenaar", "Signatory") },
      { name = "role", title = t("Functie", "Role") },
      { name = "party", title = t("Namens", "On behalf of") },
      { name = "agreement", title = t("Overeenkomst", "Agreement") },
      { name = "date", title = t("Datum", "Date"), type = "date" },
    },
    rows = rows,
  }
end

local function expiring(report, t, ctx, agreements)
  local rows, limit = {}, data.years_on(ctx.today, 1)
  for _, agreement in ipairs(agreements) do
    local last = agreement.valid_until
    if last and last <= limit then
      rows[#rows + 1] = {
        title = agreement.title, date = last,
        state = last < ctx.today and t("verlopen", "expired") or t("loopt af", "expires"),
      }
    end
  end
  table.sort(rows, function(a, b)
    return a.date < b.date
  end)
  report:table {
    caption = t("Verlopen, of binnen een jaar", "Expired, or within a year"),
    columns = {
      { name = "title", title = t("Overeenkomst", "Agreement") },
      { name = "date", title = t("Laatste dag", "Last day"), type = "date" },
      { name = "state", title = t("Stand", "Status") },
    },
    rows = rows,
  }
end

-- All that the store knows of; which of them states what, `polder get ID --claims` says.
local function all_sources(report)
  local items = {}
  for _, source in ipairs(data.all("source", nil, "title")) do
    items[#items + 1] = {
      title = source.title, url = source.url, publisher = source.publisher, date = source.date,
      reliability = source.reliability,
    }
  end
  report:sources(items)
end

local function key_numbers(report, t, regions, agreements, signatures)
  report:numbers {
    { title = t("regio's in het partnerschap", "regions in the partnership"), value = #regions },
    { title = t("overeenkomsten", "agreements"), value = #agreements },
    { title = t("ondertekeningen", "signatures"), value = #signatures },
    { title = t("organisaties", "organisations"), value = #data.all("organisation") },
    { title = t("oplossingen", "solutions"), value = #data.all("solution") },
    { title = t("vragen van Defensie", "demands of Defence"), value = #data.all("demand") },
  }
end

polder.report {
  name = "overview",
  title = { nl = "Overzicht van het partnerschap", en = "Overview of the partnership" },
  formats = { "md", "html", "csv", "json" },
  write = function(report, _, ctx)
    local t = ctx.say
    local regions, agreements = data.all("region", nil, "name"), data.all("agreement", nil, "date")
    local signatures = data.all("signature", nil, "agreement")
    local names = data.names("region", "organisation", "person", "agreement")
    report:title(
      t("Overzicht van het partnerschap", "Overview of the partnership"),
      t("Overeenkomsten en ondertekenaars", "Agreements and signatories")
    )
    if data.any_fictitious(agreements) then
      report:note(t(
        "Wat als (fictief) is gemerkt, is verzonnen en dient alleen als voorbeeld.",
        "What is marked as (fictief) is made up, as an example only."
      ))
    end
    local made_up = data.made_up(t, {
      { agreements, "overeenkomsten", "agreements" }, { signatures, "ondertekeningen", "signatures" },
      { data.all("organisation"), "organisaties", "organisations" },
      { data.all("solution"), "oplossingen", "solutions" }, { data.all("demand"), "vragen", "demands" },
    })
    if made_up then report:note(made_up) end
    key_numbers(report, t, regions, agreements, signatures)
    report:section(t("De regio's", "The regions"))
    map(report, t, regions, agreements)
    report:section(t("Overeenkomsten", "Agreements"))
    agreement_table(report, t, ctx, agreements, names)
    expiring(report, t, ctx, agreements)
    report:section(t("Ondertekenaars", "Signatories"))
    network(report, t, signatures, names)
    signature_table(report, t, signatures, names)
    report:section(t("Bronnen", "Sources"))
    all_sources(report)
  end,
}
