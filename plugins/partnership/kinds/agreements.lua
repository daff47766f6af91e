-- What was agreed, and who signed it in which role on whose behalf. Basis: the letters of intent of February 2026.
local polder = require "polder"
local field = require "kinds.field"
local terms = require "terms"
local words = require "vocabularies"

local f <const> = field.new

polder.kind {
  name = "agreement",
  title = { nl = "Overeenkomst", en = "Agreement" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("type", "term", "Soort", "Type", field.open(words.agreement_types)),
    f("date", "date", "Datum van ondertekening", "Date of signing"),
    f("valid_until", "date", "Geldig tot en met", "Valid until"),
    f("place", "place", "Plaats van ondertekening", "Place of signing"),
    f("event", "text", "Bijeenkomst", "Event"),
    f("event_year", "integer", "Jaar van de bijeenkomst", "Year of the event", { unit = "year" }),
    f("parties", "reference", "Partijen", "Parties", field.to("organisation", field.MANY)),
    f("signatories", "reference", "Ondertekenaars", "Signatories", field.to("person", field.MANY)),
    f("regions", "reference", "Regio's", "Regions", field.to("region", field.MANY)),
    f("region_count", "integer", "Aantal regio's", "Number of regions", field.COUNT),
    f("themes", "term", "Thema's", "Themes", field.open(terms.themes, field.MANY)),
    f("technologies", "term", "Technologieën", "Technologies", field.open(terms.technologies, field.MANY)),
    f("status", "term", "Stand", "Status", field.open(words.agreement_states)),
    f("part_of", "reference", "Onderdeel van", "Part of", field.to("agreement")),
    f("predecessor", "reference", "Bouwt voort op", "Builds on", field.to("agreement", field.MANY)),
    f("meaning", "text", "Betekenis", "Meaning", field.MANY),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

-- One person's signature under one agreement. A role may have changed since, so it stands here as it was then.
polder.kind {
  name = "signature",
  title = { nl = "Ondertekening", en = "Signature" },
  fields = {
    f("agreement", "reference", "Overeenkomst", "Agreement", field.to("agreement", field.REQUIRED)),
    f("person", "reference", "Ondertekenaar", "Signatory", field.to("person")),
    f("role", "text", "In de functie van", "In the role of", { personal = true }),
    f("on_behalf_of", "reference", "Namens", "On behalf of", field.to("organisation", field.REQUIRED)),
    f("date", "date", "Datum", "Date"),
    f("place", "place", "Plaats", "Place"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}
