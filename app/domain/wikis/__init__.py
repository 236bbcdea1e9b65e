"""Names, titles and links as wikis write them."""
