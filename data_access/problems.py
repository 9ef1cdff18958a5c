"""Problems with the database, each one sentence with a way out; no file is touched when one is raised."""

from __future__ import annotations


class DatabaseProblem(Exception):
    """The database cannot be used; ``str()`` is the sentence, ``way_out`` what to do.

    ``file`` names the database where that helps the reader find it.
    """

    sentence = "The database cannot be used."
    way_out = "Start again; if it stays so, ask whoever runs this server."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.sentence} {self.way_out}" + (f" ({detail})" if detail else ""))


class DatabaseLocked(DatabaseProblem):
    sentence = "The database is in use by another program that has not let go of it."
    way_out = "Close the other program, or wait until it has finished, and start again."


class DatabaseReadOnly(DatabaseProblem):
    sentence = "The database, or the folder it lies in, cannot be written to."
    way_out = "Give this user permission to write there, or set DATABASE_URL to a place that can be written."


class DatabaseDamaged(DatabaseProblem):
    sentence = "The database file is damaged or is not a database, and was left as it is."
    way_out = "Move the file away: the next start makes and fills a new one from the shipped figures."


class DatabaseFull(DatabaseProblem):
    sentence = "There is no room left on the disk to write the database."
    way_out = "Make room, or set DATABASE_URL to a place that has it, and start again."


class DatabaseNewer(DatabaseProblem):
    sentence = "The database was made by a newer version of this product, and was left as it is."
    way_out = "Install the newer version, or set DATABASE_URL to another database."


class DatabaseUnreachable(DatabaseProblem):
    sentence = "The database server cannot be reached, or refuses this user."
    way_out = "Check DATABASE_URL, the server and the password."
