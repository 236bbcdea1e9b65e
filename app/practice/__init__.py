"""A wiki for practice and tests: it answers over HTTP as MediaWiki with Event Registration and OAuth."""
