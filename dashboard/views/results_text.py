"""The numbers of the results chain in words: their names, what each counts and on which date, what is not known."""

from __future__ import annotations

from dashboard.text import _, ngettext
from dashboard.text.formats import number
from data_access.measures.results_listed import Measured

PEOPLE = ("participants", "participants_marginalised")
OUT_OF = ("gaps_narrowed", "concerns_answered")


def step_name(step: int) -> str:
    """The five steps in their order."""
    return {
        1: _("Take stock"),
        2: _("Collect with communities, and have it recognised"),
        3: _("Dialogue"),
        4: _("Action plan"),
        5: _("Policy, with communities inside for good"),
    }[step]


def number_name(code: str) -> str:
    """What a number is called."""
    return {
        "partners": _("Organisations in the task force"),
        "stock_take_entries": _("Holdings of data found in the stock-take"),
        "voices": _("Needs and statements of communities"),
        "plans_due": _("Plans to fill a hole in the data"),
        "gaps_closed": _("Holes in the data filled"),
        "sources_harmonised": _("Community sources harmonised"),
        "sources_shared": _("Community sources put before a public body"),
        "sources_recognised": _("Community sources recognised"),
        "sources_rejected": _("Community sources rejected"),
        "dialogues_held": _("Dialogues held"),
        "participants": _("People at the table"),
        "participants_marginalised": _("Of them for marginalised communities"),
        "demands": _("Demands made"),
        "official_replies": _("Official replies to a figure"),
        "commitments_agreed": _("Commitments agreed"),
        "commitments_confirmed": _("Commitments confirmed by a public body"),
        "commitments_disputed": _("Commitments disputed by a public body"),
        "commitments_delivered": _("Commitments delivered"),
        "commitments_overdue": _("Commitments overdue"),
        "commitments_stopped": _("Commitments stalled or dropped"),
        "gaps_narrowed": _("Gaps narrower than at the baseline"),
        "policies": _("Policies, plans, budgets and laws adopted"),
        "participation": _("Times a community took part"),
        "participation_deciding": _("Of them as partners or leading"),
        "findings_returned": _("Findings brought back to a community"),
        "concerns_answered": _("Corrections, complaints and questions answered"),
    }[code]


def definition(code: str) -> str:
    """What a number counts, and which date decides whether that lies in the period."""
    return {
        "partners": _("Organisations that were part of a task force at some time in the period, each once."),
        "stock_take_entries": _(
            "Entries of the stock-take that speak of some time in the period: who holds which data, or works where."
        ),
        "voices": _("Needs and statements recorded with consent, by the day they were raised."),
        "plans_due": _("Data-generation plans that were not dropped, by the day the figure is due."),
        "gaps_closed": _(
            "Plans marked as filled whose figure is held here with a value, by the day the source that fills it "
            "was first taken in."
        ),
        "sources_harmonised": _("Community sources with a published release, by the day the first was taken in."),
        "sources_shared": _("Community sources with any event before a public body, by the day of the first."),
        "sources_recognised": _(
            "Community sources that a public body accepted for a purpose or used. The latest event of each body by the "
            "end of the period counts, by its day; one body is enough."
        ),
        "sources_rejected": _(
            "Community sources that a public body rejected. The latest event of each body by the end of the period "
            "counts, by its day; a source that another body recognised counts there as well."
        ),
        "dialogues_held": _("Dialogues that have begun, by the local day they began on."),
        "participants": _(
            "People at the dialogues held in the period; a dialogue where nobody counted some of them is left out."
        ),
        "participants_marginalised": _(
            "People who sat there for a community, or spoke for a named community or group. A group of one to four is "
            "never given as a number: a range stands in its place."
        ),
        "demands": _("Demands made at the dialogues held in the period."),
        "official_replies": _("What public bodies said of a figure, by the day they replied."),
        "commitments_agreed": _(
            "Commitments by the day they were agreed: as recorded, else the day of the first status that says so."
        ),
        "commitments_confirmed": _(
            "Commitments that a public body confirms. The latest response of each body by the end of the period "
            "counts, by its day."
        ),
        "commitments_disputed": _(
            "Commitments that a public body disputes. The latest response of each body by the end of the period "
            "counts, by its day."
        ),
        "commitments_delivered": _(
            "Commitments that are delivered at the end of the period and became so within it, as recorded by status."
        ),
        "commitments_overdue": _(
            "Commitments agreed, neither delivered nor dropped, whose last day was before the end of the period."
        ),
        "commitments_stopped": _(
            "Commitments that are stalled or dropped at the end of the period and became so within it."
        ),
        "gaps_narrowed": _(
            "Commitments whose indicator can be followed for the group they are for, with a newest figure of the "
            "period: how many of these gaps are narrower than at the baseline. It does not say why."
        ),
        "policies": _("Policies, plans, budget lines and laws, by the day they were adopted."),
        "participation": _("Recorded occasions of a community taking part, by day; the table below has the stages."),
        "participation_deciding": _("Occasions on the two highest rungs of the ladder, by day."),
        "findings_returned": _("Findings of a source brought back to a community, by day."),
        "concerns_answered": _(
            "Corrections, complaints and questions raised in the period that were answered by its end."
        ),
    }[code]


