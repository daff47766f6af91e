-- Has a manifest of 4 MiB: tests/hostile/check.lua makes it so.
error("this is not to run")
