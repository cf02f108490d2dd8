"""Videos in the back office: sent up, watched over while they are converted, given their words."""
