"""The words of the matrix: groups, goals, states, reasons and ways to a figure."""

from __future__ import annotations

from dashboard.charts.matrix import Shown
from dashboard.text import _
from dashboard.text.groups import dimension_name, group_in_sentence, group_name
from dashboard.text.record import choice_text
from data_access.models.groups import members
from data_access.queries.catalogue import Catalogue

SUPPRESSED, OUT_OF_SCOPE = "suppressed", "out_of_scope"


def column_name(known: Catalogue, group: str) -> str:
    """What a column is called: a group, or "By age" where it asks whether there is any breakdown."""
    if group.endswith("=*"):
        return _("By {dimension}").format(dimension=_dimension(known, group[:-2]))
    if members(group) == {"DISABILITY_STATUS": "PD", "SEX": "F"}:
        return _("Women and girls with disabilities")
    return group_name(known, group)


def column_in_sentence(known: Catalogue, group: str) -> str:
    """The same inside a sentence: "gives a figure for …"."""
    if group.endswith("=*"):
        return _("any group by {dimension}").format(dimension=_dimension(known, group[:-2]))
    if members(group) == {"DISABILITY_STATUS": "PD", "SEX": "F"}:
        return _("women and girls with disabilities")
    return group_in_sentence(known, group)


def _dimension(known: Catalogue, dimension: str) -> str:
    if dimension == "MIGRATION":
        return _("migratory status")
    name = dimension_name(known, dimension) if dimension in known.dimensions else dimension.replace("_", " ")
    return name[:1].lower() + name[1:]


def goal_topic(goal: int) -> str:
    """What the indicators of an SDG goal are about, before the word "indicators"."""
    return {
        1: _("poverty"),
        2: _("nutrition"),
        3: _("health"),
        4: _("education"),
        5: _("gender equality"),
        6: _("water and sanitation"),
        7: _("energy"),
        8: _("work"),
        9: _("infrastructure"),
        10: _("equality"),
        11: _("housing and cities"),
        12: _("consumption"),
        13: _("climate"),
        14: _("ocean"),
        15: _("land"),
        16: _("peace and justice"),
        17: _("partnership"),
    }[goal]


def state_word(shown: Shown) -> str:
    """The word under a mark."""
    return {
        "both": _("both"),
        "official": _("official"),
        "community": _("community"),
        "outdated": _("outdated"),
        "neither": _("none"),
        "out_of_scope": _("out of scope"),
    }[shown]


def state_label(shown: Shown, older: int) -> str:
    """A state in the legend."""
    return {
        "both": _("Official and community figure"),
        "official": _("Official figure only"),
        "community": _("Community figure only"),
        "outdated": _("Outdated: nothing newer than {years} years").format(years=older),
        "neither": _("No figure held; shaded where the SDG framework asks for one"),
        "out_of_scope": _("Out of scope: cannot be broken down so"),
    }[shown]


def state_sentence(shown: Shown, older: int) -> str:
    """What a state means for one cell, as a sentence."""
    return {
        "both": _("There is a current official figure and a current community figure."),
        "official": _("Only official sources have a current figure."),
        "community": _("Only communities have a current figure."),
        "outdated": _("There are figures, but none of the last {years} years.").format(years=older),
        "neither": _("No source held here has a figure."),
        "out_of_scope": _("The indicator cannot be broken down so."),
    }[shown]


def reason_word(reason: str) -> str:
    """A reason in the few words that fit under a mark."""
    return {
        "suppressed": _("withheld"),
        "not_collected": _("not collected"),
        "not_disaggregated": _("not broken down"),
        "not_published": _("not published"),
        "not_held": _("not held"),
        "out_of_scope": _("out of scope"),
    }[reason]


def entry_point_text(entry_point: str) -> str:
    """A way to a figure."""
    return {
        "survey_module": _("Survey module"),
        "partner": _("Partner"),
        "register": _("Register"),
        "community_collection": _("Community collection"),
    }[entry_point]


def entry_point_words(entry_point: str) -> str:
    """What such a way asks for."""
    return {
        "survey_module": _(
            "ask the office to add the question (for disability: the Washington Group short set) to its next survey, "
            "and a sample large enough to publish by it"
        ),
        "partner": _("ask those named in the stock-take to share what they hold, with consent, or to ask it next time"),
        "register": _("have the group recorded in the administrative register that counts everybody else"),
        "community_collection": _("collect it with the community, with consent and a documented method"),
    }[entry_point]


def first_step(reason: str) -> str:
    """What stands between a reason and a figure."""
    return {
        "suppressed": _(
            "The figure exists and is withheld to protect people: a larger sample or wider areas would do."
        ),
        "not_collected": _("Nobody asked: it takes a question before it takes a table."),
        "not_disaggregated": _("It was asked: it takes a table, not a new survey. Ask the source to publish by it."),
        "not_published": _("The source leaves it out: ask whether it asks about this group at all."),
        "not_held": _("It is not recorded whether anybody asked: begin by asking those who count the indicator."),
        "outdated": _("It was counted before: ask for the next round."),
    }[reason]


def plan_state_text(state: str) -> str:
    """How far a data-generation plan has come."""
    return {
        "planned": _("Planned"),
        "agreed": _("Agreed"),
        "under_way": _("Under way"),
        "filled": _("Filled"),
        "dropped": _("Dropped"),
    }[state]


def cost_text(band: str) -> str:
    """About what a plan costs."""
    return {
        "under_10k": _("under 10,000 US dollars"),
        "10k_to_50k": _("10,000 to 50,000 US dollars"),
        "50k_to_250k": _("50,000 to 250,000 US dollars"),
        "over_250k": _("over 250,000 US dollars"),
        "not_known": _("cost not known"),
    }[band]


def access_text(access: str) -> str:
    """How others get at what an organisation holds."""
    return {
        "public": _("public"),
        "on_request": _("on request"),
        "partners_only": _("for partners only"),
        "not_shared": _("not shared"),
        "not_known": _("access not known"),
    }.get(access, choice_text("access", access))
