-- Has a misspelt key in its manifest, which would take a limit away.
error("this is not to run")
