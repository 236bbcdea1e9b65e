"""Reading special pages."""
