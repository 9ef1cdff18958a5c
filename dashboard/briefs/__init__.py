"""Documents that leave the building: the two-page brief and the pictures inside it."""
