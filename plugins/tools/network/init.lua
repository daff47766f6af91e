-- Who knows whom: paths of introduction, bridges between regions, who stands alone. Basis: the records of who works
-- where, who signed what, who met whom (README.md); nothing is guessed.
require "commands.path"
require "commands.overview"
require "commands.picture"
