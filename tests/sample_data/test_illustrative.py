"""The invented community data: reproducible, marked, plausible, safe, and nobody's."""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "sample_data" / "illustrative"
SCRIPT = ROOT / "sample_data" / "scripts" / "make_illustrative.py"
ISO3 = ("BGD", "IND", "KEN", "NPL", "VNM")
KINDS = ("SURVEY", "PURPOSIVE", "SCORECARD")
SOURCES = [f"{iso3}_ILL_{kind}" for iso3 in ISO3 for kind in KINDS]

AREAS = {
    "BGD": "BGD BD-A BD-B BD-C BD-D BD-E BD-F BD-G BD-H",
    "IND": "IND IN-BR IN-JH IN-OD IN-RJ IN-UP",
    "KEN": "KEN KE-07 KE-14 KE-17 KE-30 KE-43",
    "NPL": "NPL NP-P1 NP-P2 NP-P3 NP-P4 NP-P5 NP-P6 NP-P7",
    "VNM": "VNM VN-01 VN-03 VN-05 VN-30 VN-52 VN-SG",
}
MEMBERS = {
    "SEX=F",
    "SEX=M",
    "AGE=YGE65",
    "AGE=Y0T4",
    "AGE=Y0",
    "AGE=YGE3",
    "AGE=Y15T49",
    "URBANISATION=R",
    "URBANISATION=U",
    "DISABILITY_STATUS=PD",
    "DISABILITY_STATUS=PWD",
    "INCOME_WEALTH_QUANTILE=Q1",
    "EDUCATION_LEV=NONE",
    "SETTLEMENT=informal",
    "MIGRATION=migrant",
}
# Pairs by country and kind of sample: rows with a value whose series, area and group an official source publishes too.
OFFICIAL_PAIRS = {
    ("BGD", "SURVEY"): {"WATER_BASIC": 3, "SANITATION_BASIC": 3, "MPI_DEP_SANITATION": 9, "MPI_DEP_HOUSING": 9},
    ("BGD", "PURPOSIVE"): {"MPI_DEP_SANITATION": 4},
    ("IND", "SURVEY"): {"HEALTH_INSURANCE_HH": 16, "ANC_4PLUS": 16, "BIRTH_REG_U5": 16},
    ("IND", "PURPOSIVE"): {"HEALTH_INSURANCE_HH": 6, "BIRTH_REG_U5": 3},
    ("KEN", "SURVEY"): {"FACILITY_BIRTH": 10, "SHIF_PREMIUM_PAID": 12, "MOBILE_OWN_3PLUS": 20},
    ("KEN", "PURPOSIVE"): {"FACILITY_BIRTH": 4},
    ("NPL", "SURVEY"): {"BIRTH_REG_U5": 8, "MOBILE_OWN_15_49": 16, "SKILLED_BIRTH": 8},
    ("NPL", "PURPOSIVE"): {"MOBILE_OWN_15_49": 6, "BIRTH_REG_U5": 3},
    ("VNM", "SURVEY"): {"ELECTRICITY_HH": 6, "FULL_IMMUNISATION_U1": 6, "POV_NATIONAL_LINE": 8},
    ("VNM", "PURPOSIVE"): {"ELECTRICITY_HH": 3, "POV_NATIONAL_LINE": 3},
}

Row = dict[str, str]


def rows_of(source: str) -> list[Row]:
    with (FOLDER / f"{source}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sidecar(source: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{source}.toml").read_text(encoding="utf-8"))


ROWS = {source: rows_of(source) for source in SOURCES}
RECORDED = {"breakdown_facts.csv", "gateway_answers.csv", "quality_assessments.csv", "quality_scores.csv"}
"""What is said of the invented sources, written by hand: no figures."""
EVERY_ROW = [(source, row) for source in SOURCES for row in ROWS[source]]
SHOWN = [(source, row) for source, row in EVERY_ROW if row["OBS_STATUS"] != "Q"]


def official_keys() -> set[tuple[str, str, str]]:
    found = set()
    for path in sorted((ROOT / "sample_data" / "figures").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {(r["SERIES"], r["REF_AREA"], r["GROUP"]) for r in csv.DictReader(file) if r["OBS_VALUE"]}
    return found


def members(row: Row) -> frozenset[str]:
    return frozenset(member for member in row["GROUP"].split("|") if member)


def test_the_script_writes_the_committed_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SCRIPT), "--into", str(tmp_path)], check=True, capture_output=True)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    held = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.is_file()}
    assert written == {name: content for name, content in held.items() if name not in RECORDED}


