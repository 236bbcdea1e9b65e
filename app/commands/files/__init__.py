"""Commands that write files to be passed on: lists, reports, certificates, calendars."""
