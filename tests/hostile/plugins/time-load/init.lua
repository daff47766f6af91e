-- Tries to run for ever while it loads.
local polder = require "polder"
::again::
polder.log("still here")
goto again -- HERE
