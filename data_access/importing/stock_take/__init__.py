"""Who does what where (3W, 4W): partners' lists of what they do and hold, read without loss into one neutral table."""
