"""A wiki to practise on: it answers over HTTP as MediaWiki 1.45 with Event Registration and OAuth does."""
