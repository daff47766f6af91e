-- Words that fields choose from, in Dutch and English, beside technologies and themes (terms.lua). Basis: how the
-- partners' own papers speak of these states; sizes as in Recommendation 2003/361/EC.
local words = {}

-- As the store reads them: A goes before B, and what has no letter comes last.
words.reliability = {
  { name = "A", nl = "officieel", en = "official" },
  { name = "B", nl = "na te gaan", en = "can be verified" },
  { name = "C", nl = "tweedehands", en = "second hand" },
  { name = "D", nl = "eigen opgave of gevolgtrekking", en = "own statement or inference" },
  { name = "E", nl = "twijfelachtig", en = "doubtful" },
  { name = "F", nl = "niet na te gaan", en = "can't be verified" },
}

words.sizes = {
  { name = "micro", nl = "micro (minder dan 10 medewerkers)", en = "micro (fewer than 10 employees)" },
  { name = "small", nl = "klein (10 tot 50)", en = "small (10 to 50)" },
  { name = "medium", nl = "middelgroot (50 tot 250)", en = "medium (50 to 250)" },
  { name = "large", nl = "groot (250 of meer)", en = "large (250 or more)" },
}

words.agreement_types = {
  { name = "letter_of_intent", nl = "intentieverklaring", en = "letter of intent" },
  { name = "covenant", nl = "convenant", en = "covenant" },
  { name = "contract", nl = "contract", en = "contract" },
  { name = "partnership", nl = "partnerschap", en = "partnership" },
}

words.agreement_states = {
  { name = "in_preparation", nl = "in voorbereiding", en = "in preparation" },
  { name = "signed", nl = "getekend", en = "signed" },
  { name = "concluded_earlier", nl = "eerder gesloten", en = "concluded earlier" },
  { name = "expired", nl = "verlopen", en = "expired" },
  { name = "ended", nl = "beëindigd", en = "ended" },
}

words.demand_states = {
  { name = "open", nl = "open", en = "open" },
  { name = "in_talks", nl = "in gesprek", en = "in talks" },
  { name = "met", nl = "vervuld", en = "met" },
  { name = "withdrawn", nl = "ingetrokken", en = "withdrawn" },
}

words.attendance_states = {
  { name = "invited", nl = "uitgenodigd", en = "invited" },
  { name = "registered", nl = "aangemeld", en = "registered" },
  { name = "cancelled", nl = "afgemeld", en = "cancelled" },
}

words.meeting_states = {
  { name = "planned", nl = "gepland", en = "planned" },
  { name = "held", nl = "gehouden", en = "held" },
  { name = "cancelled", nl = "vervallen", en = "cancelled" },
}

words.outcomes = {
  { name = "nothing", nl = "niets", en = "nothing" },
  { name = "contact", nl = "contact", en = "contact" },
  { name = "follow_up", nl = "vervolggesprek", en = "follow-up meeting" },
  { name = "pilot", nl = "proef", en = "pilot" },
  { name = "contract", nl = "opdracht", en = "contract" },
}

words.call_states = {
  { name = "draft", nl = "in voorbereiding", en = "draft" },
  { name = "open", nl = "open", en = "open" },
  { name = "closed", nl = "gesloten", en = "closed" },
  { name = "assessed", nl = "beoordeeld", en = "assessed" },
  { name = "decided", nl = "besloten", en = "decided" },
  { name = "withdrawn", nl = "ingetrokken", en = "withdrawn" },
}

words.submission_states = {
  { name = "submitted", nl = "ingezonden", en = "submitted" },
  { name = "admissible", nl = "ontvankelijk", en = "admissible" },
  { name = "inadmissible", nl = "niet ontvankelijk", en = "inadmissible" },
  { name = "withdrawn", nl = "ingetrokken", en = "withdrawn" },
}

words.decision_states = {
  { name = "proposed", nl = "voorgesteld", en = "proposed" },
  { name = "taken", nl = "genomen", en = "taken" },
  { name = "revoked", nl = "herroepen", en = "revoked" },
}

words.programme_states = {
  { name = "in_preparation", nl = "in voorbereiding", en = "in preparation" },
  { name = "running", nl = "loopt", en = "running" },
  { name = "finished", nl = "afgerond", en = "finished" },
}

words.investment_states = {
  { name = "proposed", nl = "voorgesteld", en = "proposed" },
  { name = "committed", nl = "toegezegd", en = "committed" },
  { name = "paid", nl = "betaald", en = "paid" },
}

-- What an indicator's values are: only counts and amounts add up.
words.quantities = {
  { name = "count", nl = "aantal", en = "count" },
  { name = "amount", nl = "bedrag", en = "amount" },
  { name = "ratio", nl = "gemiddelde, mediaan of verhouding", en = "mean, median or ratio" },
  { name = "share", nl = "aandeel of percentage", en = "share or percentage" },
  { name = "index", nl = "index", en = "index" },
}

words.directions = {
  { name = "more", nl = "meer is beter", en = "more is better" },
  { name = "less", nl = "minder is beter", en = "less is better" },
  { name = "neutral", nl = "geen van beide", en = "neither" },
}

return words
