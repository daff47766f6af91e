-- Procurement: each thing that may not happen, and what assessments come to. Basis: law.lua and README.md.
local polder = require "polder"
local test = require "polder.test"
local envelope = require "envelope"
local law = require "law"
local ranking = require "ranking"
local times = require "times"
local written = require "commands.written"

local CALL <const> = {
  id = "call/c", status = "open", opens = "2026-04-01T08:00:00Z", deadline = "2026-06-30T15:00:00Z",
  assessors = { "person/a", "person/b" },
}
local DURING <const>, AFTER <const> = "2026-05-01T00:00:00Z", "2026-07-01T00:00:00Z"

local function with(record, more)
  local out = {}
  for key, value in pairs(record) do out[key] = value end
  for key, value in pairs(more or {}) do out[key] = value end
  return out
end

test.case("times of different zones compare", function()
  test.ok(times.before("2026-06-30T16:59:00+02:00", "2026-06-30T15:00:00Z"))
  test.ok(not times.before("2026-06-30T17:00:00+02:00", "2026-06-30T15:00:00Z"))
  test.equal(times.seconds "1970-01-02T00:00:01.5Z", 86401)
  test.is_nil(times.seconds "gisteren")
end)

local CRITERION <const> = { id = "criterion/k", call = "call/c", title = "Kwaliteit", weight = 60, max = 10 }

test.case("published criteria can't change, go or be added to", function()
  local draft = with(CALL, { id = "call/d", status = "draft", opens = "2026-04-01T08:00:00Z" })
  local change = { id = "criterion/k", before = CRITERION, after = with(CRITERION, { weight = 50 }) }
  local early = "2026-03-01T00:00:00Z"
  test.is_nil(law.criterion(change, draft, draft, early))
  test.match(law.criterion(change, draft, draft, DURING), "het gewicht van een criterium ligt vast")
  test.match(law.criterion(change, CALL, CALL, early), "ligt vast")
  test.match(law.criterion({ id = "criterion/k", before = CRITERION }, CALL, nil, DURING), "kan niet meer weg")
  local marked = { id = "criterion/k", before = CRITERION, after = with(CRITERION, { fictitious = true }) }
  test.is_nil(law.criterion(marked, CALL, CALL, DURING))
  for _, weight in ipairs { 0, 41 } do
    local more = { id = "criterion/x", after = with(CRITERION, { weight = weight }) }
    test.match(law.criterion(more, nil, CALL, DURING), "geen criterium meer bij")
  end
  local moved = { id = "criterion/k", before = with(CRITERION, { call = "call/d" }), after = CRITERION }
  test.match(law.criterion(moved, draft, CALL, early), "geen criterium meer bij")
end)

test.case("a call imported before its criteria takes those that it published, as they were", function()
  local call = with(CALL, { weights = { law.line(CRITERION) } })
  test.is_nil(law.criterion({ id = "criterion/k", after = CRITERION }, nil, call, DURING))
  local heavier = { id = "criterion/k", after = with(CRITERION, { weight = 61 }) }
  test.match(law.criterion(heavier, nil, call, DURING), "geen criterium meer bij")
end)

local ALL <const> = { criteria = { with(CRITERION, { weight = 100 }) }, unsealed = 0 }

test.case("a call is published with the criteria that it has, and without content", function()
  local draft, early = with(CALL, { status = "draft" }), "2026-03-01T00:00:00Z"
  local function published(more, given)
    return law.call({ before = draft, after = with(CALL, more) }, early, with(ALL, given))
  end
  local weights = { law.line(ALL.criteria[1]) }
  test.is_nil(published { weights = weights })
  test.match(published {}, "procurement open")
  local other = { law.line(with(ALL.criteria[1], { max = 9 })) }
  test.match(published { weights = other }, "procurement open")
  test.match(published({ weights = weights }, { criteria = { CRITERION } }), "samen 60, niet 100")
  test.match(published({ weights = weights }, { unsealed = 1 }), "zonder zegel")
  test.is_nil(law.call({ after = with(CALL, { weights = weights }) }, DURING, { criteria = {}, unsealed = 0 }))
end)

