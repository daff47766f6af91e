-- How good is a ranking? Reads what `polder match --json` printed and known answers (TSV: demand, solution,
-- relevance) and prints MRR, P@1 and recall@10 over the demands that have a known answer.   lua5.4
-- scripts/eval.lua RANKING.json QRELS.tsv [min_mrr=0.7] [min_p1=0.6] [min_recall10=0.8]
local here = arg[0]:match("^(.*)/") or "."
package.path = here .. "/?.lua;" .. package.path
local json = require "json"

local USAGE <const> = "usage: lua5.4 scripts/eval.lua RANKING.json QRELS.tsv [min_mrr=X] [min_p1=X] [min_recall10=X]"

local function stop(code, message)
  io.stderr:write("eval.lua: ", message, "\n")
  os.exit(code)
end

local function read(path)
  local file, why = io.open(path, "rb")
  if not file then stop(4, why) end
  local text = file:read("a")
  file:close()
  return text
end

-- "demand/D0001" and "D0001" are the same thing.
local function bare(id)
  return id:match("([^/]+)$")
end

-- demand → { solution → true }, and the number of its answers under [1]
local function read_answers(path)
  local answers, line_number = {}, 0
  for line in read(path):gmatch("[^\r\n]+") do
    line_number = line_number + 1
    local demand, solution, relevance = line:match("^([^\t]+)\t([^\t]+)\t([^\t]+)")
    if not demand then stop(3, ("%s:%d: expected demand, solution, relevance with tabs"):format(path, line_number)) end
    local grade = tonumber(relevance)
    if not grade and line_number > 1 then
      stop(3, ("%s:%d: relevance is no number: %s"):format(path, line_number, relevance))
    end
    if grade and grade > 0 then
      local known = answers[bare(demand)] or { count = 0, is = {} }
      if not known.is[bare(solution)] then
        known.is[bare(solution)], known.count = true, known.count + 1
      end
      answers[bare(demand)] = known
    end
  end
  return answers
end

-- Reciprocal rank of the first known answer, whether it stands first, and the share of answers in the first ten.
local function judge(ranked, known)
  local reciprocal, hits = 0, 0
  for place, row in ipairs(ranked) do
    if known.is[bare(row.solution)] then
      if reciprocal == 0 then reciprocal = 1 / place end
      if place <= 10 then hits = hits + 1 end
    end
  end
  return reciprocal, reciprocal == 1 and 1 or 0, hits / known.count
end

local function evaluate(run, answers)
  local ranked_of, sum = {}, { mrr = 0, p1 = 0, recall10 = 0 }
  for _, demand in ipairs(run.demands) do
    ranked_of[bare(demand.demand)] = demand.ranked
  end
  local demands, missing, depth = 0, 0, 0
  for demand, known in pairs(answers) do
    demands = demands + 1
    local ranked = ranked_of[demand]
    if not ranked then missing = missing + 1 end
    local reciprocal, first, recall = judge(ranked or {}, known)
    depth = math.max(depth, #(ranked or {}))
    sum.mrr, sum.p1, sum.recall10 = sum.mrr + reciprocal, sum.p1 + first, sum.recall10 + recall
  end
  if demands == 0 then stop(3, "no known answers") end
  for name, total in pairs(sum) do
    sum[name] = total / demands
  end
  return sum, demands, missing, depth
end

local function main()
  if not arg[2] then stop(2, USAGE) end
  local least = {}
  for i = 3, #arg do
    local name, number = arg[i]:match("^min_(%w+)=([%d.]+)$")
    if not name or not ({ mrr = 1, p1 = 1, recall10 = 1 })[name] then stop(2, USAGE) end
    least[name] = tonumber(number) or stop(2, USAGE)
  end
  local decoded, run = pcall(json.decode, read(arg[1]))
  if not decoded then stop(3, arg[1] .. ": " .. run) end
  if type(run) ~= "table" or type(run.demands) ~= "table" then
    stop(3, arg[1] .. ": not what `polder match --json` prints")
  end
  local result, demands, missing, depth = evaluate(run, read_answers(arg[2]))
  print(("scorecard %s, %d demands with known answers, ranked to %d"):format(run.scorecard or "?", demands, depth))
  print(("MRR %.3f   P@1 %.3f   recall@10 %.3f"):format(result.mrr, result.p1, result.recall10))
  if missing > 0 then stop(1, ("%d demands with known answers were not ranked: counted as 0"):format(missing)) end
  for name, number in pairs(least) do
    if result[name] < number then stop(1, ("%s is %.3f, below %.3f"):format(name, result[name], number)) end
  end
end

main()
