-- Who met whom, where, and what came of it. Basis: events as Purple Nectar, introductions by account managers of a ROM.
-- An event is called "gathering": the log of the store has the name "event".
local polder = require "polder"
local field = require "kinds.field"
local terms = require "terms"
local words = require "vocabularies"

local f <const> = field.new

polder.kind {
  name = "gathering",
  title = { nl = "Bijeenkomst", en = "Event" },
  fields = {
    f("title", "text", "Titel", "Title", field.REQUIRED),
    f("date", "date", "Datum", "Date"),
    f("place", "place", "Plaats", "Place"),
    f("host", "reference", "Gastheer", "Host", field.to("organisation")),
    f("regions", "reference", "Regio's", "Regions", field.to("region", field.MANY)),
    f("themes", "term", "Thema's", "Themes", field.open(terms.themes, field.MANY)),
    f("slots", "time", "Gesprekken beginnen om", "Meetings begin at", field.MANY),
    f("slot_minutes", "integer", "Duur van een gesprek", "Length of a meeting", { unit = "minutes", minimum = 1 }),
    f("rooms", "text", "Gespreksruimten", "Rooms for meetings", field.MANY),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

-- Who takes part, and when not.
polder.kind {
  name = "attendance",
  title = { nl = "Deelname", en = "Attendance" },
  fields = {
    f("gathering", "reference", "Bijeenkomst", "Event", field.to("gathering", field.REQUIRED)),
    f("organisation", "reference", "Organisatie", "Organisation", field.to("organisation")),
    f("person", "reference", "Persoon", "Person", field.to("person")),
    f("status", "term", "Stand", "Status", field.of(words.attendance_states)),
    f("absent", "time", "Afwezig in de ronden van", "Absent in the slots of", field.MANY),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "meeting",
  title = { nl = "Gesprek", en = "Meeting" },
  fields = {
    f("title", "text", "Titel", "Title"),
    f("gathering", "reference", "Bijeenkomst", "Event", field.to("gathering")),
    f("starts", "time", "Begint", "Starts", field.REQUIRED),
    f("ends", "time", "Eindigt", "Ends"),
    f("room", "text", "Ruimte", "Room"),
    f("organisations", "reference", "Organisaties", "Organisations", field.to("organisation", field.MANY)),
    f("people", "reference", "Personen", "People", field.to("person", field.MANY)),
    f("demand", "reference", "Vraag", "Demand", field.to("demand")),
    f("solution", "reference", "Oplossing", "Solution", field.to("solution")),
    f("score", "decimal", "Score bij het plannen", "Score when planned", { minimum = 0, maximum = 100 }),
    f("run", "text", "Volgt uit berekening", "Follows from run"),
    f("status", "term", "Stand", "Status", field.of(words.meeting_states)),
    f("outcome", "term", "Wat ervan kwam", "What came of it", field.of(words.outcomes)),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}

polder.kind {
  name = "introduction",
  title = { nl = "Introductie", en = "Introduction" },
  fields = {
    f("date", "date", "Datum", "Date", field.REQUIRED),
    f("by", "reference", "Door", "By", field.to("person")),
    f("by_organisation", "reference", "Namens", "On behalf of", field.to("organisation")),
    f("organisations", "reference", "Bracht samen", "Brought together", field.to("organisation", field.MANY)),
    f("people", "reference", "Personen", "People", field.to("person", field.MANY)),
    f("gathering", "reference", "Bij bijeenkomst", "At event", field.to("gathering")),
    f("demand", "reference", "Vraag", "Demand", field.to("demand")),
    f("solution", "reference", "Oplossing", "Solution", field.to("solution")),
    f("outcome", "term", "Wat ervan kwam", "What came of it", field.of(words.outcomes)),
    f("note", "text", "Toelichting", "Note"),
    f("fictitious", "boolean", "Fictief", "Fictitious"),
  },
}