def counted_text(code: str, found: Measured) -> str:
    """A number as it is written: "12", "3 of 7", "21 to 24 of 61 to 64 (34–38 %)", "fewer than 5"."""
    if code == "participants":
        return _range(*found.people)
    if code == "participants_marginalised":
        return _share_text(found)
    if code in OUT_OF and found.among:
        return _("{count} of {all}").format(count=number(found.number, 0), all=number(len(found.among), 0))
    return number(found.number, 0)


def _range(least: int, most: int) -> str:
    if least == most:
        return number(least, 0)
    if (least, most) == (1, 4):
        return _("fewer than 5")
    return _("{least} to {most}").format(least=number(least, 0), most=number(most, 0))


def _share_text(found: Measured) -> str:
    share = found.share
    if share is None:
        return number(0, 0)
    least, most = found.people
    others = sum(one.others for one in found.counted)
    low, high = (f"{end:.0f}" for end in share)
    return _("{people} of {all} ({share} %)").format(
        people=_range(least, most),
        all=_range(least + others, most + others),
        share=low if low == high else f"{low}–{high}",
    )


def real_and_illustrative(code: str, real: Measured, invented: Measured, *, any_invented: bool) -> str:
    """Both counts, apart: "2 real, 14 illustrative"; the real one alone where nothing invented is held."""
    if not any_invented:
        return counted_text(code, real)
    return _("{real} real, {invented} illustrative").format(
        real=counted_text(code, real), invented=counted_text(code, invented)
    )


def not_known(code: str, found: Measured, *, illustrative: bool) -> str:
    """What a number leaves out for want of knowledge, in sentences; empty when nothing."""
    said = []
    if found.unplaced:
        said.append(
            ngettext(
                "{count} entry is not counted: its date is not known closely enough for this period.",
                "{count} entries are not counted: their dates are not known closely enough for this period.",
                len(found.unplaced),
            ).format(count=number(len(found.unplaced), 0))
        )
    if found.unknown:
        said.append(_unknown_text(code, len(found.unknown), len(found.counted)))
    sentence = " ".join(said)
    return _("Illustrative: {sentence}").format(sentence=sentence) if illustrative and sentence else sentence


def _unknown_text(code: str, count: int, counted: int) -> str:
    written = number(count, 0)
    if code in PEOPLE:
        return _("Not counted for {count} of {all} dialogues.").format(count=written, all=number(count + counted, 0))
    return {
        "gaps_closed": ngettext(
            "{count} plan is marked as filled, but no figure held here shows it.",
            "{count} plans are marked as filled, but no figure held here shows it.",
            count,
        ),
        "commitments_agreed": ngettext(
            "For {count} commitment neither a day nor a status is recorded.",
            "For {count} commitments neither a day nor a status is recorded.",
            count,
        ),
        "commitments_overdue": ngettext(
            "{count} open commitment has no deadline.", "{count} open commitments have no deadline.", count
        ),
        "gaps_narrowed": ngettext(
            "For {count} commitment it cannot be said.", "For {count} commitments it cannot be said.", count
        ),
    }[code].format(count=written)
