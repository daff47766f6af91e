-- Tries to have bytecode for a main file: tests/hostile/check.lua compiles this one.
error("this text is not to run")
