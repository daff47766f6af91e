-- Says its name twice, the second time another's.
error("this is not to run")
