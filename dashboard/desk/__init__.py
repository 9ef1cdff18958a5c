"""The Data desk: a file is brought in, understood, weighed, kept as a draft, and published by a second person."""
