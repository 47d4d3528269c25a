"""The doors for pages, by noun; only the routes know them."""