test.case("a published call can be prolonged before it closes, and no more", function()
  local call = with(CALL, { weights = { "een" } })
  local function changed(more)
    return { before = call, after = with(call, more) }
  end
  test.is_nil(law.call(changed { deadline = "2026-07-15T15:00:00Z" }, DURING, ALL))
  test.match(law.call(changed { deadline = "2026-06-15T15:00:00Z" }, DURING, ALL), "niet eerder")
  test.match(law.call(changed { deadline = "2026-07-15T15:00:00Z" }, AFTER, ALL), "ligt vast")
  test.match(law.call(changed { status = "draft" }, DURING, ALL), "geen concept")
  test.match(law.call(changed { weights = { "twee" } }, DURING, ALL), "criteria liggen vast")
  test.match(law.call({ before = call }, DURING, ALL), "kan niet weg")
end)

local SUBMISSION <const> = {
  id = "submission/s", call = "call/c", organisation = "organisation/o", title = "S",
  submitted = "2026-06-01T10:00:00Z",
}

test.case("a submission comes in time, and does not change after the closing time", function()
  test.is_nil(law.submission({ after = SUBMISSION }, CALL, AFTER, polder.digest))
  local late = with(SUBMISSION, { submitted = "2026-06-30T15:00:01Z" })
  test.match(law.submission({ after = late }, CALL, AFTER, polder.digest), "na de sluitingstijd")
  test.is_nil(law.submission({ after = with(late, { status = "inadmissible" }) }, CALL, AFTER, polder.digest))
  local early = with(SUBMISSION, { submitted = "2026-03-01T00:00:00Z" })
  test.match(law.submission({ after = early }, CALL, AFTER, polder.digest), "opende")
  local change = { before = SUBMISSION, after = with(SUBMISSION, { summary = "beter" }) }
  test.match(law.submission(change, CALL, AFTER, polder.digest), "niet meer: de samenvatting ligt vast")
  local admitted = { before = SUBMISSION, after = with(SUBMISSION, { status = "admissible" }) }
  test.is_nil(law.submission(admitted, CALL, AFTER, polder.digest))
  test.match(law.submission({ before = SUBMISSION }, CALL, AFTER, polder.digest), "niet meer weg")
end)

local CONTENT <const> = {
  call = "call/c", organisation = "organisation/o", title = "Sonar: vast", summary = "Een\nproef", price = 310000,
  documents = { "https://example.org/plan", "https://example.org/team" },
}

test.case("an envelope says what was put into it, and no two are alike", function()
  local text = envelope.write(CONTENT, ("a"):rep(64))
  local said = envelope.read(text)
  test.equal(said.title, "Sonar: vast")
  test.equal(said.summary, "Een proef")
  test.equal(said.price, { amount = 310000, currency = "EUR" })
  test.equal(said.documents, CONTENT.documents)
  test.is_nil(said.solution)
  test.ok(polder.digest(text) ~= polder.digest(envelope.write(CONTENT, ("b"):rep(64))))
  test.is_nil(envelope.read "zomaar iets")
  test.is_nil(envelope.read(text:gsub("\ngeheim.*", "")))
end)

local function sealed_and_opened(content)
  local text = envelope.write(content or CONTENT, ("a"):rep(64))
  local sealed = {
    id = "submission/s", call = "call/c", organisation = "organisation/o", title = law.SEALED, size = #text,
    seal = polder.digest(text), submitted = "2026-06-01T10:00:00Z",
  }
  local said = envelope.read(text)
  local opened = {
    title = said.title, summary = said.summary, price = said.price, documents = said.documents, envelope = text,
    opened = AFTER,
  }
  return sealed, with(sealed, opened)
end

