"""What the cells of an entry must say together: the rules the tables keep, told as sentences before they are broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any
from zoneinfo import available_timezones

Broken = tuple[str, str, str]
"""The heading a rule is broken in, what is wrong, and how to mend it."""
Values = Mapping[str, Any]


def broken(kind: str, values: Values) -> Iterator[Broken]:
    """Every rule that the values of an entry (by column) break; none where all hold."""
    for first, last in _SPANS:
        if values.get(first) and values.get(last) and _begins_after(str(values[first]), str(values[last])):
            yield last, f"lies before {first}.", "Check the two days."
    if kind in _RULES:
        yield from _RULES[kind](values)


_SPANS = (("started", "ended"), ("since", "until"), ("period_from", "period_to"), ("starts", "ends"),
          ("agreed_on", "deadline"), ("raised_on", "answered_on"))  # fmt: skip


def _begins_after(first: str, last: str) -> bool:
    """Days may be known to the month or year only; they are compared as far as both are known."""
    known = min(len(first), len(last))
    return first[:known] > last[:known]


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _dialogue(values: Values) -> Iterator[Broken]:
    if values["time_zone"] not in _zones():
        yield "time_zone", "is no time zone.", "Write one such as Asia/Kathmandu."


def _participants(values: Values) -> Iterator[Broken]:
    number, women = values["number"], values["women"]
    if women is not None and number is None:
        yield "number", "is empty, though women were counted.", "Say how many there were, or leave women empty."
    elif women is not None and women > number:
        yield "women", "is more than all participants.", "Correct one of the two numbers."


def _agenda(values: Values) -> Iterator[Broken]:
    if values["position"] > 30_000:
        yield "position", "is no place on an agenda.", "Number the items from 1."


def _recognition(values: Values) -> Iterator[Broken]:
    event = values["event"]
    if event == "accepted" and not values["purpose"]:
        yield "purpose", "is empty, though the source was accepted.", "Say for which purpose."
    if event == "rejected" and not values["reason"]:
        yield "reason", "is empty, though the source was rejected.", "Give the reason as the body gave it."
    if event == "used" and not values["document"]:
        yield "document", "is empty, though the source was used.", "Name the review or plan."


def _commitment(values: Values) -> Iterator[Broken]:
    measured = values["baseline_value"] is not None
    if measured and values["series_id"] is None:
        yield "series", "is empty, though there is a baseline.", "Name the indicator, or leave the baseline empty."
    for column, heading in (("baseline_source_id", "baseline_source"), ("baseline_period", "baseline_period")):
        if measured and not values[column]:
            yield heading, "is empty, though there is a baseline.", "Say which source and period it is of."
        if not measured and values[column]:
            yield heading, "stands without a baseline_value.", "Give the value, or leave it empty."


def _status(values: Values) -> Iterator[Broken]:
    if len(values["since"]) != 10:
        yield "since", "is no whole day.", "Write year, month and day: 2024-03-05."


def _response(values: Values) -> Iterator[Broken]:
    if values["response"] == "disputes" and not values["wording"]:
        yield "wording", "is empty, though the commitment is disputed.", "Say what is disputed."


def _step(values: Values) -> Iterator[Broken]:
    if not 1 <= values["step"] <= 5:
        yield "step", "is none of the five steps.", "Write 1, 2, 3, 4 or 5."


def _plan(values: Values) -> Iterator[Broken]:
    if values["state"] == "dropped" and not values["remark"]:
        yield "remark", "is empty, though the plan was dropped.", "Say why."


def _concern(values: Values) -> Iterator[Broken]:
    if values["state"] != "open" and not values["answer"]:
        yield "answer", "is empty, though the concern is no longer open.", "Say what was answered."


_RULES: Mapping[str, Callable[[Values], Iterator[Broken]]] = MappingProxyType(
    {
        "dialogue": _dialogue,
        "dialogue_participants": _participants,
        "agenda_item": _agenda,
        "recognition_event": _recognition,
        "commitment": _commitment,
        "commitment_status": _status,
        "commitment_response": _response,
        "milestone": _step,
        "lesson": _step,
        "data_generation_plan": _plan,
        "concern": _concern,
    }
)
