-- Has a pipe among its files, which nobody ever writes to: tests/hostile/check.lua makes it.
error("this is not to run")
