-- Kinds of the partnership, a file an area. Basis: what the agreements of February 2026 name, and what the regions do
-- with them: match, meet, choose, account for.
require "kinds.people"
require "kinds.agreements"
require "kinds.subjects"
require "kinds.matching"
require "kinds.meetings"
require "kinds.procurement"
require "kinds.indicators"
