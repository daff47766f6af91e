-- luacheck: Lua 5.4, as plugins and scripts see it. A plugin has no io, os or debug; scripts run in plain lua5.4.
std = "lua54"
max_line_length = 120
files["plugins/**/*.lua"] = {
  std = {
    read_globals = {
      "assert", "coroutine", "error", "getmetatable", "ipairs", "load", "math", "next", "pairs", "pcall", "print",
      "rawequal", "rawget", "rawlen", "rawset", "require", "select", "setmetatable", "string", "table", "tonumber",
      "tostring", "type", "utf8", "xpcall",
    },
  },
}
-- A term a line reads as the table it is.
files["plugins/partnership/terms.lua"].max_line_length = false
