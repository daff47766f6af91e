-- Reports on the partnership. Basis: who asks for them: council, ministry, partners, whoever sent in a submission.
require "reports.overview"
require "reports.council"
require "reports.ministry"
require "reports.dossier"
require "reports.matches"
