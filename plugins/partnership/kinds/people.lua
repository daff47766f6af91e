-- Who is there: sources, regions, organisations, people in office. Basis: what the agreements of February 2026 name,
-- NUTS 2024 for regions, the Handelsregister for registration numbers, 2003/361/EC for sizes.
local polder = require "polder"
local field = require "kinds.field"
local terms = require "terms"
local words = require "vocabularies"

local f <const> = field.new
local RELIABILITY <const> = field.of(words.reliability)

polder.kind {
  name = "source",
  title = { nl = "Bron", en = "Source" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("url", "url", "Webadres", "Address"),
    f("publisher", "text", "Uitgever", "Publisher"),
    f("date", "date", "Datum", "Date"),
    f("reliability", "term", "Betrouwbaarheid (A is best, F is slechtst)", "Reliability (A to F)", RELIABILITY),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "region",
  title = { nl = "Regio", en = "Region" },
  fields = {
    f("name", "text", "Naam", "Name", field.REQUIRED),
    f("nuts", "text", "NUTS-codes van de provincies", "NUTS codes of the provinces", field.MANY),
    f("provinces", "text", "Provincies", "Provinces", field.MANY),
    f("rom", "reference", "Ontwikkelingsmaatschappij", "Development company", field.to("organisation")),
    f("centre", "place", "Centrum", "Centre"),
    f("strengths", "term", "Sterke technologieën", "Strong technologies", field.open(terms.technologies, field.MANY)),
    f("themes", "term", "Thema's", "Themes", field.open(terms.themes, field.MANY)),
    f("partnership", "text", "Stand van het partnerschap", "State of the partnership"),
    f("note", "text", "Toelichting", "Note"),
  },
}

polder.kind {
  name = "organisation",
  title = { nl = "Organisatie", en = "Organisation" },
  fields = {
    f("name", "text", "Naam", "Name", field.REQUIRED),
    f("type", "term", "Soort", "Type", field.of(terms.organisation_types)),
    f("register_number", "text", "KvK-nummer", "Chamber of Commerce number"),
    f("place", "place", "Plaats", "Place"),
    f("regions", "text", "Regio's (NUTS-codes)", "Regions (NUTS codes)", field.MANY),
    f("size", "term", "Omvang", "Size", field.of(words.sizes)),
    f("employees", "integer", "Medewerkers", "Employees", field.COUNT),
    f("founded", "integer", "Opgericht in", "Founded in", field.YEAR),
    f("part_of", "reference", "Onderdeel van", "Part of", field.to("organisation")),
    f("website", "url", "Website", "Website"),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

-- The official role only: no address, no telephone, nothing that the office does not need.
polder.kind {
  name = "person",
  title = { nl = "Persoon", en = "Person" },
  fields = {
    f("name", "text", "Naam", "Name", { required = true, personal = true }),
    f("role", "text", "Functie", "Role", { personal = true }),
    f("organisation", "reference", "Organisatie", "Organisation", field.to("organisation")),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}