def test_another_seed_writes_other_figures(tmp_path: Path) -> None:
    text = "import illustrative_respondents as r; r.SEED += 1; import make_illustrative as m; "
    text += f"import sys; sys.argv = ['x', '--into', {str(tmp_path)!r}]; m.main()"
    subprocess.run([sys.executable, "-c", text], check=True, capture_output=True, cwd=SCRIPT.parent)
    same = [s for s in SOURCES if (tmp_path / f"{s}.csv").read_bytes() == (FOLDER / f"{s}.csv").read_bytes()]
    assert same == []


def test_every_country_has_three_sources_and_the_whole_is_of_a_readable_size() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(SOURCES)
    assert 600 <= len(EVERY_ROW) <= 1200
    assert Counter(row["OBS_STATUS"] for _, row in EVERY_ROW).keys() == {"A", "U", "Q"}


@pytest.mark.parametrize("source", SOURCES)
def test_the_sidecar_says_invented_and_names_nobody(source: str) -> None:
    facts = sidecar(source)
    content = (FOLDER / f"{source}.csv").read_bytes()
    assert facts["code"] == source
    assert facts["illustrative"] is True
    assert facts["origin"] == "community"
    assert facts["publisher"] == "Illustrative data generator of this project"
    assert facts["title"].startswith("Illustrative ")
    assert facts["licence"] == "CC0-1.0 (invented figures)"
    assert facts["licence_state"] == "attribution"
    assert facts["consent"] == "not_applicable"
    assert facts["recognition"] == ""
    assert facts["caveats"].startswith("Every figure is invented: drawn at random from assumptions stated")
    assert facts["countries"] == [source[:3]]
    assert facts["rows"] == len(ROWS[source])
    assert facts["sha256"] == hashlib.sha256(content).hexdigest()
    assert (
        facts["sampling"] == {"SURVEY": "probability", "PURPOSIVE": "purposive", "SCORECARD": "scorecard"}[source[8:]]
    )


def test_every_row_says_it_is_invented() -> None:
    assert [
        row for _, row in EVERY_ROW if not row["COMMENT_OBS"].startswith("Invented figure, for illustration only.")
    ] == []


def test_no_real_body_is_named() -> None:
    bodies = (
        r"\b(WHO|UNICEF|UNDP|JMP|OPHI|IIPS|NFHS|DHS|MICS|NMICS|BBS|KNBS|CBS|GSO|NSO|OWID|PAPI|CECODES|BRAC|USAID|"
        r"NGO|Ministry|Bureau|World Bank|Map Kibera|Kibera|Oxford|Fatherland|Registrar|Authority|Fund|Office of)\b"
    )
    files = [path for path in FOLDER.rglob("*.*") if path.name not in RECORDED]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    assert {name: found for name, text in texts.items() if (found := re.findall(bodies, text))} == {}


def test_areas_are_known_ones_of_the_country() -> None:
    assert [r["REF_AREA"] for s, r in EVERY_ROW if r["REF_AREA"] not in AREAS[s[:3]].split()] == []
    with (ROOT / "sample_data" / "catalogue" / "areas.csv").open(encoding="utf-8", newline="") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    assert set(" ".join(AREAS.values()).split()) <= known


def test_groups_are_canonical_generic_and_without_ethnicity() -> None:
    keys = {row["GROUP"] for _, row in EVERY_ROW}
    assert "" in keys
    for key in keys - {""}:
        parts = key.split("|")
        dimensions = [part.split("=")[0] for part in parts]
        assert parts == sorted(parts), key
        assert len(dimensions) == len(set(dimensions)), key
        assert set(parts) <= MEMBERS, key
    files = [path for path in FOLDER.rglob("*.*") if path.name not in RECORDED]
    assert "ETHNICITY" not in "".join(path.read_text(encoding="utf-8") for path in files)


def test_one_row_per_area_series_group_and_period() -> None:
    for source in SOURCES:
        keys = Counter((r["REF_AREA"], r["SERIES"], r["GROUP"], r["TIME_PERIOD"]) for r in ROWS[source])
        assert [key for key, count in keys.items() if count > 1] == []


