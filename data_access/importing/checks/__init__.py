"""What is wrong, or strange, with a partner's figures: everything at once, each with its place and how to mend it."""