test.case("before the closing time a submission is a seal, and no word more", function()
  local sealed, opened = sealed_and_opened()
  local function says(before, after)
    return law.submission({ before = before, after = after }, CALL, DURING, polder.digest)
  end
  test.is_nil(says(nil, sealed))
  test.is_nil(says(sealed, with(sealed, { seal = ("0"):rep(64) })))
  test.match(says(nil, SUBMISSION), "alleen verzegeld")
  test.match(says(nil, with(sealed, { seal = "kort" })), "alleen verzegeld")
  test.match(says(nil, opened), "alleen verzegeld")
  test.match(says(sealed, opened), "alleen verzegeld")
  local words = { summary = "x", price = { amount = 1 }, title = "x", documents = { "x" }, solution = "x" }
  for name, value in pairs(words) do
    test.match(says(sealed, with(sealed, { [name] = value })), "alleen verzegeld")
  end
end)

test.case("after the closing time the envelope opens it, when it fits", function()
  local sealed, opened = sealed_and_opened()
  local function says(before, after)
    return law.submission({ before = before, after = after }, CALL, AFTER, polder.digest)
  end
  test.is_nil(says(sealed, opened))
  test.is_nil(says(nil, opened)) -- an import of all
  test.is_nil(says(sealed, with(sealed, { status = "inadmissible" })))
  local cheaper = with(opened, { price = { amount = 1, currency = "EUR" } })
  test.match(says(sealed, cheaper), "de prijs is anders dan in de envelop")
  test.match(says(sealed, with(opened, { envelope = opened.envelope .. " " })), "past niet op het zegel")
  test.match(says(sealed, with(sealed, { title = "Anders" })), "de titel ligt vast")
  test.match(says(sealed, with(sealed, { seal = ("0"):rep(64) })), "het zegel ligt vast")
  test.match(says(opened, with(opened, { title = "Anders" })), "de titel ligt vast")
  test.match(says(opened, sealed), "de envelop ligt vast")
  local copied, of_other = sealed_and_opened(with(CONTENT, { organisation = "organisation/other" }))
  test.match(says(copied, of_other), "andere oproep of inzender")
end)

local ASSESSMENT <const> = {
  id = "assessment/a", submission = "submission/s", criterion = "criterion/k", assessor = "person/a", points = 8,
  made = AFTER, reason = "De proef overtuigt.",
}

test.case("who may assess, when and how", function()
  local function given(more)
    return with({ submission = SUBMISSION, call = CALL, criterion = CRITERION, interests = {} }, more)
  end
  local function says(change, more, pattern)
    local reason = law.assessment({ after = with(ASSESSMENT, change) }, given(more))
    if pattern then test.match(reason, pattern) else test.is_nil(reason) end
  end
  says({}, {})
  says({ made = DURING }, {}, "verzegeld tot 30 juni 2026, 15:00 UTC")
  says({ assessor = "person/x" }, {}, "geen beoordelaar")
  says({ points = 11 }, {}, "11 is te veel voor Kwaliteit: het hoogste aantal punten is 10")
  says({ reason = "goed" }, {}, "motivering")
  says({}, { criterion = with(CRITERION, { call = "call/other" }) }, "andere oproep")
  says({}, { submission = with(SUBMISSION, { status = "withdrawn" }) }, "ingetrokken")
  says({}, { submission = with(SUBMISSION, { seal = ("0"):rep(64) }) }, "nog niet geopend")
  says({}, { decided = true }, "liggen vast")
  local interest = { id = "interest/i", person = "person/a", organisation = "organisation/o" }
  says({}, { interests = { interest } }, "meldde een belang %(interest/i%)")
  says({}, { interests = { with(interest, { organisation = "organisation/other" }) } })
  says({}, { interests = { with(interest, { call = "call/other" }) } })
  says({}, { interests = { { id = "interest/i", person = "person/a", call = "call/c" } } }, "belang")
end)

