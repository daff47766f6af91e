-- Tries to run for ever inside C while it loads, in a module.
require "deep.module"
