"""The minutes of a dialogue as text, as Markdown and as CSV: what the page shows and nothing it holds back."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import store
from dashboard.charts.downloads import Cell
from dashboard.chrome import plain
from dashboard.text import _, language
from dashboard.text.record import level_text, marked_entry, status_text
from dashboard.views.commitment_days import days, is_upcoming, now, when_text
from dashboard.views.commitment_downloads import Line, lines_csv
from dashboard.views.commitment_rows import (
    CommitmentRow,
    body_then_and_now,
    commitment_rows,
    deadline_text,
    groups_text,
    overdue_text,
)
from dashboard.views.dialogue_agenda import agenda_of, gap_lines, since_text
from dashboard.views.dialogue_demands import demands_of
from dashboard.views.dialogue_replies import replies_beside
from dashboard.views.dialogue_table import number_text, table_of, total_text
from data_access.queries.entries import DialogueFacts


@dataclass(frozen=True, slots=True)
class Item:
    """One point of the minutes: what it says and the lines under it."""

    part: str
    code: str
    wording: str
    lines: tuple[str, ...]
    illustrative: bool
    stated_in: str


def items(dialogue: DialogueFacts) -> tuple[Item, ...]:
    """The points of the minutes in their order."""
    table = table_of(dialogue.code)
    known = store.catalogue()
    place = ", ".join(part for part in (dialogue.place, _(known.countries[dialogue.country].name)) if part)
    found = [
        Item(
            "dialogue",
            dialogue.code,
            dialogue.title,
            (
                when_text(dialogue),
                _("Where: {place}").format(place=place),
                _("Level: {level}").format(level=level_text(dialogue.level)),
                _("Convened by: {who}").format(who=dialogue.convened_by or _("not recorded")),
                dialogue.summary,
            ),
            dialogue.illustrative,
            dialogue.stated_in,
        )
    ]
    for seat in table.seats:
        women = (_("Of whom women: {number}").format(number=seat.women),) if seat.women else ()
        words = " · ".join(part for part in (seat.seat, seat.people, number_text(seat)) if part)
        found.append(Item("participants", "", words, women, dialogue.illustrative, ""))
    found.append(Item("participants", "", total_text(table), (), dialogue.illustrative, ""))
    upcoming = is_upcoming(dialogue, now())
    for figure in agenda_of(dialogue):
        replies = tuple(said for one in figure.figures for said in replies_beside(one))
        lines = (*gap_lines(figure), since_text(figure, upcoming=upcoming), figure.item.remark, *replies)
        found.append(Item("agenda", figure.item.code, figure.name, lines, figure.illustrative, figure.item.stated_in))
    for asked in demands_of(dialogue):
        sources = tuple(_("Rests on: {source}").format(source=title) for _code, title in asked.sources)
        lines = (asked.line, *sources, *asked.voices, asked.withdrawn)
        demand = asked.demand
        found.append(Item("demand", demand.code, demand.wording, lines, demand.illustrative, demand.stated_in))
    found += [_commitment(row) for row in commitment_rows(days()) if row.commitment.dialogue == dialogue.code]
    return tuple(found)


def _commitment(row: CommitmentRow) -> Item:
    one = row.commitment
    lines = (
        _("Body: {body}").format(body=body_then_and_now(one.body, one.agreed_on)),
        _("For: {groups}").format(groups=groups_text(one)),
        _("Deadline: {deadline}").format(deadline=deadline_text(one)),
        _("Status: {status}").format(status=status_text(row.status)),
        overdue_text(row.late),
    )
    return Item("commitment", one.code, one.wording, lines, one.illustrative, one.stated_in)


def _headings() -> dict[str, str]:
    return {
        "participants": _("Who sat at the table"),
        "agenda": _("On the agenda"),
        "demand": _("Demands"),
        "commitment": _("Commitments"),
    }


def _opening(found: tuple[Item, ...]) -> str:
    """The warning that begins the minutes where anything in them is invented; empty otherwise."""
    if any(item.illustrative for item in found):
        return _("[Illustrative: contains invented entries or figures that show how this product works. Not evidence.]")
    return ""


def minutes_text(dialogue: DialogueFacts) -> str:
    """The minutes as plain text."""
    found = items(dialogue)
    lines = [line for line in (_opening(found), _("Minutes: {title}").format(title=dialogue.title)) if line]
    lines += [line for line in found[0].lines if line]
    lines += [_stated(found[0])] if found[0].stated_in else []
    for part, heading in _headings().items():
        lines += ["", heading.upper()]
        points = [item for item in found if item.part == part]
        lines += [line for item in points for line in _point(item)] or [_("Nothing is recorded.")]
    return "\n".join(lines) + "\n"


def _point(item: Item) -> list[str]:
    wording = marked_entry(item.wording, illustrative=item.illustrative)
    return [f"* {wording}", *(f"    {line}" for line in (*item.lines, _stated(item)) if line)]


def _stated(item: Item) -> str:
    return _("Stated in: {document}").format(document=item.stated_in) if item.stated_in else ""


def minutes_markdown(dialogue: DialogueFacts) -> str:
    """The minutes as Markdown, in which nothing of the entries is read as markup."""
    found = items(dialogue)
    opening = _opening(found)
    blocks = [f"**{plain(opening)}**"] if opening else []
    blocks.append(f"# {plain(dialogue.title)}")
    blocks += [plain(line) for line in (*found[0].lines, _stated(found[0])) if line]
    for part, heading in _headings().items():
        points = [item for item in found if item.part == part]
        listed = "\n".join(_marked_down(item) for item in points) or _("Nothing is recorded.")
        blocks.append(f"## {heading}\n\n{listed}")
    return "\n\n".join(blocks) + "\n"


def _marked_down(item: Item) -> str:
    wording = plain(marked_entry(item.wording, illustrative=item.illustrative))
    under = [f"  - {plain(line)}" for line in (*item.lines, _stated(item)) if line]
    return "\n".join([f"- **{wording}**", *under])


def minutes_csv(dialogue: DialogueFacts) -> bytes:
    """The minutes as CSV, one line a point; the first column says of each whether it is invented."""
    return lines_csv([_line(dialogue, place, item) for place, item in enumerate(items(dialogue), start=1)])


def _line(dialogue: DialogueFacts, place: int, item: Item) -> Line:
    cells: dict[str, Cell] = {
        "ILLUSTRATIVE": _("invented, not evidence") if item.illustrative else "",
        "DIALOGUE": dialogue.code,
        "PLACE": place,
        "PART": item.part,
        "CODE": item.code,
        "WORDING": item.wording,
        "DETAILS": " | ".join(line for line in item.lines if line),
        "STATED_IN": item.stated_in,
        "LANGUAGE": language(),
    }
    return cells