test.case("an assessor gives once, and changes points with a new reason", function()
  local a, known = ASSESSMENT, { submission = SUBMISSION, call = CALL, criterion = CRITERION, closed = true }
  known.others, known.interests = { ASSESSMENT }, {}
  local second = law.assessment({ id = "assessment/b", after = with(a, { id = "assessment/b" }) }, known)
  test.match(second, "person/a beoordeelde dit al %(assessment/a%): verander die, .*polder put assessment/a points=")
  test.is_nil(law.assessment({ id = "assessment/b", after = with(a, { assessor = "person/b" }) }, known))
  local function says(more, pattern)
    local reason = law.assessment({ id = a.id, before = a, after = more and with(a, more) }, known)
    if pattern then test.match(reason, pattern) else test.is_nil(reason) end
  end
  says({ points = 3 }, "andere punten vragen een nieuwe motivering")
  says({ points = 3, reason = "De  proef overtuigt!" }, "nieuwe motivering")
  says({ points = 3, reason = "Het bewijs bleek zwakker." })
  says({ reason = "Zeer sterk bewijs van de proef." })
  says({ assessor = "person/b" }, "ligt de beoordelaar vast")
  says({ criterion = "criterion/p" }, "ligt het criterium vast")
  says(nil, "van een gesloten oproep kan niet weg: verander haar.*polder put assessment/a")
  known.decided = true
  says({ points = 3, reason = "Het bewijs bleek zwakker." }, "er is al besloten")
  says(nil, "er is al besloten")
end)

test.case("who belongs to the submitter does not assess it", function()
  local records = {
    ["call/c"] = CALL, ["criterion/k"] = CRITERION, ["submission/s"] = SUBMISSION,
    ["person/a"] = { name = "A", organisation = "organisation/o" },
  }
  local given = { id = ASSESSMENT.id, after = ASSESSMENT, records = records, found = {}, now = AFTER, lang = "en" }
  local ok, why = test.check("lawful-assessment", given)
  test.ok(not ok)
  test.match(why, "person/a belongs to the submitter %(organisation/o%)")
  records["person/a"].organisation = "organisation/other"
  ok, why = test.check("lawful-assessment", given)
  test.ok(ok, why)
end)

test.case("the dossier's numbers, money and days are those of the reader", function()
  local function nl(text) return text end
  local function en(_, text) return text end
  test.equal(written.money({ amount = 310000, currency = "EUR" }, nl), "€ 310.000,00")
  test.equal(written.money({ amount = 1234.5, currency = "EUR" }, en), "€1,234.50")
  test.equal({ written.number(8.5, nl, 2), written.number(8.5, en), written.number(40, nl) }, { "8,50", "8.5", "40" })
  test.equal(written.number(-123456, nl), "-123.456")
  test.equal({ written.date("2026-07-01", nl), written.date("2026-07-01", en) }, { "1 juli 2026", "1 July 2026" })
  test.equal(written.time("2026-06-24T09:12:00+02:00", en), "24 June 2026, 09:12 +02:00")
  test.equal(written.time(nil, nl), "onbekend")
end)

local RANKED <const> = { id = "run/1", what = "match", inputs = { scorecard = "x/x", demands = { "demand/d" } } }

local function decides(change, given)
  return law.decision(change, with({ submissions = {}, run = RANKED, call = CALL }, given))
end

local TAKEN <const> = {
  id = "decision/d", call = "call/c", status = "taken", reason = "x", awarded = { "submission/s" }, run = "run/1",
  ranking = { "1 submission/s 80.00" },
}

test.case("a decision that was taken can only be revoked", function()
  local known = { submissions = { ["submission/s"] = true } }
  test.is_nil(decides({ before = TAKEN, after = with(TAKEN, { status = "revoked" }) }, known))
  test.match(decides({ before = TAKEN, after = with(TAKEN, { reason = "y" }) }, known), "ligt vast, ook de motivering")
  test.match(decides({ before = TAKEN, after = with(TAKEN, { awarded = {} }) }, known), "de keuze")
  test.match(decides({ before = TAKEN }, known), "niet gewist")
  local other = { submissions = { ["submission/z"] = false } }
  test.match(decides({ after = with(TAKEN, { awarded = { "submission/z" } }) }, other), "geen inzending")
end)

