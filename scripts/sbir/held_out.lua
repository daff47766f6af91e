-- What a choice of settings is worth on demands that had no say in it: folds, the choice on the others, and the figure
-- with its interval. A candidate is {name, by = {demand → {metric → number}}}.
local held_out = {}

held_out.METRICS = { "mrr", "p1", "ndcg10", "recall10", "recall20" }

local function shuffle(list, random)
  for i = #list, 2, -1 do
    local j = random(i)
    list[i], list[j] = list[j], list[i]
  end
end

-- demand → fold, 1 to `folds`, as even as can be.
function held_out.split(demands, folds, random)
  local order, fold_of = table.move(demands, 1, #demands, 1, {}), {}
  shuffle(order, random)
  for i, demand in ipairs(order) do
    fold_of[demand] = (i - 1) % folds + 1
  end
  return fold_of
end

-- Each group a fold of its own: what was learned elsewhere, measured where nothing was.
function held_out.each(demands, group_of)
  local fold_of, numbers, folds = {}, {}, 0
  for _, demand in ipairs(demands) do
    local group = group_of[demand] or ""
    if not numbers[group] then
      folds = folds + 1
      numbers[group] = folds
    end
    fold_of[demand] = numbers[group]
  end
  return fold_of, folds
end

-- The candidate that is best by `metric` over the demands outside `fold`; of equals the first.
function held_out.choose(candidates, demands, fold_of, fold, metric)
  local best, most
  for _, candidate in ipairs(candidates) do
    local sum = 0
    for _, demand in ipairs(demands) do
      if fold_of[demand] ~= fold then sum = sum + candidate.by[demand][metric] end
    end
    if not most or sum > most then best, most = candidate, sum end
  end
  return best
end

-- demand → {metric → number}, each by the candidate that the other folds chose; and name → how many folds chose it.
function held_out.measure(candidates, demands, fold_of, folds, metric)
  local by, chosen = {}, {}
  for fold = 1, folds do
    local best = held_out.choose(candidates, demands, fold_of, fold, metric)
    chosen[best.name] = (chosen[best.name] or 0) + 1
    for _, demand in ipairs(demands) do
      if fold_of[demand] == fold then by[demand] = best.by[demand] end
    end
  end
  return by, chosen
end

function held_out.mean(by, demands, metric)
  local sum = 0
  for _, demand in ipairs(demands) do
    sum = sum + by[demand][metric]
  end
  return sum / #demands
end

-- What holds 95 % of the means of samples of the demands, drawn with replacement.
function held_out.interval(by, demands, metric, samples, random)
  local means = {}
  for i = 1, samples do
    local sum = 0
    for _ = 1, #demands do
      sum = sum + by[demands[random(#demands)]][metric]
    end
    means[i] = sum / #demands
  end
  table.sort(means)
  return means[math.max(1, math.floor(0.025 * samples + 0.5))], means[math.ceil(0.975 * samples)]
end

return held_out
