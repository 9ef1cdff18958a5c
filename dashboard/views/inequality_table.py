"""Every inequality measure as a table on screen and as files: words for reading, codes for taking away."""

from __future__ import annotations

import csv
import io

import pandas as pd
import streamlit as st
import xlsxwriter

from dashboard import store
from dashboard.charts import downloads
from dashboard.charts.definitions import GapChart, Row
from dashboard.charts.table import records
from dashboard.charts.table import table as figures_table
from dashboard.selection import Selection
from dashboard.text import _, language
from dashboard.text.formats import unit_text
from dashboard.text.groups import capitalised
from dashboard.text.inequality import (
    defects_in_words,
    in_words,
    interval_in_words,
    interval_source,
    refusal_text,
    value_in_words,
)
from dashboard.text.measure_names import formula, measure_name, short_name
from dashboard.views import frame
from dashboard.views.measured import Measured
from dashboard.views.subgroups import Comparison, subgroup_name
from data_access.measures.inequality.estimates import InequalityEstimate

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | None


def table(found: Measured, theirs: Measured | None, unit: str) -> pd.DataFrame:
    """One row a measure, in words; with ``theirs`` three columns more: HEAT's value, interval and known defects."""
    rows = []
    for one in found.estimates:
        row = {
            _("Measure"): f"{measure_name(one.code)} ({short_name(one.code)})",
            _("Value"): value_in_words(one, unit),
            _("Interval"): interval_in_words(one, unit),
            _("Under equality"): "" if one.equality is None else in_words(one.code, one.equality, unit),
        }
        if theirs is not None:
            heat = theirs.get(one.code)
            row |= {
                _("HEAT: value"): "" if heat is None else value_in_words(heat, unit),
                _("HEAT: interval"): "" if heat is None else interval_in_words(heat, unit),
                _("HEAT: known defects"): "" if heat is None else defects_in_words(heat),
            }
        rows.append(row | {_("Interval from"): interval_source(one), _("Formula"): formula(one.code)})
    return pd.DataFrame(rows)


def hand_over(
    selection: Selection, comparison: Comparison, found: Measured, theirs: Measured | None, words: tuple[str, ...]
) -> None:
    """Draw the figures the measures come from, and the measures as files."""
    chart = figures_chart(selection, comparison, words)
    st.subheader(_("The figures they are computed from"))
    st.dataframe(figures_table(chart), hide_index=True, width="stretch", alt=chart.title)
    shown = [*found.estimates, *(theirs.estimates if theirs is not None else ())]
    lines = measure_records(selection, comparison, found, shown)
    with st.container(horizontal=True):
        st.download_button(
            "CSV",
            lambda: measures_csv(lines),
            file_name=downloads.file_name(chart, "csv"),
            mime="text/csv",
            key=f"CSV-{chart.id}",
            on_click="ignore",
        )
        st.download_button(
            "XLSX",
            lambda: measures_xlsx(chart, lines),
            file_name=downloads.file_name(chart, "xlsx"),
            mime=XLSX,
            key=f"XLSX-{chart.id}",
            on_click="ignore",
        )


def figures_chart(selection: Selection, comparison: Comparison, words: tuple[str, ...]) -> GapChart:
    """The figures of a comparison, one row a subgroup, in the form that tables and downloads take."""
    known = store.catalogue()
    series = known.series[selection.series]
    universe = store.availability(selection.country, selection.series).universe
    domain, ticks = frame.axis(comparison.known, series)
    return GapChart(
        id=f"inequality-{selection.country}-{selection.series}-{comparison.code}-{selection.period}".lower(),
        title=words[0],
        subtitle=frame.subtitle(
            known, series, universe, _(known.countries[selection.country].name), selection.period, unit_text(series)
        ),
        alt=" ".join(words),
        source_line=frame.source_line(comparison.known),
        notes=frame.notes(comparison.figures),
        illustrative=frame.illustrative_line(comparison.known),
        view=frame.view_of("gaps", selection, dimension=comparison.code),
        language=language(),
        rows=tuple(Row(capitalised(subgroup_name(comparison, f)), (frame.mark(f),)) for f in comparison.figures),
        axis_title=unit_text(series),
        domain=domain,
        ticks=ticks,
        origins=frame.origin_keys(comparison.known),
    )


