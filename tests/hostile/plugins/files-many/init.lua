-- Has 300 files: tests/hostile/check.lua makes them.
error("this is not to run")
