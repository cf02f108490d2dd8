"""Small modules without models or project imports, one noun each."""
