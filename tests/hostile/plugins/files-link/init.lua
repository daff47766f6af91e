-- Has a link to a file outside its folder: tests/hostile/check.lua makes it, as secret.lua.
local polder = require "polder"
polder.log(require "secret")
