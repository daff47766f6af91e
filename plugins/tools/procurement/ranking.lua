-- The ranking that assessments make: for each criterion the mean of its assessors as a share of the most points, times
-- its weight. Basis: the weights as published (Aanbestedingswet 2012, article 2.115). Works on records only.
local law = require "law"

local ranking = {}

local function mean_and_spread(points)
  local sum, low, high, squares = 0, points[1], points[1], 0
  for _, p in ipairs(points) do
    sum, low, high = sum + p, math.min(low, p), math.max(high, p)
  end
  local mean = sum / #points
  for _, p in ipairs(points) do squares = squares + (p - mean) ^ 2 end
  return mean, high - low, math.sqrt(squares / #points)
end

local function by_id(a, b)
  return a.id < b.id
end

-- One submission on one criterion: { criterion, mean, range, deviation, wide, assessors, missing }.
local function judged(d, submission, criterion, settings)
  local points, who, barred = {}, {}, {}
  for _, a in ipairs(d.assessments) do
    if a.submission == submission.id and a.criterion == criterion.id then
      local given = {
        submission = submission, call = d.call, criterion = criterion, interests = d.interests, others = who,
        organisation = d.organisations[a.assessor],
      }
      local reason, in_english = law.assessment({ id = a.id, after = a }, given)
      if reason then
        barred[#barred + 1] = { id = a.id, reason = reason, reason_en = in_english }
      else
        points[#points + 1], who[#who + 1] = a.points, a
      end
    end
  end
  local row = { criterion = criterion.id, assessments = who, barred = barred, count = #points }
  row.missing = #points < settings.least_assessors
  if #points > 0 then
    row.mean, row.range, row.deviation = mean_and_spread(points)
    row.wide = row.range > settings.wide_spread * criterion.max
  end
  return row
end

-- d = { call, criteria, submissions, assessments, interests, organisations (by assessor) }. Rows, best first; equal
-- scores share a rank. Who is not admissible is not ranked; who is not wholly assessed comes last, without a rank, and
-- without a score where nobody's points count for a criterion.
function ranking.make(d, settings)
  local rows, weights = {}, 0
  table.sort(d.criteria, by_id)
  table.sort(d.assessments, by_id)
  for _, criterion in ipairs(d.criteria) do weights = weights + criterion.weight end
  for _, submission in ipairs(d.submissions) do
    if submission.status ~= "inadmissible" and submission.status ~= "withdrawn" then
      local row = { submission = submission, criteria = {}, whole = #d.criteria > 0, wide = false }
      local sum = weights > 0 and 0 or nil
      for n, criterion in ipairs(d.criteria) do
        local j = judged(d, submission, criterion, settings)
        row.criteria[n] = j
        row.whole = row.whole and not j.missing
        row.wide = row.wide or j.wide == true
        sum = sum and j.mean and sum + criterion.weight * j.mean / criterion.max
      end
      row.score = sum and math.floor(sum / weights * 10000 + 0.5) / 100 or nil
      rows[#rows + 1] = row
    end
  end
  table.sort(rows, function(a, b)
    if a.whole ~= b.whole then return a.whole end
    local one, other = a.score or -1, b.score or -1
    return one > other or one == other and a.submission.id < b.submission.id
  end)
  for n, row in ipairs(rows) do
    local above = rows[n - 1]
    if row.whole then row.rank = above and above.score == row.score and above.rank or n end
  end
  return rows
end

-- As a decision keeps it: one line a submission, the same for the same assessments.
function ranking.lines(rows)
  local lines = {}
  for n, row in ipairs(rows) do
    local parts = {}
    for k, j in ipairs(row.criteria) do
      parts[k] = ("%s %s (%d)"):format(j.criterion, j.mean and ("%.4f"):format(j.mean) or "-", j.count)
    end
    local score = row.score and ("%.2f"):format(row.score) or "-"
    lines[n] = ("%s %s %s: %s"):format(row.rank or "-", row.submission.id, score, table.concat(parts, ", "))
  end
  return lines
end

return ranking
