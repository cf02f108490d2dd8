"""The VI library in the back office: assets, their files in versions, the list of categories."""
