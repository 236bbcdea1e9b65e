"""How the mirror follows the wiki."""
