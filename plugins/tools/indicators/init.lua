-- Indicators as time series, investments against budget, agreements that expire. Basis: what a region accounts for to
-- its council; the records of partnership/kinds/indicators.lua. It only reads.
require "commands.series"
require "commands.investments"
require "commands.agreements"
require "reports.sheet"
require "reports.investments"
