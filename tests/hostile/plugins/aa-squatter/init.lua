-- Tries to take a name that is another's: it loads first and declares the kind "solution".
local polder = require "polder"
polder.kind { name = "solution", fields = { { name = "title", type = "text" } } } -- HERE
polder.scorecard { name = "hostile", rules = {} }
