-- From call to decision: what may not happen is refused, whoever tries. Basis: the principles of the Aanbestedingswet
-- 2012 (articles 1.8 and 1.9: equal treatment, transparency; 2.113 to 2.115: award on criteria published with weights).
require "checks"
require "commands.steps"
require "commands.sealed"
require "commands.assess"
require "commands.decide"
require "commands.dossier"
