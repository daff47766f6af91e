-- Has a path for a name.
error("this is not to run")
