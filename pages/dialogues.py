"""Dialogues: who sat at the table, which figures lay on it, what was asked and what was promised."""

import streamlit as st

from dashboard.navigation import link
from dashboard.selection import chosen
from dashboard.text import _
from dashboard.views.commitment_style import whole_links
from dashboard.views.dialogue import draw_dialogue
from dashboard.views.dialogue_forms import say_what_was_recorded
from dashboard.views.dialogue_room import draw_room
from dashboard.views.dialogues import asked_dialogue, draw_dialogues, draw_form

selection = chosen()
whole_links()
say_what_was_recorded()

dialogue = asked_dialogue(selection)
if dialogue is not None and st.query_params.get("present") == "1":
    draw_room(dialogue)
elif dialogue is not None:
    link("dialogues", _("All dialogues"), {"country": selection.country})
    draw_dialogue(dialogue)
else:
    st.title(_("Dialogues"))
    draw_dialogues(selection)
    draw_form(selection.country)
