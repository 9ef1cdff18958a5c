"""What a file of answers must not bring in: whoever answered, where they live, when and on which telephone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from data_access.importing.checks.identifiers import check_sheet
from data_access.importing.estimates.grids import Grid
from data_access.importing.estimates.locating import BETWEEN, dropped, locate
from data_access.importing.estimates.xlsform import Form
from data_access.importing.findings import Finding
from data_access.importing.workbook import Sheet

LINKS = ("_index", "_parent_index", "KEY", "PARENT_KEY", "_parent_table_name", "_submission__id")
"""Keys between linked sheets: read to join them, never part of the answers."""
METADATA = frozenset(
    (
        "start", "end", "starttime", "endtime", "deviceid", "device_id", "subscriberid", "simserial", "phonenumber",
        "username", "email", "audit", "instanceid", "instancename", "caseid", "_id", "_uuid", "_submission_time",
        "_submitted_by", "_submission__id", "_submission__uuid", "_submission__submission_time",
        "_submission__submitted_by", "_geolocation", "_attachments", "_notes", "_location", "submissiondate",
        "submitterid", "submittername", "submitter_id", "submitter_name", "device id", "gps", "geopoint", "geolocation",
    )
)  # fmt: skip
"""Columns that Kobo, ODK Central and Collect add, and that tell one interview, interviewer or telephone from others."""
GEOGRAPHIC = ("_latitude", "_longitude", "_altitude", "_precision", "-latitude", "-longitude", "-altitude", "-accuracy")
TELLING_KINDS = frozenset(
    (
        "geopoint", "geotrace", "geoshape", "start-geopoint", "image", "audio", "video", "file", "barcode", "start",
        "end", "deviceid", "phonenumber", "username", "email", "subscriberid", "simserial", "background-audio", "audit",
        "background_audio", "start_geopoint",
    )
)  # fmt: skip
"""Types of question in an XLSForm whose answers are about one person, place or telephone."""
MEND = "Drop it in the mapping ('drop'), or take it out of the file; nothing of it was kept."


def at_the_door(
    grid: Grid, form: Form | None, drop: Sequence[str], harmless: Collection[str], header_row: int
) -> list[Finding]:
    """Everything in one sheet of answers that is about a single person and not thrown away, a finding a column."""
    gone = dropped(grid.headers, drop, form)
    left = [at for at in range(len(grid.headers)) if at not in gone and grid.headers[at] not in LINKS]
    telling = [at for at in left if is_metadata(grid.headers[at]) or _is_telling(grid.headers[at], form)]
    found = [
        Finding(
            "refused",
            "personal_identifier",
            grid.file,
            "The column tells one person, interview or telephone from all others.",
            MEND,
            sheet=grid.sheet,
            column=grid.headers[at],
        )
        for at in telling
        if grid.headers[at] not in harmless
    ]
    rest = [at for at in left if at not in telling]
    rows = tuple(tuple(row[at] for at in rest) for row in grid.looked_at.rows)
    seen = Sheet(grid.sheet, rows, grid.looked_at.first_row)
    known = {*harmless, *(grid.headers[at] for at in rest if _is_coded(grid.headers[at], form))}
    return found + check_sheet(seen, grid.file, header_row, known)


def is_metadata(header: str) -> bool:
    """Whether a column is one that Kobo or ODK add about the interview, or a place by coordinates."""
    plain = header.strip().lower()
    lasts = {plain, *(plain.rpartition(sign)[2] for sign in BETWEEN)}
    return not lasts.isdisjoint(METADATA) or plain.endswith(GEOGRAPHIC)


def _is_telling(header: str, form: Form | None) -> bool:
    kinds = {one.kind for one in form.questions if header in (one.name, one.path)} if form else set()
    return not kinds.isdisjoint(TELLING_KINDS)


def _is_coded(header: str, form: Form | None) -> bool:
    """Whether the form offers the answers of a column, so that they cannot be somebody's name."""
    if form is None:
        return False
    for one in form.questions:
        if one.choices and (place := locate([header], one.path, form)) is not None and place.positions:
            return True
    return False
