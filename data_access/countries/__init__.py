"""Countries a deployment adds by itself: their areas, names and boundaries are files in its own folder, not code."""
