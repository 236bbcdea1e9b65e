"""Parse the HTML of special pages."""
