"""What was pulled goes the way of a partner's file: tried, kept as a draft, published by a second person."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from sqlmodel import Session

from data_access.connectors.interface import Connector, Pulled
from data_access.connectors.keeping import keep_answer
from data_access.connectors.offered import HERE
from data_access.connectors.problems import NotOffered
from data_access.database import engine_for
from data_access.dialects import begin_writing, for_writing
from data_access.importing.catalogue import fill_series, ids
from data_access.importing.checks.figures import check_figures
from data_access.importing.checks.table import frame_of
from data_access.importing.desk.job import Outcome
from data_access.importing.findings import Finding
from data_access.importing.shipped import Sidecar
from data_access.importing.tidy import TidyRow
from data_access.models import Country, Series
from data_access.people.current import CurrentUser
from data_access.prepare import named_problems
from data_access.queries.catalogue import read_catalogue
from data_access.queries.facts import Catalogue
from data_access.releases.drafts import save_draft
from data_access.releases.incoming import Fetched, Incoming
from data_access.releases.problems import Refused
from data_access.releases.trying import DryRun, dry_run
from data_access.settings import Settings

_COLLECTION = {"dhs": ("household_survey", "probability"), "who_gho": ("modelled_estimates", "administrative")}
_MIXED = ("administrative", "administrative")


def take_in(
    pulled: Sequence[Pulled], connector: Connector, *, settings: Settings, by: CurrentUser, dry: bool = False
) -> Outcome:
    """Keep series of one country as a draft, or only say what that would change (``dry``).

    The outcome has a draft where one was kept or stands already, and none where the figures are those that readers see.
    A series that is nowhere defined is defined with the draft; the raw answers stay in the deployment's own folder.
    Raises NotOffered when the country is not held here or a series is unknown, and what ``desk.job.PROBLEMS`` names.
    """
    with named_problems(settings), Session(for_writing(engine_for(settings.database_url))) as session:
        begin_writing(session)
        _refuse_unknown_country(session, pulled[0].country)
        _define(session, sorted({one.series for one in pulled}))
        incoming = incoming_from(pulled, connector, read_catalogue(session))
        tried = dry_run(session, incoming, by)
        if dry or tried.refused or _says_what_stands(tried):
            return Outcome(tried.findings, dry=tried)
        try:
            draft = save_draft(session, incoming, by)
        except Refused as refused:
            return Outcome(refused.findings)
        if draft.kept:
            for one in pulled:
                keep_answer(one, incoming.source.code, settings.own_folder)
        session.commit()
        return Outcome(incoming.findings, dry=tried, draft=draft)


def incoming_from(pulled: Sequence[Pulled], connector: Connector, known: Catalogue) -> Incoming:
    """Pulled series of one country as an incoming release of the source ``SERVICE_COUNTRY``, with all that was found.

    Nobody can answer a question about what a service publishes, so that questions are told as remarks to whoever
    publishes. The same answers always have the same hash.
    """
    country, names = pulled[0].country, ", ".join(one.series for one in pulled)
    file = f"{connector.name} {country} {names}"
    rows = tuple(_within(replace(row, sheet=one.series), known) for one in pulled for row in one.rows)
    found = check_figures(frame_of(rows), known, file=file).findings()
    told = (replace(one, kind="remark") if one.kind == "question" else one for one in found)
    sha256 = pulled[0].sha256 if len(pulled) == 1 else _hash(*(one.sha256 for one in pulled))
    return Incoming(
        source=_source(pulled, connector, len(rows), sha256),
        rows=rows,
        file=file,
        sha256=sha256,
        mapping=_asked(pulled, connector),
        findings=(*told, *_left_out(pulled, file)),
        fetched=tuple(
            Fetched(
                series=one.series,
                service=one.connector,
                address=one.url,
                accessed_at=one.accessed.replace(tzinfo=None, microsecond=0),
                sha256=one.sha256,
                licence=one.licence.name,
                licence_address=one.licence.url,
            )
            for one in pulled
        ),
    )


def _says_what_stands(tried: DryRun) -> bool:
    return bool(tried.same) and not (tried.added or tried.changed or tried.gone)


def _refuse_unknown_country(session: Session, country: str) -> None:
    if country not in ids(session, Country, "iso3"):
        raise NotOffered(f"{country} is not held here; add it first: python3 manage.py country add {country}")


def _define(session: Session, series: Sequence[str]) -> None:
    """Define series that do not ship from those this part of the product brings."""
    known = ids(session, Series)
    missing = [code for code in series if code not in known]
    if not missing:
        return
    with (HERE / "further_series.csv").open(encoding="utf-8", newline="") as stream:
        further = {row["series"]: {**row, "illustrative": "False"} for row in csv.DictReader(stream)}
    if unknown := [code for code in missing if code not in further]:
        raise NotOffered(f"No series is called {', '.join(unknown)}; define it in series.csv of the own folder.")
    fill_series(session, lambda _name: [further[code] for code in missing])


def _within(row: TidyRow, known: Catalogue) -> TidyRow:
    """The row without an interval that reaches beyond what its series can be."""
    bounds = known.series[row.series]
    low = float("-inf") if bounds.value_min is None else bounds.value_min
    high = float("inf") if bounds.value_max is None else bounds.value_max
    if row.lower is None or row.upper is None or low <= row.lower <= row.upper <= high:
        return row
    return replace(row, lower=None, upper=None)


def _left_out(pulled: Sequence[Pulled], file: str) -> Iterator[Finding]:
    for one in pulled:
        for left in one.left_out:
            yield Finding(
                "remark",
                "left_out",
                file,
                f"{left.records} records were left out: {left.reason}.",
                "",
                sheet=one.series,
            )


def _asked(pulled: Sequence[Pulled], connector: Connector) -> str:
    """What was asked of the service, in the place of a mapping: the same for the same question on any day."""
    lines = [f"service: {connector.name}", f"country: {pulled[0].country}", "series:"]
    for one in pulled:
        offered = (o for o in connector.series_offered() if o.series == one.series)
        codes = [{"code": o.code, "group": o.group, "only": o.only} for o in offered]
        lines.append(f"  {one.series}: {json.dumps(codes, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _hash(*hashes: str) -> str:
    return hashlib.sha256(" ".join(hashes).encode()).hexdigest()


def _source(pulled: Sequence[Pulled], connector: Connector, rows: int, sha256: str) -> Sidecar:
    collection, sampling = _COLLECTION.get(connector.name, _MIXED)
    accessed = max(one.accessed for one in pulled).date().isoformat()
    return Sidecar(
        code=f"{connector.name}_{pulled[0].country}".upper(),
        title=connector.title,
        publisher=connector.publisher,
        origin="official",
        illustrative=False,
        countries=[pulled[0].country],
        collection=collection,
        sampling=sampling,
        mode="",
        fieldwork_start="",
        fieldwork_end="",
        sample_size="",
        licence=connector.licence.name,
        licence_state=connector.licence.state,
        citation=f"{connector.publisher}, {connector.title}, accessed {accessed}",
        obtained_from=f"https://{urlsplit(pulled[0].url).hostname}",
        caveats="Fetched by machine from the service and not compared with the publisher's own tables.",
        consent="not_applicable",
        recognition="",
        rows=rows,
        sha256=sha256,
    )
