-- What it is about: technologies and themes, each a tree. Basis: the fields that the article of 23 February 2026 names;
-- CPV codes from the European list (Regulation 213/2008), so that tenders can be laid beside them.
local polder = require "polder"
local field = require "kinds.field"

local f <const> = field.new

polder.kind {
  name = "technology",
  title = { nl = "Technologie", en = "Technology" },
  fields = {
    f("title", "text", "Naam", "Name", field.REQUIRED),
    f("title_en", "text", "Naam in het Engels", "Name in English"),
    f("parent", "reference", "Deel van", "Part of", field.to("technology")),
    f("cpv", "text", "CPV-codes", "CPV codes", field.MANY),
    f("note", "text", "Toelichting", "Note"),
  },
}

polder.kind {
  name = "theme",
  title = { nl = "Thema", en = "Theme" },
  fields = {
    f("title", "text", "Naam", "Name", field.REQUIRED),
    f("title_en", "text", "Naam in het Engels", "Name in English"),
    f("parent", "reference", "Deel van", "Part of", field.to("theme")),
    f("note", "text", "Toelichting", "Note"),
  },
}
