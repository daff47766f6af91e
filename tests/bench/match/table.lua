-- Makes a table of what run.sh measured. stdin: lines "contestant: load prepare match whole megabytes checksum", one
-- for each contestant and round, "-" where there is no such figure; with a seventh figure, load is what match took for
-- the first few demands, and match is what it takes more than that, times the figure. Shows the best of each figure,
-- and the ratios of match to the first contestant by best and by median. Ends with 1 when the checksums differ. Ratios
-- with a limit go to the file $BENCH_RATIOS as well, for ../summary.lua; an argument says what this was a match of.
local FIGURES <const> = { "load", "prepare", "match", "whole", "peak" }
local order, rows, checksums, different = {}, {}, {}, 0

for line in io.lines() do
  local name, rest = line:match("^(.-): (.*)$")
  local cells = {}
  for cell in rest:gmatch("%S+") do cells[#cells + 1] = cell end
  if not rows[name] then
    order[#order + 1] = name
    rows[name] = { checksum = cells[6], scale = tonumber(cells[7]) }
    for _, figure in ipairs(FIGURES) do rows[name][figure] = {} end
  end
  for i, figure in ipairs(FIGURES) do table.insert(rows[name][figure], tonumber(cells[i])) end
  if not checksums[cells[6]] then different = different + 1 end
  checksums[cells[6]] = true
end

local function best(values) return #values > 0 and math.min(table.unpack(values)) or nil end

local function median(values)
  local n = #values
  if n == 0 then return nil end
  table.sort(values)
  return (values[(n + 1) // 2] + values[n // 2 + 1]) / 2
end

local function shown(format, value) return value and format:format(value) or "-" end

local function ratio(figure, of) return shown("%.1f", figure and figure / of) end

-- The difference of two bests: the best difference of two runs would be the luck of the noise.
local function match_of(row, typical)
  if not row.scale then return typical(row.match) end
  return (typical(row.match) - typical(row.load)) * row.scale
end

local base = best(rows[order[1]].match)
local base_median = median(rows[order[1]].match)
local FORM <const> = "%-22s %7s %8s %7s %7s %6s %6s %6s  %s"
print(FORM:format("contestant", "load s", "prepare", "match", "whole", "ratio", "median", "MB", "checksum"))
for _, name in ipairs(order) do
  local row = rows[name]
  print(FORM:format(name, shown("%.3f", not row.scale and best(row.load) or nil), shown("%.3f", best(row.prepare)),
    shown("%.3f", match_of(row, best)), shown("%.3f", best(row.whole)), ratio(match_of(row, best), base),
    ratio(match_of(row, median), base_median), shown("%.0f", math.max(table.unpack(row.peak))), row.checksum))
end
local function limits(file)
  local function say(what, is, way, limit, goal)
    if not is then return end
    file:write(("%s\t%s\t%.4f\t%s\t%s\t%s\n"):format(arg[1] or "match", what, is, way, limit, goal or "-"))
  end
  local function seconds(name) return rows[name] and match_of(rows[name], best) end
  local function against(figure, take)
    local ours, node = rows["measures"], rows["Node.js"]
    return ours and node and take(ours[figure]) / take(node[figure])
  end
  local function peak(list) return math.max(table.unpack(list)) end
  local one, two = seconds("measures, 1 worker"), seconds("measures, 2 workers")
  local of_pairs, nearby = seconds("8 of pairs, 2 workers"), arg[1] == "nearby"
  local shared = base / seconds("plain C, 2 processes")
  say("measures, 1 worker / plain C", one / base, "at most", 3, nearby and 1 or 1.5)
  if not nearby then
    say("measures: 2 workers as fast as 1", one / two, "at least", 1.8)
    say("  the same of plain C's two processes, on this machine", shared, "-", "-")
    say("  measures' two workers by that", one / two / shared, "at least", 0.9)
  end
  say("8 Lua rules of pairs, 2 workers / plain C", of_pairs and of_pairs / base, "at most", 40, 20)
  say("whole command / Node.js, seconds", against("whole", best), "at most", 1)
  say("whole command / Node.js, memory", against("peak", peak), "at most", 1)
end

if os.getenv("BENCH_RATIOS") then
  local file = assert(io.open(os.getenv("BENCH_RATIOS"), "a"))
  limits(file)
  file:close()
end

if different > 1 then
  io.stderr:write("the checksums differ: not all contestants computed the same\n")
  os.exit(1)
end
