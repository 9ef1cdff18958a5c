"""Words of the living record: statuses, seats, levels, events, and the marks that stand before them."""

from __future__ import annotations

from dashboard.text import _

STATUS_MARKS = {
    "proposed": "◌",
    "agreed": "○",
    "in_budget": "◔",
    "under_way": "◑",
    "delivered": "●",
    "stalled": "‖",
    "dropped": "✕",
}
"""A shape for each status, filling up as the promise is kept; the word always stands beside it."""

RESPONSE_MARKS = {"confirms": "✓", "disputes": "≠", "": "·"}
VERDICT_MARKS = {"narrowed": "▷◁", "widened": "◁▷", "no_change": "=", "cannot_say": "?"}


def status_text(status: str) -> str:
    """What a commitment's status is called."""
    return {
        "proposed": _("Proposed"),
        "agreed": _("Agreed"),
        "in_budget": _("In the budget"),
        "under_way": _("Under way"),
        "delivered": _("Delivered"),
        "stalled": _("Stalled"),
        "dropped": _("Dropped"),
    }[status]


def status_mark(status: str) -> str:
    """The status with its shape: "◑ Under way"."""
    return f"{STATUS_MARKS[status]} {status_text(status)}"


def response_text(response: str) -> str:
    """What a counterpart says to a commitment."""
    return {"confirms": _("Confirms"), "disputes": _("Disputes")}[response]


def response_mark(response: str) -> str:
    return f"{RESPONSE_MARKS[response]} {response_text(response)}"


def reply_mark(confirms: bool | None) -> str:
    """What a body says about a figure, with its shape."""
    if confirms is None:
        return f"{RESPONSE_MARKS['']} {_('Neither confirms nor disputes')}"
    return response_mark("confirms" if confirms else "disputes")


def verdict_text(verdict: str) -> str:
    """Whether a gap narrowed, as a word."""
    return {
        "narrowed": _("Narrowed"),
        "widened": _("Widened"),
        "no_change": _("No change beyond uncertainty"),
        "cannot_say": _("Cannot say"),
    }[verdict]


def verdict_mark(verdict: str) -> str:
    return f"{VERDICT_MARKS[verdict]} {verdict_text(verdict)}"


def cannot_say_text(reason: str) -> str:
    """Why it cannot be said whether a gap narrowed."""
    return {
        "no_indicator": _("The commitment names no indicator: nothing is measured."),
        "no_baseline": _("No baseline was recorded when it was agreed."),
        "baseline_withdrawn": _("The source of the baseline was withdrawn; nothing of it is shown."),
        "baseline_not_held": _("The figure of the baseline is not held here."),
        "no_later_figure": _("No later figure is held for this group and area."),
        "withheld": _("The later figure is withheld to protect people."),
        "other_measure": _("The later figure comes from a source that measures in another way."),
        "no_reference": _("No source gives everyone's figure beside the group's, at the baseline and later."),
        "everyone": _("The commitment is for everyone in the country: there is no group to set beside them."),
        "not_behind": _("The group was not behind at the baseline."),
    }[reason]


def seat_text(seat: str) -> str:
    """On whose behalf people sat at a table."""
    return {
        "community": _("Representatives of communities"),
        "civil_society": _("Civil society"),
        "government": _("Government"),
        "statistical_office": _("Statistical office"),
        "research": _("Research"),
        "donor": _("Donors"),
        "media": _("Media"),
        "other": _("Others"),
    }[seat]


def level_text(level: str) -> str:
    """At which level a dialogue was held."""
    return {
        "national": _("National"),
        "subnational": _("State, province or division"),
        "local": _("Local"),
        "global": _("Global"),
    }[level]


def event_text(event: str) -> str:
    """What a body did with a community source."""
    return {
        "shared": _("Shared"),
        "assessed": _("Assessed"),
        "accepted": _("Accepted for a purpose"),
        "used": _("Used in a review or plan"),
        "rejected": _("Rejected"),
    }[event]


def stage_text(stage: str) -> str:
    """The stage at which a community took part."""
    return {
        "design": _("Design"),
        "collection": _("Collection"),
        "validation": _("Validation"),
        "advocacy": _("Advocacy"),
        "policy": _("Policy"),
    }[stage]


def ladder_text(level: str) -> str:
    """How far a community decided."""
    return {
        "informed": _("Informed"),
        "consulted": _("Consulted"),
        "involved": _("Involved"),
        "partners": _("Partners"),
        "leading": _("Leading"),
    }[level]


def body_kind_text(kind: str) -> str:
    """What kind of public body it is."""
    return {
        "ministry": _("Ministry"),
        "statistical_office": _("Statistical office"),
        "local_government": _("Local government"),
        "commission": _("Commission"),
        "parliament": _("Parliament"),
        "other": _("Other body"),
    }[kind]


