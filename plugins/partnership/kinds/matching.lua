-- What Defence asks and what is offered. Basis: what matching a demand to a solution needs; TRL as in Horizon Europe.
local polder = require "polder"
local field = require "kinds.field"
local terms = require "terms"
local words = require "vocabularies"

local f <const> = field.new

polder.kind {
  name = "demand",
  title = { nl = "Vraag", en = "Demand" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("description", "text", "Omschrijving", "Description"),
    f("owner", "reference", "Vragende organisatie", "Owner", field.to("organisation")),
    f("technologies", "term", "Technologieën", "Technologies", field.open(terms.technologies, field.MANY)),
    f("themes", "term", "Thema's", "Themes", field.open(terms.themes, field.MANY)),
    f("trl_min", "integer", "Laagste rijpheid (TRL)", "Lowest readiness (TRL)", field.TRL),
    f("budget", "money", "Budget", "Budget", field.EURO),
    f("deadline", "date", "Sluitdatum", "Deadline"),
    f("regions", "text", "Alleen uit deze regio's (NUTS-codes)", "Only from these regions (NUTS codes)", field.MANY),
    f("delivery_days_max", "integer", "Langste levertijd", "Longest delivery time", field.DAYS),
    f("certificates", "text", "Vereiste certificaten", "Certificates asked for", field.MANY),
    f("status", "term", "Stand", "Status", field.open(words.demand_states)),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "solution",
  title = { nl = "Oplossing", en = "Solution" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("description", "text", "Omschrijving", "Description"),
    f("organisation", "reference", "Organisatie", "Organisation", field.to("organisation")),
    f("technologies", "term", "Technologieën", "Technologies", field.open(terms.technologies, field.MANY)),
    f("themes", "term", "Thema's", "Themes", field.open(terms.themes, field.MANY)),
    f("trl", "integer", "Rijpheid (TRL)", "Readiness (TRL)", field.TRL),
    f("region", "text", "Regio (NUTS-code)", "Region (NUTS code)"),
    f("place", "place", "Plaats", "Place"),
    f("civil_use", "text", "Civiel gebruik", "Civil use"),
    f("military_use", "text", "Militair gebruik", "Military use"),
    f("evidence", "text", "Bewijs: proeven, afnemers, studies", "Evidence: trials, customers, studies", field.MANY),
    f("delivery_days", "integer", "Levertijd na bestelling", "Delivery time after order", field.DAYS),
    f("price", "money", "Prijs", "Price", field.EURO),
    f("certificates", "text", "Certificaten", "Certificates", field.MANY),
    f("employees", "integer", "Medewerkers", "Employees", field.COUNT),
    f("founded", "integer", "Opgericht in", "Founded in", { unit = "year" }),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}
