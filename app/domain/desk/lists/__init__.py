"""Lists of people who came, as organizers have them: spreadsheets, pasted names, wikitext."""
