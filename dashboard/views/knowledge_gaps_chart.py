"""The matrix as a chart definition: each cell with its state, its reason and its link, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from dashboard import store
from dashboard.charts.matrix import SHOWN, MatrixCell, MatrixChart, MatrixKey, MatrixRow, Shown
from dashboard.text import _, language
from dashboard.text.absence import why_missing
from dashboard.text.formats import absence_text, short_title
from dashboard.text.groups import series_name
from dashboard.views.knowledge_gaps import Matrix, expectation, official_sources, reason_of, why_impossible
from dashboard.views.knowledge_gaps_words import column_name, reason_word, state_label, state_sentence, state_word
from data_access.queries.catalogue import AreaKind


def shown_state(matrix: Matrix, row: int, column: int) -> Shown:
    """The state as it is drawn: out of scope only where nobody has a figure all the same."""
    state = matrix.state(row, column)
    return "out_of_scope" if state == "neither" and not matrix.evidence.possible[row, column] else state


def reason_code(matrix: Matrix, row: int, column: int, series: str, group: str, kind: AreaKind = "country") -> str:
    """Why there is no current figure; empty where there is one, "outdated" where there was one."""
    shown = shown_state(matrix, row, column)
    if shown not in ("neither", "out_of_scope"):
        return "outdated" if shown == "outdated" else ""
    if shown == "out_of_scope":
        return "out_of_scope"
    if matrix.evidence.withheld[row, column]:
        return "suppressed"
    return reason_of(matrix.country, series, group, kind).absence


def reason_text(matrix: Matrix, row: int, column: int, series: str, group: str, kind: AreaKind = "country") -> str:
    """The same with every recorded fact behind it."""
    reason = reason_code(matrix, row, column, series, group, kind)
    if reason == "out_of_scope":
        return why_impossible(series, group) or _("The series speaks of others alone.")
    if reason == "suppressed":
        return absence_text("suppressed")
    return (
        why_missing(store.catalogue(), reason_of(matrix.country, series, group, kind))
        if reason not in ("", "outdated")
        else ""
    )


def expected_text(series: str, group: str) -> str:
    """Why the breakdown is expected, with the document; empty when it is not."""
    found = expectation(series, group)
    if found is None:
        return ""
    if found.basis == "named in indicator":
        return _("Named in the indicator: “{words}” ({document}).").format(words=found.words, document=found.stated_in)
    return _("Principle of the SDG framework: “{words}” ({document}).").format(
        words=found.words, document=found.stated_in
    )


def cell_of(
    matrix: Matrix, row: int, column: int, *, series: str, group: str, older: int, area: str = "", base: str = ""
) -> MatrixCell:
    """One cell in words."""
    known, evidence = store.catalogue(), matrix.evidence
    shown = shown_state(matrix, row, column)
    official, community = int(evidence.official[row, column]), int(evidence.community[row, column])
    invented = bool(evidence.illustrative[row, column]) and not (official or community)
    reason = reason_code(matrix, row, column, series, group, "admin1" if area else "country")
    below = bool(evidence.below[row, column])
    years = [
        _("official {year}").format(year=official) if official else "",
        _("community {year}").format(year=community) if community else "",
        _("parts of the country only") if below else "",
        _("only invented sample figures, which do not count") if invented else "",
        _("a breakdown the SDG framework asks for") if matrix.gap[row, column] else "",
    ]
    said = [state_sentence(shown, older), reason_word(reason) if reason not in ("", "outdated") else "", *years]
    where = _(known.areas[area].name) if area else ""
    name = " · ".join(filter(None, (series_name(known.series[series]), column_name(known, group), where)))
    word = state_word(shown)
    if shown == "neither" and reason:
        word = reason_word(reason)
    elif below:
        word = _("{state}, in parts").format(state=word)
    elif shown == "outdated":
        word = str(max(official, community))
    return MatrixCell(
        series=series,
        group=group,
        area=area or matrix.country,
        state=matrix.state(row, column),
        shown=shown,
        word=word,
        detail=f"{name}: {' '.join(said[:1])} {'; '.join(filter(None, said[1:]))}".strip(),
        reason=reason,
        reason_words=reason_text(matrix, row, column, series, group, "admin1" if area else "country"),
        gap=bool(matrix.gap[row, column]),
        expected=expected_text(series, group),
        illustrative=invented,
        below=below,
        years=(official, community),
        address=f"{base}&{urlencode({'row': series, 'whom': group})}" if base else "",
    )


def chart_of(
    matrix: Matrix,
    rows: Sequence[int],
    columns: Sequence[int],
    *,
    older: int,
    view: dict[str, str],
    chosen: tuple[str, str] = ("", ""),
) -> MatrixChart:
    """The chosen rows and columns of a country's matrix, in words."""
    known = store.catalogue()
    base = f"knowledge_gaps?{urlencode({k: v for k, v in view.items() if k not in ('row', 'whom')})}"
    lines = []
    for row in rows:
        series = matrix.evidence.series[row]
        cells = tuple(
            cell_of(matrix, row, column, series=series, group=matrix.evidence.columns[column], older=older, base=base)
            for column in columns
        )
        facts = known.series[series]
        label = f"{facts.sdg_target} · {series_name(facts)}"
        lines.append(MatrixRow(series, label, row_note(matrix, series), cells))
    names = tuple(column_name(known, matrix.evidence.columns[column]) for column in columns)
    if chosen != ("", ""):
        lines = [_marked(line, chosen) for line in lines]
    return defined(matrix, lines, names, older=older, view=view, corner=_("Indicator"))


