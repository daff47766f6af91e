-- Kinds of the partnership. Basis: what the agreements of February 2026 name (regions, organisations, people
-- in office, technologies, agreements, sources), and what matching a demand to a solution needs.
local polder = require "polder"
local terms = require "terms"

-- One field: name, type, Dutch and English title, and what else the schema says of it.
local function field(name, kind, nl, en, more)
  local f = { name = name, type = kind, title = { nl = nl, en = en } }
  for key, value in pairs(more or {}) do
    f[key] = value
  end
  return f
end

local REQUIRED <const> = { required = true }
local MANY <const> = { many = true }
local ANY_ORGANISATION <const> = { kind = "organisation" }
-- Open: sources have words of their own, and a new technology is there before the list knows it.
local TECHNOLOGIES <const> = { terms = terms.technologies, many = true, open = true }
local THEMES <const> = { terms = terms.themes, many = true, open = true }
local EURO <const> = { unit = "EUR" } -- of a number without a currency
local DAYS <const> = { unit = "days", minimum = 0 }
local TRL <const> = { minimum = 1, maximum = 9, unit = "TRL" }

polder.kind {
  name = "source",
  title = { nl = "Bron", en = "Source" },
  fields = {
    field("title", "text", "Titel", "Title", REQUIRED),
    field("url", "url", "Webadres", "Address"),
    field("publisher", "text", "Uitgever", "Publisher"),
    field("date", "date", "Datum", "Date"),
    field("reliability", "text", "Betrouwbaarheid (A is best, F is slechtst)", "Reliability (A best, F worst)"),
    field("note", "text", "Toelichting", "Note"),
    field("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "region",
  title = { nl = "Regio", en = "Region" },
  fields = {
    field("name", "text", "Naam", "Name", REQUIRED),
    field("nuts", "text", "NUTS-codes van de provincies", "NUTS codes of the provinces", MANY),
    field("provinces", "text", "Provincies", "Provinces", MANY),
    field("rom", "reference", "Ontwikkelingsmaatschappij", "Development company", ANY_ORGANISATION),
    field("centre", "place", "Centrum", "Centre"),
    field("strengths", "term", "Sterke technologieën", "Strong technologies", TECHNOLOGIES),
    field("themes", "term", "Thema's", "Themes", THEMES),
    field("partnership", "text", "Stand van het partnerschap", "State of the partnership"),
    field("note", "text", "Toelichting", "Note"),
  },
}

polder.kind {
  name = "organisation",
  title = { nl = "Organisatie", en = "Organisation" },
  fields = {
    field("name", "text", "Naam", "Name", REQUIRED),
    field("type", "term", "Soort", "Type", { terms = terms.organisation_types }),
    field("place", "place", "Plaats", "Place"),
    field("regions", "text", "Regio's (NUTS-codes)", "Regions (NUTS codes)", MANY),
    field("note", "text", "Toelichting", "Note"),
    field("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "person",
  title = { nl = "Persoon", en = "Person" },
  fields = {
    field("name", "text", "Naam", "Name", { required = true, personal = true }),
    field("role", "text", "Functie", "Role", { personal = true }),
    field("organisation", "reference", "Organisatie", "Organisation", ANY_ORGANISATION),
  },
}

polder.kind {
  name = "technology",
  title = { nl = "Technologie", en = "Technology" },
  fields = {
    field("title", "text", "Naam", "Name", REQUIRED),
    field("title_en", "text", "Naam in het Engels", "Name in English"),
    field("parent", "reference", "Deel van", "Part of", { kind = "technology" }),
  },
}

polder.kind {
  name = "demand",
  title = { nl = "Vraag", en = "Demand" },
  fields = {
    field("title", "text", "Titel", "Title", REQUIRED),
    field("description", "text", "Omschrijving", "Description"),
    field("owner", "reference", "Vragende organisatie", "Owner", ANY_ORGANISATION),
    field("technologies", "term", "Technologieën", "Technologies", TECHNOLOGIES),
    field("themes", "term", "Thema's", "Themes", THEMES),
    field("trl_min", "integer", "Laagste rijpheid (TRL)", "Lowest readiness (TRL)", TRL),
    field("budget", "money", "Budget", "Budget", EURO),
    field("deadline", "date", "Sluitdatum", "Deadline"),
    field("regions", "text", "Alleen uit deze regio's (NUTS-codes)", "Only from these regions (NUTS codes)", MANY),
    field("delivery_days_max", "integer", "Langste levertijd", "Longest delivery time", DAYS),
    field("certificates", "text", "Vereiste certificaten", "Certificates asked for", MANY),
    field("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "solution",
  title = { nl = "Oplossing", en = "Solution" },
  fields = {
    field("title", "text", "Titel", "Title", REQUIRED),
    field("description", "text", "Omschrijving", "Description"),
    field("organisation", "reference", "Organisatie", "Organisation", ANY_ORGANISATION),
    field("technologies", "term", "Technologieën", "Technologies", TECHNOLOGIES),
    field("themes", "term", "Thema's", "Themes", THEMES),
    field("trl", "integer", "Rijpheid (TRL)", "Readiness (TRL)", TRL),
    field("region", "text", "Regio (NUTS-code)", "Region (NUTS code)"),
    field("place", "place", "Plaats", "Place"),
    field("civil_use", "text", "Civiel gebruik", "Civil use"),
    field("military_use", "text", "Militair gebruik", "Military use"),
    field("delivery_days", "integer", "Levertijd na bestelling", "Delivery time after order", DAYS),
    field("price", "money", "Prijs", "Price", EURO),
    field("certificates", "text", "Certificaten", "Certificates", MANY),
    field("employees", "integer", "Medewerkers", "Employees", { minimum = 0 }),
    field("founded", "integer", "Opgericht in", "Founded in", { unit = "year" }),
    field("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "agreement",
  title = { nl = "Overeenkomst", en = "Agreement" },
  fields = {
    field("title", "text", "Titel", "Title", REQUIRED),
    field("date", "date", "Datum van ondertekening", "Date of signing"),
    field("place", "place", "Plaats van ondertekening", "Place of signing"),
    field("event", "text", "Bijeenkomst", "Event"),
    field("event_year", "integer", "Jaar van de bijeenkomst", "Year of the event", { unit = "year" }),
    field("parties", "reference", "Partijen", "Parties", { kind = "organisation", many = true }),
    field("signatories", "reference", "Ondertekenaars", "Signatories", { kind = "person", many = true }),
    field("regions", "reference", "Regio's", "Regions", { kind = "region", many = true }),
    field("region_count", "integer", "Aantal regio's", "Number of regions", { minimum = 0 }),
    field("themes", "term", "Thema's", "Themes", THEMES),
    field("technologies", "term", "Technologieën", "Technologies", TECHNOLOGIES),
    field("status", "text", "Stand", "Status"),
    field("part_of", "reference", "Onderdeel van", "Part of", { kind = "agreement" }),
    field("meaning", "text", "Betekenis", "Meaning", MANY),
    field("note", "text", "Toelichting", "Note"),
  },
}