test.case("no decision is made that names no run, ranking or call", function()
  for _, name in ipairs { "call", "run", "ranking" } do
    local without = with(TAKEN)
    without[name] = nil
    test.match(decides { after = without }, "de berekening waarop het steunt")
    test.is_nil(decides { before = without, after = with(without, { status = "revoked" }) })
  end
end)

test.case("the run that a decision names is there, and ranked for the demands of its call", function()
  local call = with(CALL, { demands = { "demand/d" } })
  local function says(run, other)
    return law.decision({ after = TAKEN }, { submissions = {}, run = run, call = other or call })
  end
  test.is_nil(says(RANKED))
  test.match(says(nil), "run/1 is hier niet: neem het besluit met `polder procurement decide`")
  test.match(says { id = "run/1", what = "report" }, "geen rangschikking van oplossingen: zij komt van `polder report`")
  test.match(says(RANKED, with(CALL, { demands = { "demand/e" } })), "gaat niet over demand/e")
  test.is_nil(says(with(RANKED, { inputs = { demands = {} } }))) -- it ranked for all
  test.is_nil(law.decision({ after = TAKEN }, { submissions = {}, run = RANKED })) -- an import: the call comes later
  local revoked = { before = TAKEN, after = with(TAKEN, { status = "revoked" }) }
  test.is_nil(law.decision(revoked, { submissions = {} })) -- from before runs were looked up
  local draft = with(TAKEN, { status = "draft", run = "run/0" })
  test.match(law.decision({ before = draft, after = with(draft, { status = "taken" }) }, { submissions = {} }), "run/0")
end)

test.case("the check asks for the run of the decision", function()
  local records = { ["call/c"] = with(CALL, { demands = { "demand/d" } }) }
  local ok, why = test.check("lawful-decision", { id = "decision/d", after = TAKEN, records = records, found = {} })
  test.ok(not ok)
  test.match(why, "run/1 is hier niet")
  local runs = { ["run/1"] = RANKED }
  ok, why = test.check("lawful-decision",
    { id = "decision/d", after = TAKEN, records = records, found = {}, runs = runs })
  test.ok(ok, why)
end)

local SETTINGS <const> = { wide_spread = 0.3, least_assessors = 2 }

