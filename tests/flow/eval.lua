-- What `polder eval` should say, reckoned anew from what `polder match --json` printed and the known answers.
--   lua5.4 eval.lua SCRIPTS RANKING.json KNOWN.tsv EVAL.json     ends with 1 and says which numbers differ
package.path = arg[1] .. "/?.lua;" .. package.path
local json = require "json"

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local known = {}
for line in read(arg[3]):gmatch("[^\r\n]+") do
  local demand, solution, relevance = line:match("^(%S+)\t(%S+)\t(%S+)")
  if tonumber(relevance) and tonumber(relevance) > 0 then
    known[demand] = known[demand] or {}
    known[demand][solution] = tonumber(relevance)
  end
end

local function gain(list)
  local sum = 0
  for i = 1, math.min(10, #list) do sum = sum + list[i] / (math.log(i + 1) / math.log(2)) end
  return sum
end

local function judge(ranked, answers)
  local best, found, mrr, at10, at20, all = {}, {}, 0, 0, 0, 0
  for _, relevance in pairs(answers) do best[#best + 1], all = relevance, all + 1 end
  table.sort(best, function(a, b) return a > b end)
  for place, row in ipairs(ranked) do
    local relevance = answers[row.solution]
    found[place] = relevance or 0
    if relevance then
      if mrr == 0 then mrr = 1 / place end
      if place <= 10 then at10 = at10 + 1 end
      if place <= 20 then at20 = at20 + 1 end
    end
  end
  return {
    mrr = mrr, p1 = mrr == 1 and 1 or 0, ndcg10 = gain(found) / gain(best),
    recall10 = at10 / all, recall20 = at20 / all,
  }
end

local said, sum, n, differ = json.decode(read(arg[4])), {}, 0, false
for _, row in ipairs(json.decode(read(arg[2])).demands) do
  if known[row.demand] then
    n = n + 1
    for name, number in pairs(judge(row.ranked, known[row.demand])) do sum[name] = (sum[name] or 0) + number end
  end
end
for name, total in pairs(sum) do
  if math.abs(said[name] - total / n) > 1e-12 then
    io.stderr:write(("%s: said %.15g, is %.15g\n"):format(name, said[name], total / n))
    differ = true
  end
end
if said.n ~= n then
  io.stderr:write(("n: said %d, is %d\n"):format(said.n, n))
  differ = true
end
os.exit(n == 0 and 1 or differ and 1 or 0)
