-- One table of what the benchmarks measured. stdin: lines of bench, what, ratio, "at most" or "at least", limit, with
-- tabs between, and a goal beyond the limit where there is one; "-" where no limit is set. Ends with 1 when a limit is
-- not met; a goal is only told.
local FORM <const> = "%-8s  %-62s %7s  %-13s %-5s %s"
local missed = 0

local function holds(ratio, way, bound)
  return way == "at most" and ratio <= bound or way == "at least" and ratio >= bound
end

local function met(ratio, way, limit, goal)
  if not limit then return "-" end
  if not holds(ratio, way, limit) then return "NO" end
  return goal and holds(ratio, way, goal) and "goal" or "yes"
end

print(FORM:format("bench", "what", "ratio", "limit", "goal", "met"))
for line in io.lines() do
  local cells = {}
  for cell in (line .. "\t"):gmatch("([^\t]*)\t") do cells[#cells + 1] = cell end
  local bench, what, way = cells[1], cells[2], cells[4]
  local ratio, limit, goal = tonumber(cells[3]), tonumber(cells[5]), tonumber(cells[6])
  if not ratio then error("not a line with a ratio: " .. line) end
  local verdict = met(ratio, way, limit, goal)
  if verdict == "NO" then missed = missed + 1 end
  print((FORM:format(bench, what, ("%.3g"):format(ratio), limit and ("%s %g"):format(way, limit) or "-",
    goal and ("%g"):format(goal) or "-", verdict)))
end
if missed > 0 then print(("%d of the limits %s not met"):format(missed, missed == 1 and "is" or "are")) end
os.exit(missed == 0 and 0 or 1)
