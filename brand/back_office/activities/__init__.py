"""Activities in the back office: planned, changed, called off; who comes and who came."""
