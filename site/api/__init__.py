"""The JSON API at /api/v1/: what machines of members, devices and the public ask and write."""
