"""All HTTP code: requests, sign-in (OAuth and sessions), and parsing of a wiki's responses."""
