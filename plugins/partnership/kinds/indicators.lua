-- What it costs and what it brings: programmes, investments, indicators. Basis: what a region reports to its council.
local polder = require "polder"
local field = require "kinds.field"
local terms = require "terms"
local words = require "vocabularies"

local f <const> = field.new

polder.kind {
  name = "programme",
  title = { nl = "Programma", en = "Programme" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("owner", "reference", "Eigenaar", "Owner", field.to("organisation")),
    f("funders", "reference", "Financiers", "Funders", field.to("organisation", field.MANY)),
    f("regions", "reference", "Regio's", "Regions", field.to("region", field.MANY)),
    f("themes", "term", "Thema's", "Themes", field.open(terms.themes, field.MANY)),
    f("technologies", "term", "Technologieën", "Technologies", field.open(terms.technologies, field.MANY)),
    f("budget", "money", "Budget", "Budget", field.EURO),
    f("starts", "date", "Begint", "Starts"),
    f("ends", "date", "Eindigt", "Ends"),
    f("status", "term", "Stand", "Status", field.of(words.programme_states)),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

-- A part of a programme's budget that is meant for a theme, a region or both, for the whole term or a part of it.
polder.kind {
  name = "allotment",
  title = { nl = "Toedeling", en = "Allotment" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("programme", "reference", "Uit het budget van", "Out of the budget of", field.to("programme", field.REQUIRED)),
    f("theme", "term", "Voor thema", "For theme", field.open(terms.themes)),
    f("region", "reference", "Voor regio", "For region", field.to("region")),
    f("amount", "money", "Bedrag", "Amount", { required = true, unit = "EUR", minimum = 0 }),
    f("starts", "date", "Van", "From"),
    f("ends", "date", "Tot en met", "Until"),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "investment",
  title = { nl = "Investering", en = "Investment" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("programme", "reference", "Programma", "Programme", field.to("programme")),
    f("allotment", "reference", "Ten laste van toedeling", "Charged to allotment", field.to("allotment")),
    f("funder", "reference", "Financier", "Funder", field.to("organisation")),
    f("organisation", "reference", "Ontvanger", "Recipient", field.to("organisation")),
    f("solution", "reference", "Oplossing", "Solution", field.to("solution")),
    f("decision", "reference", "Besluit", "Decision", field.to("decision")),
    f("region", "reference", "Regio", "Region", field.to("region")),
    f("themes", "term", "Thema's", "Themes", field.open(terms.themes, field.MANY)),
    f("technologies", "term", "Technologieën", "Technologies", field.open(terms.technologies, field.MANY)),
    f("amount", "money", "Bedrag", "Amount", { required = true, unit = "EUR", minimum = 0 }),
    f("date", "date", "Datum", "Date"),
    f("status", "term", "Stand", "Status", field.of(words.investment_states)),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "indicator",
  title = { nl = "Indicator", en = "Indicator" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("title_en", "text", "Titel in het Engels", "Title in English"),
    f("description", "text", "Wat het meet", "What it measures"),
    f("description_en", "text", "Wat het meet, in het Engels", "What it measures, in English"),
    f("unit", "text", "Eenheid", "Unit", field.REQUIRED),
    f("unit_en", "text", "Eenheid in het Engels", "Unit in English"),
    f("quantity", "term", "Wat de eenheid telt", "What the unit counts", field.of(words.quantities)),
    f("direction", "term", "Wat gunstig is", "What is good", field.of(words.directions)),
    f("themes", "term", "Thema's", "Themes", field.open(terms.themes, field.MANY)),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

-- `source` is the source to cite; which source states the record stands with its claims as ever.
polder.kind {
  name = "observation",
  title = { nl = "Waarneming", en = "Observation" },
  fields = {
    f("indicator", "reference", "Indicator", "Indicator", field.to("indicator", field.REQUIRED)),
    f("region", "reference", "Regio", "Region", field.to("region")),
    f("period", "text", "Periode (2025, 2025-Q3 of 2025-03)", "Period (2025, 2025-Q3 or 2025-03)", field.REQUIRED),
    f("value", "decimal", "Waarde", "Value", field.REQUIRED),
    f("unit", "text", "Eenheid, als die anders is", "Unit, when it differs"),
    f("source", "reference", "Bron", "Source", field.to("source")),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}