def measure_records(
    selection: Selection, comparison: Comparison, found: Measured, shown: list[InequalityEstimate]
) -> list[dict[str, Cell]]:
    """One dictionary a measure, then one for each measure that does not apply, in codes and full precision."""
    first = comparison.known[0]
    about: dict[str, Cell] = {
        "REF_AREA": selection.country,
        "SERIES": selection.series,
        "TIME_PERIOD": selection.period,
        "SOURCE": first.source,
        "DIMENSION": comparison.dimension,
        "SUBGROUPS": len(comparison.known),
        "SUBGROUPS_MISSING": len(comparison.missing),
        "WEIGHTS": comparison.weighting,
    }
    behind: dict[str, Cell] = {
        "LICENCE": first.licence,
        "ILLUSTRATIVE": int(first.illustrative),
        "WARNING": frame.illustrative_line(comparison.known),
        "VIEW": frame.view_of("gaps", selection, dimension=comparison.code),
    }
    lines = [about | _record(one) | behind for one in shown]
    for refusal in found.refusals:
        lines += [about | _refused(code, refusal_text(refusal)) | behind for code in refusal.codes]
    return lines


def _record(one: InequalityEstimate) -> dict[str, Cell]:
    return {
        "MEASURE": one.code,
        "MEASURE_NAME": measure_name(one.code),
        "MODE": one.mode,
        "VALUE": one.value,
        "STD_ERR": one.se,
        "LOWER_BOUND": one.lower,
        "UPPER_BOUND": one.upper,
        "LEVEL": one.level,
        "INTERVAL": one.interval,
        "VARIANCE": one.variance or "",
        "VALUE_UNDER_EQUALITY": one.equality,
        "DRAWS": one.draws,
        "SEED": one.seed,
        "FORMULA": formula(one.code),
        "KNOWN_DEFECTS": "; ".join(one.defects),
        "NOT_COMPUTED": "",
    }


def _refused(code: str, reason: str) -> dict[str, Cell]:
    empty: dict[str, Cell] = dict.fromkeys(
        ("VALUE", "STD_ERR", "LOWER_BOUND", "UPPER_BOUND", "LEVEL"),
    )
    return {
        "MEASURE": code,
        "MEASURE_NAME": measure_name(code),
        "MODE": "corrected",
        **empty,
        "INTERVAL": "",
        "VARIANCE": "",
        "VALUE_UNDER_EQUALITY": None,
        "DRAWS": None,
        "SEED": None,
        "FORMULA": formula(code),
        "KNOWN_DEFECTS": "",
        "NOT_COMPUTED": reason,
    }


def measures_csv(lines: list[dict[str, Cell]]) -> bytes:
    """One line a measure; UTF-8 with a byte order mark, no text that a spreadsheet takes for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(list(lines[0]) if lines else [])
    for line in lines:
        writer.writerow(
            f"'{cell}" if isinstance(cell, str) and cell.startswith(downloads.FORMULA_STARTS) else cell
            for cell in line.values()
        )
    return text.getvalue().encode("utf-8-sig")


def measures_xlsx(chart: GapChart, lines: list[dict[str, Cell]]) -> bytes:
    """A workbook: About, Measures, and Data with the figures they come from; the same figures give the same bytes."""
    book_bytes = io.BytesIO()
    with xlsxwriter.Workbook(
        book_bytes, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": chart.title, "subject": chart.subtitle, "created": downloads.CREATED})
        sheets = downloads.Sheets(book, chart.illustrative)
        about: list[list[Cell]] = [
            [_("Title"), chart.title],
            [_("Definition"), chart.subtitle],
            [_("In words"), chart.alt],
            [_("Sources"), chart.source_line],
        ]
        about += [[_("Note"), note] for note in chart.notes]
        about.append([_("View"), chart.view])
        sheets.add("About", [_("About"), _("Words")], about, (22, 110))
        for name, rows in (("Measures", lines), ("Data", records(chart))):
            header = list(rows[0]) if rows else []
            widths = [max(14, len(title) + 3) for title in header]
            sheets.add(name, header, [list(row.values()) for row in rows], widths)
    return book_bytes.getvalue()