def calendar_text(calendar: str) -> str:
    """The calendar a deadline was given in."""
    return {"gregorian": _("Gregorian"), "nepali_fiscal_year": _("Nepali fiscal year")}[calendar]


def concern_text(kind: str) -> str:
    """What kind of concern it is."""
    return {"correction": _("Correction"), "complaint": _("Complaint"), "question": _("Question")}[kind]


def concern_state_text(state: str) -> str:
    """How far a concern has got."""
    return {"open": _("Open"), "answered": _("Answered"), "closed": _("Closed")}[state]


def partner_role_text(role: str) -> str:
    """An organisation's part in a task force."""
    return {
        "lead": _("Lead"),
        "member": _("Member"),
        "research_partner": _("Research partner"),
        "government_partner": _("Government partner"),
        "funder": _("Funder"),
        "observer": _("Observer"),
    }[role]


def marked_entry(sentence: str, *, illustrative: bool) -> str:
    """A sentence ready to be copied; the warning stands in front where the entry is invented."""
    return _("[Illustrative, invented] {sentence}").format(sentence=sentence) if illustrative else sentence


def heading_text(heading: str) -> str:
    """What a cell of an entry is called on a form and in a problem."""
    written = {
        "code": _("Code"),
        "country": _("Country"),
        "area": _("Area"),
        "areas": _("Areas"),
        "group": _("Group"),
        "groups": _("Groups"),
        "body": _("Body"),
        "dialogue": _("Dialogue"),
        "demand": _("Demand"),
        "commitment": _("Commitment"),
        "title": _("Title"),
        "level": _("Level"),
        "starts": _("Starts"),
        "ends": _("Ends"),
        "time_zone": _("Time zone"),
        "place": _("Place"),
        "convened_by": _("Convened by"),
        "target": _("SDG target"),
        "summary": _("Summary"),
        "seat": _("Seat"),
        "community": _("Community"),
        "number": _("Number"),
        "women": _("Of whom women"),
        "position": _("Position on the agenda"),
        "series": _("Indicator"),
        "remark": _("Remark"),
        "wording": _("Wording"),
        "asked_by": _("Asked by"),
        "sources": _("Sources"),
        "voices": _("Voices"),
        "agreed_on": _("Agreed on"),
        "deadline": _("Deadline (last day)"),
        "deadline_stated": _("Deadline as it was stated"),
        "deadline_calendar": _("Calendar it was stated in"),
        "baseline_value": _("Baseline"),
        "baseline_period": _("Period of the baseline"),
        "baseline_source": _("Source of the baseline"),
        "goal_value": _("Goal"),
        "status": _("Status"),
        "since": _("Since"),
        "said_by": _("Said by"),
        "evidence": _("Evidence (document or address)"),
        "response": _("Response"),
        "responded_on": _("Responded on"),
        "source": _("Source"),
        "time_period": _("Period"),
        "confirms": _("Confirms the figure"),
        "replied_on": _("Replied on"),
        "document": _("Document"),
        "illustrative": _("Illustrative (invented)"),
        "stated_in": _("Stated in (document, or who entered it)"),
        "why": _("Why"),
    }
    return written.get(heading) or heading.replace("_", " ").capitalize()


def choice_text(heading: str, choice: str) -> str:
    """A choice of a form in words; choices that other kinds have stay as they are written in files."""
    words = {
        "status": status_text,
        "response": response_text,
        "seat": seat_text,
        "level": level_text,
        "deadline_calendar": calendar_text,
        "event": event_text,
        "stage": stage_text,
    }.get(heading)
    if words is None:
        return choice.replace("_", " ")
    try:
        return words(choice)
    except KeyError:  # a heading two kinds share, with choices of their own
        return choice.replace("_", " ")


def kind_text(kind: str) -> str:
    """What a kind of entry is called."""
    texts = {
        "task_force": _("Task forces"),
        "task_force_member": _("Members of task forces"),
        "stock_take_entry": _("Stock-take: who holds or does what"),
        "voice": _("Voices"),
        "public_body": _("Public bodies"),
        "public_body_name": _("Former names of bodies"),
        "recognition_event": _("Recognition of sources"),
        "dialogue": _("Dialogues"),
        "dialogue_participants": _("Participants of dialogues"),
        "agenda_item": _("Agenda items"),
        "demand": _("Demands"),
        "commitment": _("Commitments"),
        "commitment_status": _("Statuses of commitments"),
        "commitment_response": _("Responses to commitments"),
        "policy": _("Policies"),
        "participation": _("Participation of communities"),
        "milestone": _("Milestones"),
        "lesson": _("Lessons and good practices"),
        "data_generation_plan": _("Data-generation plans"),
        "returned_finding": _("Findings brought back"),
        "concern": _("Concerns"),
        "official_reply": _("Official replies"),
    }
    return texts[kind]
