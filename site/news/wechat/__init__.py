"""Posts as articles of the county's WeChat Official Account: preview, export, draft, sharing."""
