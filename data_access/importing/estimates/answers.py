"""The answers of single people, in memory only, and what can be wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from data_access.importing.findings import Finding


@dataclass(frozen=True, slots=True)
class Answers:
    """One row a person or household. Codes are text without blanks around it, numbers are numbers; None is no answer.

    ``file`` and ``sheet`` say where the answers come from, for what is found in them. A column ``row_column`` of
    ``table``, if there is one, has the row of the sheet, as a spreadsheet counts.
    """

    table: pa.Table
    file: str
    sheet: str = ""
    row_column: str | None = None


class AnswersRefused(ValueError):
    """The answers cannot be estimated from; ``findings`` says all that is wrong with them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        said = [f"{each.file}, {each.column or each.sheet}: {each.what} {each.mend}" for each in findings]
        super().__init__("\n".join(said))
