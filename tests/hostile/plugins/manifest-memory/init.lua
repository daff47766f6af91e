-- Asks for a petabyte.
error("this is not to run")
