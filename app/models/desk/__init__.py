"""The desk for the window: searching people, noting who came, and what is printed."""
