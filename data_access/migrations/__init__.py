"""The steps that bring a database's tables to the shape of the models, oldest first in ``versions``."""

NEWEST = "0005"
"""The revision these steps end at; a test holds it against the steps themselves."""
