-- Tries to have a finalizer that runs for ever.
setmetatable({}, { __gc = function() while true do end end }) -- HERE
