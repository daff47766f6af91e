-- From call to decision. Basis: the principles of the Aanbestedingswet 2012 (equal treatment, transparency, reasons);
-- which procedure applies is the buyer's to say.
local polder = require "polder"
local field = require "kinds.field"
local words = require "vocabularies"

local f <const> = field.new

polder.kind {
  name = "call",
  title = { nl = "Oproep", en = "Call" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("description", "text", "Omschrijving", "Description"),
    f("owner", "reference", "Opdrachtgever", "Owner", field.to("organisation")),
    f("demands", "reference", "Vragen", "Demands", field.to("demand", field.MANY)),
    f("regions", "reference", "Regio's", "Regions", field.to("region", field.MANY)),
    f("opens", "time", "Opent op", "Opens at"),
    f("deadline", "time", "Sluit op", "Closes at", field.REQUIRED),
    f("budget", "money", "Budget", "Budget", field.EURO),
    f("assessors", "reference", "Beoordelaars", "Assessors", field.to("person", field.MANY)),
    f("weights", "text", "Criteria zoals gepubliceerd", "Criteria as published", field.MANY),
    f("status", "term", "Stand", "Status", field.of(words.call_states)),
    f("url", "url", "Bekendmaking", "Notice"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "criterion",
  title = { nl = "Criterium", en = "Criterion" },
  fields = {
    f("call", "reference", "Oproep", "Call", field.to("call", field.REQUIRED)),
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("description", "text", "Waarop wordt gelet", "What is looked at"),
    f("weight", "decimal", "Gewicht", "Weight", { required = true, minimum = 0 }),
    f("max", "decimal", "Hoogste aantal punten", "Most points", { required = true, minimum = 0 }),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "submission",
  title = { nl = "Inzending", en = "Submission" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("call", "reference", "Oproep", "Call", field.to("call", field.REQUIRED)),
    f("organisation", "reference", "Inzender", "Submitted by", field.to("organisation", field.REQUIRED)),
    f("solution", "reference", "Oplossing", "Solution", field.to("solution")),
    f("summary", "text", "Samenvatting", "Summary"),
    f("price", "money", "Prijs", "Price", field.EURO),
    f("submitted", "time", "Ingezonden op", "Submitted at"),
    f("documents", "url", "Stukken", "Documents", field.MANY),
    f("seal", "text", "Zegel (SHA-256 van de envelop)", "Seal (SHA-256 of the envelope)"),
    f("size", "integer", "Omvang van de envelop in bytes", "Size of the envelope in bytes", field.COUNT),
    f("envelope", "text", "Envelop, zoals geopend", "Envelope, as opened"),
    f("opened", "time", "Geopend op", "Opened on"),
    f("status", "term", "Stand", "Status", field.of(words.submission_states)),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

-- An interest that bars a person from assessing: in one organisation, or in all of a call.
polder.kind {
  name = "interest",
  title = { nl = "Gemeld belang", en = "Declared interest" },
  fields = {
    f("person", "reference", "Beoordelaar", "Assessor", field.to("person", field.REQUIRED)),
    f("organisation", "reference", "Belang bij", "Interest in", field.to("organisation")),
    f("call", "reference", "Oproep", "Call", field.to("call")),
    f("nature", "text", "Aard van het belang", "Nature of the interest", { personal = true }),
    f("declared", "date", "Gemeld op", "Declared on"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "assessment",
  title = { nl = "Beoordeling", en = "Assessment" },
  fields = {
    f("submission", "reference", "Inzending", "Submission", field.to("submission", field.REQUIRED)),
    f("criterion", "reference", "Criterium", "Criterion", field.to("criterion", field.REQUIRED)),
    f("assessor", "reference", "Beoordelaar", "Assessor", field.to("person", field.REQUIRED)),
    f("points", "decimal", "Punten", "Points", { required = true, minimum = 0 }),
    f("reason", "text", "Motivering", "Reason", field.REQUIRED),
    f("made", "time", "Gegeven op", "Made at"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "decision",
  title = { nl = "Besluit", en = "Decision" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("call", "reference", "Oproep", "Call", field.to("call")),
    f("awarded", "reference", "Gekozen inzendingen", "Submissions chosen", field.to("submission", field.MANY)),
    f("rejected", "reference", "Afgewezen inzendingen", "Submissions rejected", field.to("submission", field.MANY)),
    f("date", "date", "Datum", "Date"),
    f("by", "reference", "Genomen door", "Taken by", field.to("person")),
    f("organisation", "reference", "Namens", "On behalf of", field.to("organisation")),
    f("reason", "text", "Motivering", "Reason", field.REQUIRED),
    f("run", "text", "Steunt op berekening", "Rests on run"),
    f("ranking", "text", "Rangorde waarop het besluit steunt", "Ranking that it rests on", field.MANY),
    f("amount", "money", "Bedrag", "Amount", field.EURO),
    f("status", "term", "Stand", "Status", field.of(words.decision_states)),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}