def test_values_lie_in_their_interval_and_on_their_scale() -> None:
    for _, row in SHOWN:
        lowest, highest = (1.0, 5.0) if row["SERIES"].startswith("ILL_SCORE_") else (0.0, 100.0)
        lower, value, upper = (float(row[c]) for c in ("LOWER_BOUND", "OBS_VALUE", "UPPER_BOUND"))
        assert lowest <= lower <= value <= upper <= highest, row
        assert lower < upper, row
        if row["STD_ERR"]:
            assert 0 < float(row["STD_ERR"]) < (upper - lower), row
        assert bool(row["STD_ERR"]) == (lowest < value < highest), row


def test_scorecards_hold_scores_and_the_others_shares() -> None:
    assert {s[8:] for s, r in EVERY_ROW if r["SERIES"].startswith("ILL_SCORE_")} == {"SCORECARD"}
    assert {r["SERIES"].startswith("ILL_SCORE_") for s, r in EVERY_ROW if s.endswith("SCORECARD")} == {True}


def test_sample_sizes_and_flags_agree() -> None:
    sizes = [(int(row["SAMPLE_SIZE"]), row["OBS_STATUS"]) for _, row in SHOWN]
    assert {("U" if n < 50 else "A") == status for n, status in sizes} == {True}
    assert (min(sizes)[0], max(sizes)[0]) == (25, 895)
    assert {row["POPULATION"] for _, row in EVERY_ROW} == {""}


def test_a_withheld_row_shows_nothing() -> None:
    withheld = [row for _, row in EVERY_ROW if row["OBS_STATUS"] == "Q"]
    empty = ("OBS_VALUE", "STD_ERR", "LOWER_BOUND", "UPPER_BOUND", "SAMPLE_SIZE", "POPULATION")
    assert {row[column] for row in withheld for column in empty} == {""}
    assert {"Withheld: too few respondents." in row["COMMENT_OBS"] for row in withheld} == {True}
    assert Counter(s for s, r in EVERY_ROW if r["OBS_STATUS"] == "Q") == {
        "BGD_ILL_PURPOSIVE": 3,
        "BGD_ILL_SURVEY": 8,
        "IND_ILL_PURPOSIVE": 1,
        "IND_ILL_SURVEY": 6,
        "VNM_ILL_SURVEY": 1,
    }


def test_no_group_of_one_to_nine_is_left_by_subtracting_a_group_from_a_larger_one() -> None:
    cells: dict[tuple[str, ...], dict[frozenset[str], int]] = defaultdict(dict)
    for source, row in SHOWN:
        key = (source, row["REF_AREA"], row["SERIES"], row["TIME_PERIOD"])
        cells[key][members(row)] = int(row["SAMPLE_SIZE"])
    left = [
        (key, whole - part)
        for key, sizes in cells.items()
        for outer, whole in sizes.items()
        for inner, part in sizes.items()
        if outer < inner and 0 < whole - part < 10
    ]
    assert left == []


def test_no_single_withheld_area_can_be_found_by_subtraction_from_the_country() -> None:
    areas: dict[tuple[str, ...], set[str]] = defaultdict(set)
    gone: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for source, row in EVERY_ROW:
        key = (source, row["SERIES"], row["GROUP"], row["TIME_PERIOD"])
        areas[key].add(row["REF_AREA"])
        if row["OBS_STATUS"] == "Q":
            gone[key].add(row["REF_AREA"])
    sampled_elsewhere = {"IND_ILL_SURVEY", "KEN_ILL_SURVEY", "VNM_ILL_SURVEY"}
    alone = [k for k, q in gone.items() if len(q) == 1 and k[0][:3] in areas[k] and k[0] not in sampled_elsewhere]
    assert alone == []


def test_a_total_lies_between_women_and_men() -> None:
    values: dict[tuple[Any, ...], float] = {
        (s, r["REF_AREA"], r["SERIES"], r["TIME_PERIOD"], members(r)): float(r["OBS_VALUE"]) for s, r in SHOWN
    }
    compared = 0
    for (*where, group), women in values.items():
        if "SEX=F" not in group:
            continue
        rest = group - {"SEX=F"}
        men, both = values.get((*where, rest | {"SEX=M"})), values.get((*where, rest))
        if men is not None and both is not None:
            compared += 1
            assert min(women, men) - 0.1 <= both <= max(women, men) + 0.1, where
    assert compared == 91