local function assessed(points)
  local d = {
    call = CALL, interests = {}, assessments = {}, submissions = {}, organisations = {},
    criteria = { CRITERION, { id = "criterion/p", call = "call/c", title = "Prijs", weight = 40, max = 5 } },
  }
  for id, of in pairs(points) do
    d.submissions[#d.submissions + 1] = { id = id, call = "call/c", organisation = "organisation/" .. id }
    for criterion, list in pairs(of) do
      for n, p in ipairs(list) do
        table.insert(d.assessments, {
          id = ("%s-%s-%d"):format(id, criterion, n), submission = id, criterion = "criterion/" .. criterion,
          points = p, made = AFTER, reason = "Gewogen zoals bekend.",
          assessor = n == 1 and "person/a" or "person/b",
        })
      end
    end
  end
  return d
end

test.case("the score is the weighted mean, and the spread between assessors shows", function()
  local d = assessed {
    s1 = { k = { 9, 5 }, p = { 5, 5 } }, s2 = { k = { 8, 8 }, p = { 3, 4 } }, s3 = { k = { 9 }, p = { 5, 5 } },
  }
  local rows = ranking.make(d, SETTINGS)
  test.equal(rows[1].submission.id, "s1")
  test.equal(rows[1].criteria[1].barred, {})
  test.near(rows[1].score, 82, 1e-9) -- 60 * 0.7 + 40 * 1
  test.ok(rows[1].criteria[1].wide and rows[1].wide)
  test.near(rows[1].criteria[1].deviation, 2, 1e-9)
  test.near(rows[2].score, 76, 1e-9) -- 60 * 0.8 + 40 * 0.7
  test.ok(not rows[2].wide)
  test.is_nil(rows[3].rank)
  test.ok(not rows[3].whole)
end)

test.case("who has no points for a criterion has no score, which is not a low one", function()
  local rows = ranking.make(assessed { s1 = { k = { 9, 5 }, p = { 1, 1 } }, s2 = { k = { 9, 9 }, p = {} } }, SETTINGS)
  test.equal(rows[2].submission.id, "s2")
  test.is_nil(rows[2].score)
  test.match(ranking.lines(rows)[2], "^%- s2 %-: criterion/k 9%.0000 %(2%), criterion/p %- %(0%)$")
end)

test.case("equal scores share a rank; who declared an interest does not count", function()
  local d = assessed { s1 = { k = { 8, 8 }, p = { 4, 4 } }, s2 = { k = { 8, 8 }, p = { 4, 4 } } }
  local rows = ranking.make(d, SETTINGS)
  test.equal({ rows[1].rank, rows[2].rank }, { 1, 1 })
  d.interests = { { id = "interest/i", person = "person/b", organisation = "organisation/s2" } }
  rows = ranking.make(d, SETTINGS)
  test.equal(rows[1].submission.id, "s1")
  test.equal(#rows[2].criteria[1].barred, 1)
  test.ok(not rows[2].whole)
end)

test.case("two assessments of one person are not two assessors; nor does the submitter's own count", function()
  local d = assessed { s1 = { k = { 9, 5, 4 }, p = { 5, 5 } } }
  local row = ranking.make(d, SETTINGS)[1]
  test.equal({ row.criteria[1].count, row.criteria[1].mean, row.whole }, { 2, 7, true })
  test.match(row.criteria[1].barred[1].reason, "person/b beoordeelde dit al %(s1%-k%-2%)")
  table.remove(d.assessments, 1) -- what is left are two of person/b
  row = ranking.make(d, SETTINGS)[1]
  test.equal({ row.criteria[1].count, row.whole }, { 1, false })
  d.organisations["person/b"] = "organisation/s1"
  row = ranking.make(d, SETTINGS)[1]
  test.equal(row.criteria[1].count, 0)
  test.match(row.criteria[1].barred[1].reason, "hoort bij de inzender")
end)

test.case("what came before its call was there is held against the law by the ranking", function()
  test.is_nil(law.assessment({ after = { assessor = "person/x", points = 99 } }, { interests = {} }))
  local d = assessed { s1 = { k = { 9, 9 }, p = { 5, 5 } } }
  d.assessments[1].made = DURING
  local row = ranking.make(d, SETTINGS)[1]
  test.ok(not row.whole)
  test.match(row.criteria[1].barred[1].reason, "verzegeld")
end)

test.case("a put that changes nothing is no change", function()
  test.ok(law.same({ a = 1, list = { "x" } }, { a = 1, list = { "x" } }))
  test.ok(not law.same({ a = 1, list = { "x" } }, { a = 1, list = { "x", "y" } }))
  test.ok(not law.same({ a = 1 }, { a = 1, b = 2 }))
  test.ok(not law.same(nil, { a = 1 }))
end)

test.case("the lines that a decision keeps are the same for the same assessments", function()
  local points = { s1 = { k = { 9, 5 }, p = { 5, 5 } }, s2 = { k = { 8, 8 }, p = { 3, 4 } } }
  local one, two = assessed(points), assessed(points)
  table.sort(two.assessments, function(a, b) return a.id > b.id end)
  test.equal(ranking.lines(ranking.make(one, SETTINGS)), ranking.lines(ranking.make(two, SETTINGS)))
end)
