"""The data desk: a partner's file from the door to a draft, each step by its own part of the product."""