def test_men_and_women_add_up_to_everybody_asked() -> None:
    sizes: dict[tuple[Any, ...], int] = {
        (s, r["REF_AREA"], r["SERIES"], r["TIME_PERIOD"], members(r)): int(r["SAMPLE_SIZE"]) for s, r in SHOWN
    }
    for (*where, group), women in sizes.items():
        men = sizes.get((*where, (group - {"SEX=F"}) | {"SEX=M"}))
        both = sizes.get((*where, group - {"SEX=F"}))
        if "SEX=F" in group and men is not None and both is not None:
            assert women + men == both, where


def test_people_with_disabilities_are_worse_off_in_every_country_row_as_assumed() -> None:
    favourable = {row["series"]: row["favourable"] == "1" for row in table("series.csv")}
    values = {
        (s, r["SERIES"], r["TIME_PERIOD"], r["GROUP"]): float(r["OBS_VALUE"])
        for s, r in SHOWN
        if len(r["REF_AREA"]) == 3 and r["SERIES"] in favourable
    }
    found = {
        key[:3]: (values[*key[:3], ""] - value) * (1 if favourable[key[1]] else -1)
        for key, value in values.items()
        if key[3] == "DISABILITY_STATUS=PD"
    }
    assert len(found) == 43
    assert {key: gap for key, gap in found.items() if gap <= 0} == {}


def test_pairs_with_official_figures_exist_by_series_area_and_group() -> None:
    official = official_keys()
    pairs: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for source, row in SHOWN:
        if (row["SERIES"], row["REF_AREA"], row["GROUP"]) in official:
            pairs[source[:3], source[8:]][row["SERIES"]] += 1
    assert {key: dict(counts) for key, counts in pairs.items()} == OFFICIAL_PAIRS


def test_purposive_samples_give_no_country_row_of_an_official_series() -> None:
    own = {row["series"] for row in table("series.csv")}
    assert [r for s, r in EVERY_ROW if "PURPOSIVE" in s and len(r["REF_AREA"]) == 3 and r["SERIES"] not in own] == []


def test_series_are_defined_once_and_used() -> None:
    own = {row["series"]: row for row in table("series.csv")}
    used = {row["SERIES"] for _, row in EVERY_ROW}
    assert {code for code in used if code.startswith("ILL_")} == set(own)
    with (ROOT / "sample_data" / "catalogue" / "series.csv").open(encoding="utf-8", newline="") as file:
        shared = {row["series"] for row in csv.DictReader(file)}
    assert used - set(own) <= shared
    assert not set(own) & shared
    for code, row in own.items():
        score = code.startswith("ILL_SCORE_")
        assert (row["unit"], row["value_min"], row["value_max"], row["scale"]) == (
            ("SCORE", "1", "5", "5") if score else ("PT", "0", "100", "100")
        )
        assert row["note"].startswith("Invented series for illustration.")


def test_every_source_says_how_it_measures_each_of_its_series() -> None:
    measured = {(row["source"], row["series"]): row for row in table("source_series.csv")}
    assert set(measured) == {(source, row["SERIES"]) for source, row in EVERY_ROW}
    asked = {(s, r["SERIES"]) for s, r in EVERY_ROW if "DISABILITY_STATUS" in r["GROUP"]}
    assert {key for key, row in measured.items() if row["disability_method"] == "Washington Group short set"} == asked
    assert {row["definition"] == "" for row in measured.values()} == {False}


def test_own_categories_are_the_ones_used() -> None:
    categories = {f"{row['dimension']}={row['code']}": row for row in table("categories.csv")}
    assert set(categories) == {"SETTLEMENT=informal", "MIGRATION=migrant"}
    assert categories["SETTLEMENT=informal"]["name"] == "Informal settlement"
    assert {row["code"] for row in table("dimensions.csv")} == {"SETTLEMENT", "MIGRATION"}
    assert set(categories) <= {member for _, row in EVERY_ROW for member in members(row)}


def test_the_page_about_it_states_the_seed_the_switch_and_the_size() -> None:
    page = (ROOT / "docs" / "illustrative.md").read_text(encoding="utf-8")
    seed = re.search(r"^SEED = (\d+)$", (SCRIPT.parent / "illustrative_respondents.py").read_text(), re.MULTILINE)
    assert seed and seed[1] in page
    assert "VOICES_COUNT_ILLUSTRATIVE=off" in page
    assert f"{len(EVERY_ROW):,} rows" in page
