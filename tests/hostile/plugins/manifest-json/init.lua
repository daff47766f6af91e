-- Has a manifest that is no JSON.
error("this is not to run")
