-- Has a manifest 3000 levels deep.
error("this is not to run")
