"""What a mapping says besides where its figures stand: answers given, columns excused, how series are measured."""

from __future__ import annotations

from data_access.importing.mapping.fields import Codes, Strict, Text

Answers = dict[str, Codes]
"""What was asked about (``area``, ``series`` or a dimension) → the file's text → the code that it means."""


class Harmless(Strict):
    """A column that somebody has looked at: it holds no person, and ``because`` says why.

    It excuses names that are not of people, and long texts; in records of establishments their places, too. E-mail
    addresses, phone numbers and national identity numbers are refused all the same.
    """

    header: Text
    because: Text
    sheet: Text | None = None


class Definition(Strict):
    """How this source measures a series; what stays empty is not stated, which never counts as agreement."""

    definition: str = ""
    numerator: str = ""
    denominator: str = ""
    age_range: str = ""
    group_basis: str = ""
    disability_method: str = ""
