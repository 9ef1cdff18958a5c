"""What a file would change: counts, and each figure with what readers see now and what they would see."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.desk.intake import Intake
from dashboard.text import _, ngettext
from dashboard.text.groups import group_name

MOST = 200


def show_dry_run(intake: Intake) -> None:
    """Draw the dry run of the last try."""
    assert intake.work is not None
    assert intake.work.outcome is not None
    dry = intake.work.outcome.get("dry")
    refused = sum(one.kind == "refused" for one in intake.findings)
    if not dry or refused:
        words = ngettext(
            "Nothing was compared with what is held: {count} thing is to be mended first.",
            "Nothing was compared with what is held: {count} things are to be mended first.",
            refused,
        )
        st.warning(words.format(count=f"{refused:,}"))
        return
    counts = {name: f"{len(dry[name]):,}" for name in ("added", "changed", "gone")}
    st.markdown(
        plain(
            _(
                "Figures added: {added}. Changed: {changed}. Taken away: {gone}. Left as they are: {same}. "
                "Withheld to protect people: {suppressed}. Left out by the owner's consent: {left_out}."
            ).format(
                **counts, same=f"{dry['same']:,}", suppressed=f"{dry['suppressed']:,}", left_out=f"{dry['left_out']:,}"
            )
        )
    )
    for name, heading, nothing in (
        ("added", _("Added"), _("No figure is new.")),
        ("changed", _("Changed"), _("No figure that readers see would change.")),
        ("gone", _("Taken away"), _("No figure that readers see would go.")),
    ):
        _table(name, heading, nothing, [_line(one) for one in dry[name][:MOST]], len(dry[name]), dry)
    hidden = [_hidden(one) for one in dry["hidden"][:MOST]]
    _table("hidden", _("Withheld to protect people"), _("No figure would be withheld."), hidden, dry["suppressed"], dry)


def _table(name: str, heading: str, nothing: str, lines: list[dict[str, Any]], count: int, dry: dict[str, Any]) -> None:
    with st.expander(f"{heading} ({count:,})", key=f"desk-dry-{name}", expanded=name == "changed" and count > 0):
        if not count:
            st.markdown(nothing)
            return
        if not lines:
            st.markdown(_("Which ones is shown to the steward of this source alone."))
            return
        st.dataframe(pd.DataFrame(lines), hide_index=True, alt=heading)
        if name == "hidden":
            st.caption(_("Their true values are shown to you alone and are in no file to download."))
            return
        more = count - len(lines)
        if more > 0:
            st.caption(ngettext("{more} more", "{more} more", more).format(more=f"{more:,}"))
        st.download_button(
            _("Download all {count} as CSV").format(count=f"{count:,}"),
            lambda: _as_csv([_line(one) for one in dry[name]]),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key=f"desk-dry-csv-{name}",
        )


def _line(change: dict[str, Any]) -> dict[str, Any]:
    old, new = change["old"], change["new"]
    return {
        **_place(change["place"]),
        _("Now"): _shown(old),
        _("Then"): _shown(new),
        _("Row"): "" if change["row"] is None else str(change["row"]),
    }


def _hidden(one: dict[str, Any]) -> dict[str, Any]:
    kind = {
        "primary": _("too few people"),
        "complementary": _("others could be worked out from it"),
    }[one["kind"]]
    return {**_place(one["place"]), _("True value"): one["true"][0], _("Why"): kind}


def _place(place: list[str]) -> dict[str, str]:
    known = store.catalogue()
    area, series, group, period = place
    try:
        who = group_name(known, group)
    except (KeyError, ValueError):
        who = group
    return {
        _("Place"): known.areas[area].name if area in known.areas else area,
        _("Indicator"): known.series[series].name if series in known.series else series,
        _("Group"): who,
        _("Period"): period,
    }


def _shown(worth: list[Any] | None) -> str:
    """A figure as readers see it; ``worth`` is value, se, lower, upper, n, population, status, note."""
    if worth is None:
        return ""
    if worth[6] == "Q":
        return _("withheld")
    return _("no figure") if worth[0] is None else f"{worth[0]:,g}"


def _as_csv(lines: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(lines[0])
    writer.writerows([[_harmless(cell) for cell in line.values()] for line in lines])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run is made harmless."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
