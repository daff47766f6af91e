-- Has a main file outside its folder.
error("this is not to run")
