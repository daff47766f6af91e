-- check.lua POLDER FOLDER WORK [NAME…]: runs the hostile plugins of FOLDER/plugins as cases.lua says; see run.sh.
-- WORK/clean is a workspace without them.
local polder, here, work = arg[1], arg[2], arg[3]
package.path = here .. "/?.lua;" .. here .. "/../../scripts/?.lua"
local json = require "json"
local cases = require "cases"

local TODAY <const> = "2026-11-24"
local DEMANDS <const> = "--demand demand/dijk-en-kust-bewaken --demand demand/drones-opmerken-kazerne"
local LOOKS_FOR_WORKERS <const> = 200
local problems, current = 0, ""

local function problem(format, ...)
  problems = problems + 1
  print(("not ok: %s: %s"):format(current, format:format(...)))
  return false
end

local function read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a") or ""
end

local function lines_of(command)
  local pipe <close> = assert(io.popen(command))
  local lines = {}
  for line in pipe:lines() do lines[#lines + 1] = line end
  return lines
end

-- Workers are started with their host's process id as the argument; one that has ended has no command line any more.
local function workers_of(host)
  local found = {}
  for _, pid in ipairs(lines_of("ls /proc")) do
    if pid:find("^%d+$") and read(("/proc/%s/cmdline"):format(pid)) == ("polder-worker\0%s\0"):format(host) then
      found[#found + 1] = pid
    end
  end
  return found
end

-- Runs the program in `home`; gives what it wrote and its exit code.
local function run(home, arguments)
  local command = ([[timeout 60 sh -c 'echo $$ >"$0/pid"; exec "$@" >"$0/out" 2>"$0/err"' '%s' '%s' --home '%s' %s]])
    :format(work, polder, home, arguments)
  local _, how, code = os.execute(command)
  if how ~= "exit" or code == 124 then problem("%s: ended by %s %d", arguments, how, code) end
  local host = read(work .. "/pid"):match("%d+")
  local left = workers_of(host)
  for _ = 1, LOOKS_FOR_WORKERS do
    if #left == 0 then break end
    left = workers_of(host)
  end
  if #left > 0 then problem("%s: workers are left over: %s", arguments, table.concat(left, " ")) end
  return { out = read(work .. "/out"), err = read(work .. "/err"), code = code }
end

-- What a plugin says must not reach a terminal as anything but text.
local function check_text(what, text)
  if not utf8.len(text) then return problem("%s is not UTF-8", what) end
  local at = text:find("[\0-\8\11-\31\127]") or text:find("\xC2[\x80-\x9F]")
  if at then problem("%s has a control character at byte %d", what, at) end
  local _, count = text:gsub("\n", "")
  local flooded = #text > 1 << 20 or (what == "stderr" and count > 1000)
  if flooded then problem("%s has %d lines, %d bytes", what, count, #text) end
end

local function decode(text)
  local ok, document = pcall(json.decode, text)
  return ok and document or problem("no JSON: %s", document)
end

local function match(home, card)
  return run(home, ("match --scorecard %s --json --no-keep --today %s --top 100 %s"):format(card, TODAY, DEMANDS))
end

local function zeeland(home)
  return run(home, "match --scorecard zeeland --json --no-keep --today " .. TODAY).out
end

local function as_text(rule)
  local parts = {}
  for _, key in ipairs { "outcome", "value", "max", "weight", "reason" } do parts[#parts + 1] = tostring(rule[key]) end
  return table.concat(parts, " | ")
end

-- demand, solution, rule → what it came to; `own` rules go to the second table
local function answers(document, own)
  local others, mine = {}, {}
  for _, demand in ipairs(document.demands) do
    for _, place in ipairs(demand.ranked) do
      for _, rule in ipairs(place.rules) do
        local key = ("%s %s %s"):format(demand.demand, place.solution, rule.rule)
        if rule.rule:sub(1, #own + 1) == own .. "/" then mine[key] = rule else others[key] = as_text(rule) end
      end
    end
  end
  return others, mine
end

local function check_others(others, expected)
  for key, text in pairs(expected) do
    if others[key] ~= text then
      return problem("%s: without the plugin: %s; with it: %s", key, text, tostring(others[key]))
    end
  end
  for key in pairs(others) do
    if not expected[key] then return problem("%s is not there without the plugin", key) end
  end
end

local function marked(name, file)
  local number = 0
  for line in io.lines(("%s/plugins/%s/%s"):format(here, name, file)) do
    number = number + 1
    if line:find("-- HERE", 1, true) then return ("%s/%s:%d"):format(name, file, number) end
  end
  error(("%s/%s has no line marked HERE"):format(name, file))
end

local function check_place(case, place)
  local name = case[1]
  if place == json.null then place = "" end
  if case.at == false then
    return place:find(name, 1, true) or problem("the place is not in the plugin: '%s'", place)
  end
  local expected = marked(name, case.at or "init.lua")
  return place == expected or problem("expected %s, got '%s'", expected, place)
end

local function check_failed(case, document)
  local seen, stopped = {}, 0
  for _, failed in ipairs(document.failed_rules) do
    local rule = failed.rule:match("^" .. case[1]:gsub("%-", "%%-") .. "/(.+)$")
    local pattern = rule and (case.fails or {})[rule]
    if not pattern then
      problem("%s failed: %s (%s)", failed.rule, failed.reason, failed.where)
    else
      local left_out = case.stopped and failed.reason:find("^not asked any more")
      seen[rule] = true
      stopped = stopped + (left_out and 0 or 1)
      if not left_out and not failed.reason:find(pattern) then problem("%s: the reason is: %s", rule, failed.reason) end
      if failed.plugin ~= case[1] then problem("%s: the plugin is said to be %s", rule, failed.plugin) end
      if case.pairs and failed.pairs ~= case.pairs then problem("%s: failed for %d pairs", rule, failed.pairs) end
      check_place(case, failed.where)
    end
  end
  for rule in pairs(case.fails or {}) do
    if not seen[rule] then problem("%s did not fail", rule) end
  end
  if case.stopped and stopped ~= case.stopped then problem("%d rules were stopped", stopped) end
end

local function check_own(case, mine)
  for key, rule in pairs(mine) do
    local failed = case.fails and case.fails[rule.rule:match("/(.+)$")]
    local may_be_fine = not failed or case.pairs
    if case.fine and not (rule.outcome == "points" and rule.value == case.fine) then
      return problem("%s: %s", key, as_text(rule))
    end
    if rule.outcome == "failed" and rule.value ~= json.null then return problem("%s: failed, with a value", key) end
    if rule.outcome ~= "failed" and not may_be_fine then return problem("%s: %s", key, as_text(rule)) end
    if #rule.reason > 4096 then return problem("%s: a reason of %d bytes", key, #rule.reason) end
  end
end

local function check_matched(case, result, expected)
  if result.code ~= (case.fails and 1 or 0) then return problem("exit code %d: %s", result.code, result.err) end
  local document = decode(result.out)
  if not document then return end
  local others, mine = answers(document, case[1])
  if next(others) or case[1] ~= "lies-weights" and case[1] ~= "time-load-slow" then check_others(others, expected) end
  if not next(mine) and not case[1]:find("gate") then problem("its rules are not in the answer") end
  check_failed(case, document)
  check_own(case, mine)
  if case.fails and not result.err:find(case[1], 1, true) then problem("stderr does not name it: %s", result.err) end
end

-- name → its row in the list of plugins
local function states(home)
  local found = {}
  for _, plugin in ipairs(decode(run(home, "plugin list --json").out) or {}) do found[plugin.name] = plugin end
  return found
end

local function check_absent(case, result, home)
  local plugin = states(home)[case[1]] or { state = "not there" }
  if plugin.state ~= "failed" then return problem("plugin list says it is %s", plugin.state) end
  if not plugin.error.message:find(case.absent) then problem("plugin list says: %s", plugin.error.message) end
  check_place(case, plugin.error.where == json.null and plugin.error.message or plugin.error.where)
  if result.code ~= 4 then problem("exit code %d: %s", result.code, result.err) end
  if not result.err:find("plugin " .. case[1] .. " failed", 1, true) then
    problem("the error does not say what became of the plugin: %s", result.err)
  end
end

local function check_refused(case, result)
  if result.code ~= 3 then problem("exit code %d", result.code) end
  local error = (decode(result.err) or {}).error or {}
  if not tostring(error.message):find(case.refused) then problem("said: %s", error.message) end
  check_place({ case[1], at = false }, error.where)
end

local function shell(format, ...)
  assert(os.execute(format:format(...)))
end

local function add(case, home)
  shell("cp -R '%s/plugins/%s' '%s/plugins/'", here, case[1], home)
  if case.prepare then case.prepare(("%s/plugins/%s"):format(home, case[1])) end
end

local function fresh(home)
  shell("rm -rf '%s' && cp -R '%s/clean' '%s' && mkdir -p '%s/plugins'", home, work, home, home)
end

local function check_zeeland(home, expected)
  local answer = zeeland(home)
  if answer ~= expected then
    problem("zeeland's answer is another one: %s", (answer .. read(work .. "/err")):sub(1, 400))
  end
  check_text("stderr", read(work .. "/err"))
end

local function try(case, expected)
  local home = work .. "/home"
  current = case[1]
  fresh(home)
  add(case, home)
  local result = match(home, case[1] .. "/hostile")
  check_text("stdout", result.out)
  check_text("stderr", result.err)
  if case.absent then
    check_absent(case, result, home)
  elseif case.refused then
    check_refused(case, result)
  else
    check_matched(case, result, expected.national)
  end
  check_zeeland(home, expected.zeeland)
end

-- All in one workspace: what can be loaded is, the rest says why not, and nobody else notices.
local function try_all_at_once(expected)
  local home = work .. "/home"
  current = "all at once"
  fresh(home)
  for _, case in ipairs(cases) do add(case, home) end
  check_zeeland(home, expected.zeeland)
  local result = match(home, "partnership/national")
  if result.code ~= 0 then problem("exit code %d: %s", result.code, result.err) end
  check_others(answers(decode(result.out) or { demands = {} }, "nobody"), expected.national)
  for _, command in ipairs { "plugin list", "registry" } do
    result = run(home, command)
    if result.code ~= 0 then problem("%s: exit code %d", command, result.code) end
    check_text(command, result.out)
  end
  local found = states(home)
  for _, case in ipairs(cases) do
    local state = found[case[1]] and found[case[1]].state
    if state ~= (case.absent and "failed" or "enabled") then problem("%s is %s", case[1], state) end
  end
end

-- The operator's own file can go wrong too: a setting that holds itself.
local function try_configuration()
  local home = work .. "/home"
  current = "polder.lua"
  fresh(home)
  local file = assert(io.open(home .. "/polder.lua", "w"))
  file:write("local t = {}\nt.port_bonus = t\nreturn { settings = { zeeland = t } }\n")
  file:close()
  local result = match(home, "zeeland")
  if result.code ~= 3 or not result.err:find("holds itself", 1, true) then
    problem("exit code %d: %s", result.code, result.err)
  end
end

local function check_folders()
  local known = {}
  for _, case in ipairs(cases) do known[case[1]] = true end
  for _, name in ipairs(lines_of(("ls '%s/plugins'"):format(here))) do
    if not known[name] then problem("%s has no row in cases.lua", name) end
  end
end

local function chosen(name)
  for i = 4, #arg do
    if arg[i] == name then return true end
  end
  return #arg < 4
end

local function main()
  current = "without any"
  local clean = work .. "/clean"
  local national = match(clean, "partnership/national")
  assert(national.code == 0, national.err)
  local expected = { zeeland = zeeland(clean), national = answers(decode(national.out), "nobody") }
  local tried = 0
  check_folders()
  for _, case in ipairs(cases) do
    if chosen(case[1]) then
      tried = tried + 1
      try(case, expected)
    end
  end
  if #arg < 4 then
    try_all_at_once(expected)
    try_configuration()
  end
  print(("%d hostile plugins, %d problems"):format(tried, problems))
  os.exit(tried > 0 and problems == 0)
end

main()
