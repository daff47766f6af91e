-- What each hostile plugin must come to. One row a plugin:
--   fails = { rule = pattern }: matched, exit code 1; these rules failed and no others, for a reason like this
--   absent = pattern: the plugin is not loaded, for a reason like this; its scorecard is not found, exit code 4
--   refused = pattern: its scorecard is not one, exit code 3
--   fine = points: nothing gets through, nothing breaks: exit code 0, each pair has these points (false: any)
--   at: the file with the line, marked "-- HERE", that must be named (init.lua when left out); false: any
--   pairs: how many pairs failed; stopped: how many rules, the others not being asked any more
--   prepare(folder): makes what a repository can't hold
local function shell(format, ...)
  assert(os.execute(format:format(...)), format)
end

local function write(path, text)
  local file <close> = assert(io.open(path, "wb"))
  file:write(text)
end

local MEMORY <const> = "^needs more than 16 MB of memory$"
local TIME <const> = "^used more than 200 ms in one call$"
local TIME_IN_C <const> = "^used more than 200 ms in one call and did not react"
local LOAD_TIME <const> = "^used more than 500 ms in one call"

local function all(names, pattern)
  local fails = {}
  for _, name in ipairs(names) do fails[name] = pattern end
  return fails
end

local function numbered(count)
  local fails = {}
  for i = 1, count do fails["attack" .. i] = "^used more than 200 ms in one call$" end
  return fails
end

return {
  -- memory
  { "memory-table", fails = { attack = MEMORY } },
  { "memory-rep", fine = 10 }, -- refused, and nothing was held
  { "memory-double", fails = { attack = MEMORY } },
  { "memory-coroutines", fails = { attack = MEMORY }, at = false }, -- growth ends it, wherever it happens to be
  { "memory-handler", fails = { attack = MEMORY } },
  { "memory-load", absent = MEMORY },
  { "memory-titles", absent = "contributions take at most 4 MiB" },
  { "memory-text", fails = { attack = TIME }, at = false },
  { "memory-words", fine = 10 },
  { "memory-long-text", fails = { attack = "ctx.text: argument 1 is longer than 16 MiB" } },

  -- time
  { "time-loop", fails = { attack = TIME } },
  { "time-pcall", fails = { attack = TIME } },
  { "time-handler", fails = { attack = TIME } },
  { "time-coroutine", fails = { attack = TIME } },
  { "time-switches", fails = { attack = TIME }, at = false },
  { "time-close", fails = { attack = TIME } },
  { "time-index", fails = { attack = TIME } },
  { "time-tostring", fails = { attack = TIME } },
  { "time-error", fails = { attack = TIME } },
  { "time-sort", fails = { attack = TIME } },
  { "time-sort-liar", fine = 10 },
  { "time-pattern", fails = { attack = TIME_IN_C } },
  { "time-rep", fails = { attack = TIME_IN_C } },
  { "time-move", fails = { attack = TIME_IN_C } },
  { "time-concat", fails = { attack = TIME }, at = false },
  { "time-unpack", fine = 10 },
  { "time-gate", fails = { attack = TIME } },
  { "time-load", absent = LOAD_TIME, at = false },
  { "time-load-c", absent = LOAD_TIME .. " and did not react", at = "deep/module.lua" },
  { "time-load-slow", fine = 10 },
  { "time-many", stopped = 5, fails = numbered(40) },

  -- ways out
  { "out-globals", fine = 10 },
  { "out-require", fine = 10 },
  { "out-bytecode", fine = 10 },
  { "out-bytecode-main", absent = "binary chunk", at = false, prepare = function(folder)
    write(folder .. "/init.lua", string.dump(load("return 1")))
  end },
  { "out-finalizer", fine = 10 },
  { "out-finalizer-load", absent = "__gc is not available" },
  { "out-env", fine = 10 },
  { "out-views", fine = 10 },
  { "out-late", fine = 10 },
  { "out-addresses", fine = 10 },
  { "out-crash", fine = 10 },

  -- depth
  { "deep-lua", fails = { attack = "stack overflow" } },
  { "deep-c", fails = { attack = "stack overflow" }, at = false },
  { "deep-index", fails = { attack = "__index" } },
  { "deep-load", fine = 10 },
  { "deep-coroutines", fails = { attack = "^deep%-coroutines/init.lua" }, at = false },
  { "deep-errors", fails = { attack = "can't be shown" } },

  -- floods
  { "flood-print", fine = 10 },
  { "flood-contributions", absent = "at most 1000 contributions" },
  { "flood-needs", absent = LOAD_TIME },
  { "flood-reason", fine = 10 },
  { "flood-results", fine = 10 },
  { "flood-error", fails = { attack = "^\\x1b" } },

  -- lies
  { "lies-points", fails = {
    nan = "not a number", inf = "inf points", minus = "returned %-1 points", ["minus-inf"] = "%-inf points",
    above = "returned 10.000001 points, expected 0 to 10$", text = "returned a string", table = "returned a table",
    bool = "returned a boolean", func = "returned a function", thread = "returned a thread",
  } },
  { "lies-gate", fails = all({ "one", "text", "table", "none" }, "must return true or false") },
  { "lies-error", fails = { attack = "^partnership/rules.lua:12" } },
  { "lies-chunk", fails = { attack = "^broken$" }, at = false },
  { "lies-frame", fails = { attack = "a table, not a text" } },
  { "lies-yield", fails = { attack = "outside a coroutine" } },
  { "lies-functions", fails = {
    yield = "outside a coroutine", error = "bad argument", rule = "only be called while", rep = "bad argument",
    load = "bad argument", wrapped = "in the coroutine",
  } },
  { "lies-state", fails = { attack = "^gave two answers for one pair" }, at = false },
  { "lies-one-pair", fails = { attack = "^only here$" }, pairs = 2 },
  { "lies-weights", absent = "from 0 to 1000000", at = false },
  { "lies-title", fine = 10 },
  { "aa-squatter", absent = 'kind "solution"', at = false },
  { "aa-namesake", fine = 1 },
  { "aa-cards", refused = "extends itself in a circle" },

  -- manifests and files
  { "manifest-json", absent = "expected a key", at = false },
  { "manifest-key", absent = "no such key", at = false },
  { "manifest-memory", absent = "from 4 to 4096", at = false },
  { "manifest-time", absent = "from 10 to 600000", at = false },
  { "manifest-main", absent = "in the plugin's folder", at = false },
  { "manifest-deep", absent = "nested", at = false },
  { "manifest-twice", absent = "used twice", at = false },
  { "manifest-name", absent = "expected lower%-case", at = false },
  { "manifest-big", absent = "larger than", at = false, prepare = function(folder)
    write(folder .. "/plugin.json",
      '{ "name": "manifest-big", "version": "1.0.0", "api": 1, "description": "' .. ("x"):rep(1 << 22) .. '" }')
  end },
  { "files-link", absent = "leads out of", at = false, prepare = function(folder)
    shell("ln -s /etc/passwd '%s/secret.lua'", folder)
  end },
  { "files-pipe", absent = "not an ordinary file", at = false, prepare = function(folder)
    shell("mkfifo '%s/pipe.lua'", folder)
  end },
  { "files-many", absent = "at most 200", at = false, prepare = function(folder)
    for i = 1, 300 do write(("%s/file%d.lua"):format(folder, i), "") end
  end },
  { "files-folder", absent = "this is not to run", at = false, prepare = function(folder)
    shell("ln -s .. '%s/up'", folder)
  end },
}
