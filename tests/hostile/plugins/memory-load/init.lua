-- Tries to eat all memory while it loads.
local t = {}
repeat t[#t + 1] = { #t } until #t == 0 -- HERE