def row_note(matrix: Matrix, series: str) -> str:
    """What a reader must know of a row before its cells."""
    known = store.catalogue()
    if known.series[series].illustrative:
        return _("illustrative: an invented indicator, never counted")
    if not store.catalogue().holdings_of.get((matrix.country, series)):
        return _("no figure of it held for this country")
    return ""


def _marked(line: MatrixRow, chosen: tuple[str, str]) -> MatrixRow:
    cells = tuple(replace(cell, chosen=(cell.series, cell.group) == chosen) for cell in line.cells)
    return replace(line, cells=cells)


def defined(
    matrix: Matrix,
    lines: Sequence[MatrixRow],
    names: tuple[str, ...],
    *,
    older: int,
    view: dict[str, str],
    corner: str,
    of: str = "",
) -> MatrixChart:
    """A chart around rows that are in words already; ``of`` is what all of it speaks of, where that is one thing."""
    known = store.catalogue()
    country = _(known.countries[matrix.country].name)
    cells = [cell for line in lines for cell in line.cells]
    shown = {cell.shown for cell in cells}
    count = {state: sum(cell.shown == state for cell in cells) for state in SHOWN}
    invented = any(cell.illustrative for cell in cells)
    sources = official_sources(matrix.country)
    day = max((r.loaded_at for r in known.releases.values()), default="")
    address = store.settings().public_url
    query = f"knowledge_gaps?{urlencode(view)}"
    return MatrixChart(
        id=f"knowledge-gaps-{matrix.country}{'-areas' if of else ''}".lower(),
        title=_("What is known of whom in {country}").format(country=country) + (f": {of}" if of else ""),
        subtitle=_("Newest figure held of each indicator and group; current: not older than {years} years").format(
            years=older
        )
        if older
        else _("Newest figure held of each indicator and group, however old"),
        alt=_(
            "{rows} rows, {columns} columns: {both} with both figures, {official} official only, {community} community "
            "only, {outdated} outdated, {neither} with none, {scope} out of scope."
        ).format(
            rows=len(lines),
            columns=len(names),
            both=count["both"],
            official=count["official"],
            community=count["community"],
            outdated=count["outdated"],
            neither=count["neither"],
            scope=count["out_of_scope"],
        ),
        source_line=_("Official sources held, as loaded by {day}: {sources}").format(
            day=day, sources=", ".join(short_title(known.sources[code].title) for code in sources) or _("none")
        ),
        notes=(_("Held here is not all there is: “not held” says that nobody has recorded more."),),
        illustrative=_("ILLUSTRATIVE figures exist for striped cells. They are invented and cover nothing.")
        if invented
        else "",
        view=f"{address}/{query}" if address else query,
        language=language(),
        corner=corner,
        day=day,
        columns=names,
        rows=tuple(lines),
        keys=tuple(MatrixKey(state, state_label(state, older)) for state in SHOWN if state in shown),
        invented=_("Only invented sample figures, which do not count") if invented else "",
    )
