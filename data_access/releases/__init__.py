"""A partner's figures on their way to readers: tried, drafted, published by a second person, revised, withdrawn."""
