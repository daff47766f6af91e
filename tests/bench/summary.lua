-- One table of what the benchmarks measured. stdin: lines of bench, what, ratio, "at most" or "at least", limit, with
-- tabs between; "-" where no limit is set. Ends with 1 when a limit is not met.
local FORM <const> = "%-8s  %-66s %8s  %-15s %s"
local missed = 0

local function shown(number)
  return number < 10 and ("%.2f"):format(number) or number < 100 and ("%.1f"):format(number) or ("%.0f"):format(number)
end

print(FORM:format("bench", "what", "ratio", "limit", "met"))
for line in io.lines() do
  local bench, what, is, way, limit = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
  local ratio, bound = tonumber(is), tonumber(limit)
  if not ratio then error("not a line of five parts with a ratio: " .. line) end
  local met = "-"
  if bound then
    met = (way == "at most" and ratio <= bound or way == "at least" and ratio >= bound) and "yes" or "NO"
  end
  if met == "NO" then missed = missed + 1 end
  print((FORM:format(bench, what, shown(ratio), bound and way .. " " .. limit or "-", met)))
end
if missed > 0 then print(("%d of the limits %s not met"):format(missed, missed == 1 and "is" or "are")) end
os.exit(missed == 0 and 0 or 1)
