"""An invented survey as Kobo exports it: forty households, the people in them, and the form it was made of."""

from __future__ import annotations

import random

from data_access.importing.workbook import Cell, Sheet, Workbook

SIX = ("wg_see", "wg_hear", "wg_walk", "wg_remember", "wg_care", "wg_speak")

HOUSEHOLDS, PEOPLE = 40, 6


def form(**sheets: list[list[Cell]]) -> Workbook:
    survey: list[list[Cell]] = [
        ["type", "name", "label::English (en)", "label::Nepali (ne)", "relevant"],
        ["start", "start", None, None, None],
        ["begin_group", "place", "Where", None, None],
        ["select_one province", "province", "Province", "प्रदेश", None],
        ["select_multiple water", "water", "Where does water come from?", None, None],
        ["end_group", None, None, None, None],
        ["begin repeat", "person", "People", None, None],
        ["begin group", "about", None, None, None],
        ["select_one sex", "sex", "Sex", None, None],
        ["integer", "age", "Age", None, None],
        ["end group", None, None, None, None],
        *(["select_one difficulty", name, name, None, "${age} > 4"] for name in SIX),
        ["select_one yesno", "enrolled", "Goes to school?", None, "${age} < 18"],
        ["end repeat", None, None, None, None],
    ]
    choices: list[list[Cell]] = [
        ["list_name", "name", "label::English (en)"],
        ["province", "P1", "Koshi"],
        ["province", "P2", "Madhesh"],
        ["water", "tap", "Tap"],
        ["water", "well", "Well"],
        ["sex", 1.0, "Woman"],
        ["sex", 2.0, "Man"],
        *(["difficulty", code, f"level {code}"] for code in (1, 2, 3, 4, 9)),
        *(["yesno", code, str(code)] for code in (0, 1, 88, -99)),
    ]
    settings: list[list[Cell]] = [["form_title", "form_id", "version"], ["Water and school", "ws", 3.0]]
    given = {"survey": survey, "choices": choices, "settings": settings} | sheets
    return workbook(given, "form.xlsx")


def export(*, exploded: bool = True, groups: bool = True) -> Workbook:
    """Two provinces as strata, five villages in each; every seventh person answers 88; a few have a disability."""
    chance = random.Random(3)
    province, water = ("place/province", "place/water") if groups else ("province", "water")
    households: list[list[Cell]] = [["start", province, water, "village", "hh_weight", "_index"]]
    if exploded:
        households[0][3:3] = [f"{water}/tap", f"{water}/well"]
    people: list[list[Cell]] = [[
        "about/sex" if groups else "sex", "about/age" if groups else "age", *SIX, "enrolled",
        "_index", "_parent_index", "_parent_table_name",
    ]]  # fmt: skip
    for i in range(1, HOUSEHOLDS + 1):
        tap, well = i % 2, int(i % 3 == 0)
        codes = " ".join(name for name, has in (("tap", tap), ("well", well)) if has)
        row: list[Cell] = ["2026-02-03T10:00", f"P{1 + i % 2}", codes or None, f"v{i % 10}", 1.0 + i % 3, float(i)]
        if exploded:
            row[3:3] = [tap if codes else None, well if codes else None]
        households.append(row)
        for _ in range(PEOPLE):
            difficulty: list[Cell] = [chance.choice((1, 1, 1, 2)) for _ in SIX]
            if chance.random() < 0.15:
                difficulty[chance.randrange(6)] = chance.choice((3, 4))
            number = len(people)
            answer = 88 if number % 7 == 0 else int(chance.random() < 0.6)
            people.append([
                float(1 + number % 2), chance.randrange(5, 90), *difficulty, answer,
                float(number), float(i), "households",
            ])  # fmt: skip
    return workbook({"households": households, "person": people}, "export.xlsx")


def workbook(sheets: dict[str, list[list[Cell]]], file: str) -> Workbook:
    return Workbook(
        file, "xlsx", "0" * 64, tuple(Sheet(name, tuple(map(tuple, rows))) for name, rows in sheets.items())
    )
