-- Procurement: each thing that may not happen, and what assessments come to. Basis: law.lua and README.md.
local test = require "polder.test"
local law = require "law"
local ranking = require "ranking"
local times = require "times"

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

test.case("published weights can't change", function()
  local draft = with(CALL, { status = "draft", opens = "2026-04-01T08:00:00Z" })
  local change = { before = CRITERION, after = with(CRITERION, { weight = 50 }) }
  test.is_nil(law.criterion(change, draft, {}, "2026-03-01T00:00:00Z"))
  test.match(law.criterion(change, draft, {}, DURING), "weight van een criterium ligt vast")
  test.match(law.criterion(change, CALL, {}, "2026-03-01T00:00:00Z"), "ligt vast")
  test.match(law.criterion({ before = CRITERION }, CALL, {}, DURING), "kan niet meer weg")
  test.is_nil(law.criterion({ before = CRITERION, after = with(CRITERION, { fictitious = true }) }, CALL, {}, DURING))
  test.match(law.criterion({ after = with(CRITERION, { weight = 41 }) }, CALL, { CRITERION }, DURING), "samen 101")
end)

test.case("a published call can be prolonged before it closes, and no more", function()
  local function changed(more)
    return { before = CALL, after = with(CALL, more) }
  end
  test.is_nil(law.call(changed { deadline = "2026-07-15T15:00:00Z" }, DURING))
  test.match(law.call(changed { deadline = "2026-06-15T15:00:00Z" }, DURING), "niet eerder")
  test.match(law.call(changed { deadline = "2026-07-15T15:00:00Z" }, AFTER), "ligt vast")
  test.match(law.call(changed { status = "draft" }, DURING), "geen concept")
  test.match(law.call({ before = CALL }, DURING, true), "kan niet weg")
end)

local SUBMISSION <const> = {
  id = "submission/s", call = "call/c", organisation = "organisation/o", title = "S",
  submitted = "2026-06-01T10:00:00Z",
}

test.case("a submission comes in time, and does not change after the closing time", function()
  test.is_nil(law.submission({ after = SUBMISSION }, CALL, DURING))
  local late = with(SUBMISSION, { submitted = "2026-06-30T15:00:01Z" })
  test.match(law.submission({ after = late }, CALL, AFTER), "na de sluitingstijd")
  test.is_nil(law.submission({ after = with(late, { status = "inadmissible" }) }, CALL, AFTER))
  local early = with(SUBMISSION, { submitted = "2026-03-01T00:00:00Z" })
  test.match(law.submission({ after = early }, CALL, DURING), "opende")
  local change = { before = SUBMISSION, after = with(SUBMISSION, { summary = "beter" }) }
  test.is_nil(law.submission(change, CALL, DURING))
  test.match(law.submission(change, CALL, AFTER), "verandert een inzending niet meer %(summary%)")
  test.is_nil(law.submission({ before = SUBMISSION, after = with(SUBMISSION, { status = "admissible" }) }, CALL, AFTER))
  test.match(law.submission({ before = SUBMISSION }, CALL, AFTER), "niet meer weg")
end)

test.case("who may assess, when and how", function()
  local a = {
    id = "assessment/a", submission = "submission/s", criterion = "criterion/k", assessor = "person/a", points = 8,
    reason = "De proef overtuigt.", made = AFTER,
  }
  local function given(more)
    return with({ submission = SUBMISSION, call = CALL, criterion = CRITERION, interests = {} }, more)
  end
  local function says(change, more, pattern)
    local reason = law.assessment({ after = with(a, change) }, given(more))
    if pattern then test.match(reason, pattern) else test.is_nil(reason) end
  end
  says({}, {})
  says({ made = DURING }, {}, "verzegeld tot 30%-06%-2026 15:00 UTC")
  says({ assessor = "person/x" }, {}, "geen beoordelaar")
  says({ points = 11 }, {}, "hoogstens 10 punten")
  says({ reason = "goed" }, {}, "motivering")
  says({}, { criterion = with(CRITERION, { call = "call/other" }) }, "andere oproep")
  says({}, { submission = with(SUBMISSION, { status = "withdrawn" }) }, "ingetrokken")
  says({}, { decided = true }, "liggen vast")
  local interest = { id = "interest/i", person = "person/a", organisation = "organisation/o" }
  says({}, { interests = { interest } }, "meldde een belang %(interest/i%)")
  says({}, { interests = { with(interest, { organisation = "organisation/other" }) } })
  says({}, { interests = { with(interest, { call = "call/other" }) } })
  says({}, { interests = { { id = "interest/i", person = "person/a", call = "call/c" } } }, "belang")
end)

test.case("a decision that was taken can only be revoked", function()
  local taken = { id = "decision/d", call = "call/c", status = "taken", reason = "x", awarded = { "submission/s" } }
  local known = { ["submission/s"] = true }
  test.is_nil(law.decision({ before = taken, after = with(taken, { status = "revoked" }) }, known))
  test.match(law.decision({ before = taken, after = with(taken, { reason = "y" }) }, known), "ligt vast %(reason%)")
  test.match(law.decision({ before = taken, after = with(taken, { awarded = {} }) }, known), "awarded")
  test.match(law.decision({ before = taken }, known), "niet gewist")
  local other = { ["submission/z"] = false }
  test.match(law.decision({ after = with(taken, { awarded = { "submission/z" } }) }, other), "geen inzending")
end)

local SETTINGS <const> = { wide_spread = 0.3, least_assessors = 2 }

local function assessed(points)
  local d = {
    call = CALL, interests = {}, assessments = {}, submissions = {},
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
