-- Has a link to the folder above it: tests/hostile/check.lua makes it.
error("this is not to run")
