"""Qt item models and the small objects that the views bind to; no widgets."""
