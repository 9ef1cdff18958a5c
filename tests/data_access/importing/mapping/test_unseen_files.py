"""Files as the field has them, read, drafted and corrected as little as a steward must: every figure, whole."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.importing import readers
from data_access.importing.findings import Finding
from data_access.importing.mapping.adapter import FromCatalogues
from data_access.importing.mapping.apply import Harmonised, harmonise
from data_access.importing.mapping.periods import period_of
from data_access.importing.mapping.propose import propose
from data_access.importing.mapping.reading import MappingRefused, load_mapping
from data_access.importing.readers import UnreadableFile
from data_access.importing.resolution.resolver import Resolver
from tests.data_access.importing.mapping.parts import SOURCE_YAML, sheet, workbook

Row = tuple[str, str, str, str, float | None]
SERIES = "please confirm: which series of the catalogue this is"


@pytest.fixture(scope="module")
def known(filled: Engine) -> Iterator[FromCatalogues]:
    with Session(filled) as session:
        yield FromCatalogues(Resolver.of(session))


def drafted(path: Path, series: str = "", **corrections: str) -> tuple[str, Any]:
    """The draft of a file with the series named and each ``corrections`` key's line put in its place, and the file."""
    book = readers.read(path)
    lines = []
    for line in propose(book).splitlines():
        key = line.strip().removeprefix("# ").partition(":")[0]
        if series and SERIES in line:
            line = line[: line.index("series:")] + f"series: {series}"
        elif key in corrections:
            line = " " * (len(line) - len(line.lstrip())) + f"{key}: {corrections[key]}"
        elif line == "    # fixed:" and "period" in corrections:
            line = "    fixed:"
        lines.append(line)
    return "\n".join(lines), book


def read(path: Path, known: FromCatalogues, series: str = "", **corrections: str) -> Harmonised:
    draft, book = drafted(path, series, **corrections)
    return harmonise(book, load_mapping(draft), known)


def rows(found: Harmonised) -> list[Row]:
    return [(r.area, r.series, r.group, r.time_period, r.value) for r in found.rows]


def open_questions(found: Harmonised) -> list[tuple[str, str, str]]:
    return [(f.kind, f.rule, f.value) for f in found.findings if f.kind != "remark"]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def xlsx(path: Path, *cells: Sequence[Any], merged: Sequence[tuple[int, ...]] = (), percent: bool = False) -> Path:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Table")
    shown = book.add_format({"num_format": "0.0%"}) if percent else None
    for at, line in enumerate(cells):
        for place, cell in enumerate(line):
            if isinstance(cell, str):
                page.write_string(at, place, cell)
            elif cell is not None:
                page.write_number(at, place, cell, shown)
    for top, left, bottom, right in merged:
        page.merge_range(top, left, bottom, right, cells[top][left])
    book.close()
    path.write_bytes(out.getvalue())
    return path


def test_px_web_semicolons_decimal_commas_preliminary_years_and_vietnamese_notes(
    tmp_path: Path, known: FromCatalogues
) -> None:
    path = written(
        tmp_path / "px.csv",
        '"Poverty rate"\n\n"Cities, provincies";"2018";"Prel. 2019";"Sơ bộ 2020"\n"WHOLE COUNTRY";6,8;5,7;4,8\n'
        '"Ha Noi";1,2;0,8;..\n"Thanh Hoa";8,4;"..";"3,1"\n\nGhi chú: số sơ bộ\nNguồn: GSO\n',
    )
    found = read(path, known, "POV_NATIONAL_LINE")
    pov = "POV_NATIONAL_LINE"
    assert rows(found) == [
        ("VNM", pov, "", "2018", 6.8), ("VNM", pov, "", "2019", 5.7), ("VNM", pov, "", "2020", 4.8),
        ("VN-HN", pov, "", "2018", 1.2), ("VN-HN", pov, "", "2019", 0.8),
        ("VN-21", pov, "", "2018", 8.4), ("VN-21", pov, "", "2020", 3.1),
    ]  # fmt: skip
    assert [r.status for r in found.rows] == ["A", "P", "P", "A", "P", "A", "P"]
    assert open_questions(found) == []


def test_a_grouped_number_in_a_file_of_decimal_commas_is_thousands(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(
        tmp_path / "f.csv", 'Tỉnh;Năm;Dân số;Tỷ lệ (%)\nHà Nội;2019;"1.234";1,25\nCao Bằng;2019;"9.876";30,8\n'
    )
    draft, book = drafted(path, "MPI_H")
    assert '    decimal: ","' in draft
    found = harmonise(book, load_mapping(draft), known)
    assert [(r.area, r.value, r.population) for r in found.rows] == [("VN-HN", 1.25, 1234), ("VN-04", 30.8, 9876)]


def test_one_comma_two_hundred_and_thirty_four_is_asked_and_answered(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(tmp_path / "f.csv", "County;2019\nEmbu;1,234\nBaringo;2,345\n")
    with pytest.raises(MappingRefused, match="decimal, value 'ASK'"):
        read(path, known, "MPI_H")
    assert [v for *_, v in rows(read(path, known, "MPI_H", decimal='","'))] == [1.234, 2.345]
    assert [v for *_, v in rows(read(path, known, "MPI_H", decimal='"."'))] == [1234.0, 2345.0]


def test_cells_shown_as_per_cent_become_per_cent(tmp_path: Path, known: FromCatalogues) -> None:
    path = xlsx(tmp_path / "2019.xlsx", ["County", "MPI_H"], ["Embu", 0.423], ["Baringo", 0.512], percent=True)
    found = read(path, known)
    assert rows(found) == [("KE-06", "MPI_H", "", "2019", 42.3), ("KE-01", "MPI_H", "", "2019", 51.2)]


def test_numbers_from_0_to_1_of_a_series_in_per_cent_are_asked(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(tmp_path / "2019.csv", "County,MPI_H\nEmbu,0.423\nBaringo,0.512\n")
    with pytest.raises(MappingRefused, match="unit, value 'ASK'"):
        read(path, known)
    assert [v for *_, v in rows(read(path, known, unit="percent"))] == [0.423, 0.512]


def test_two_header_rows_merged_say_year_and_sex(tmp_path: Path, known: FromCatalogues) -> None:
    path = xlsx(
        tmp_path / "t.xlsx", ["Poverty by county"], ["County", "2018", None, "2019", None],
        [None, "Male", "Female", "Male", "Total"], ["Embu", 1.5, 2.5, 3.5, 4.5], ["* provisional"],
        merged=[(1, 1, 1, 2), (1, 3, 1, 4), (1, 0, 2, 0)],
    )  # fmt: skip
    assert rows(read(path, known, "MPI_H")) == [
        ("KE-06", "MPI_H", "SEX=M", "2018", 1.5), ("KE-06", "MPI_H", "SEX=F", "2018", 2.5),
        ("KE-06", "MPI_H", "SEX=M", "2019", 3.5), ("KE-06", "MPI_H", "", "2019", 4.5),
    ]  # fmt: skip


def test_a_three_row_header_below_titles_and_letters_under_it(tmp_path: Path, known: FromCatalogues) -> None:
    path = xlsx(
        tmp_path / "t.xlsx", ["Table 5.1 Poverty"], ["Citation: us"], [],
        ["ISO code", "Region", "Source", None, "Results", None], [None, None, "Survey", "Year", "H", "Population 2020"],
        [None, None, None, None, "%", "Thousands"], ["KEN", "Embu", "DHS", "2014", 38.2, 600],
        ["KEN", "Baringo", "DHS", "2014", 48.2, 700], [], ["Notes"], ["a  words"],
        merged=[(3, 2, 3, 3), (3, 4, 3, 5)],
    )  # fmt: skip
    draft, book = drafted(path)
    draft = draft.replace("series: RESULTS_H", "series: MPI_H")
    draft = draft.replace("series: RESULTS_POPULATION_THOUSANDS", "series: POPULATION")
    assert rows(harmonise(book, load_mapping(draft), known)) == [
        ("KE-06", "MPI_H", "", "2014", 38.2), ("KE-06", "POPULATION", "", "2020", 600_000.0),
        ("KE-01", "MPI_H", "", "2014", 48.2), ("KE-01", "POPULATION", "", "2020", 700_000.0),
    ]  # fmt: skip


def test_bangla_words_digits_and_divisions(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(tmp_path / "f.csv", "বিভাগ,লিঙ্গ,বছর,হার\nঢাকা,নারী,২০১৯,১২.৫\nচট্টগ্রাম,পুরুষ,২০১৯,১৩.৫\n")
    found = read(path, known, "MPI_H")
    assert rows(found) == [
        ("BD-C", "MPI_H", "SEX=F", "2019", 12.5), ("BD-B", "MPI_H", "SEX=M", "2019", 13.5),
    ]  # fmt: skip


def test_nepali_words_digits_former_names_and_calendar(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(
        tmp_path / "f.csv", "प्रदेश,लिङ्ग,आर्थिक वर्ष,प्रतिशत\nप्रदेश नं. १,महिला,२०७६/७७,१२.५\nमधेश,पुरुष,2076/77,१३.५\n"
    )
    found = read(path, known, "MPI_H")
    assert rows(found) == [
        ("NP-P1", "MPI_H", "SEX=F", "2019-20", 12.5), ("NP-P2", "MPI_H", "SEX=M", "2019-20", 13.5),
    ]  # fmt: skip


def test_hindi_words_and_lakhs(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(
        tmp_path / "f.csv", 'राज्य,वर्ष,सूचक,मान\nबिहार,2021,POPULATION,"12,34,567"\nओडिशा,2021,POPULATION,"7,65,432"\n'
    )
    assert rows(read(path, known)) == [
        ("IN-BR", "POPULATION", "", "2021", 1_234_567.0), ("IN-OD", "POPULATION", "", "2021", 765_432.0),
    ]  # fmt: skip


def test_french_words_in_windows_1252(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(
        tmp_path / "f.csv",
        "Comté;Année;Indicateur;Valeur;Borne inférieure;Borne supérieure\nEmbu;2019;MPI_H;12,5;10,1;14,9\n",
        "cp1252",
    )
    found = read(path, known)
    assert [(r.area, r.value, r.lower, r.upper) for r in found.rows] == [("KE-06", 12.5, 10.1, 14.9)]


def test_two_languages_in_one_header_and_cell(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(
        tmp_path / "f.csv",
        "Tỉnh/Province,Năm/Year,Giới tính/Sex,Tỷ lệ/Rate (%)\nHà Nội,2019,Nữ/Female,1.2\nCao Bằng,2019,Nam/Male,30.8\n",
    )
    assert rows(read(path, known, "MPI_H")) == [
        ("VN-HN", "MPI_H", "SEX=F", "2019", 1.2), ("VN-04", "MPI_H", "SEX=M", "2019", 30.8),
    ]  # fmt: skip


def test_marks_brackets_and_intervals_are_split_and_withheld_cells_withheld(
    tmp_path: Path, known: FromCatalogues
) -> None:
    path = written(
        tmp_path / "f.csv",
        "County,2018,2019\nEmbu,12.3*,(12.3)\nBaringo,<5,n/a\nBomet,–,…\nBungoma,14.2,12.3 (10.1-14.5)\nBusia,*,15.3\n",
    )
    draft, book = drafted(path, "MPI_H")
    found = harmonise(book, load_mapping(draft), known)
    assert [(r.area, r.time_period, r.value, r.lower, r.upper, r.status, r.note) for r in found.rows] == [
        ("KE-06", "2018", 12.3, None, None, "A", "marked *"), ("KE-06", "2019", 12.3, None, None, "U", ""),
        ("KE-01", "2018", None, None, None, "Q", ""), ("KE-03", "2018", 14.2, None, None, "A", ""),
        ("KE-03", "2019", 12.3, 10.1, 14.5, "A", ""), ("KE-04", "2018", None, None, None, "Q", ""),
        ("KE-04", "2019", 15.3, None, None, "A", ""),
    ]  # fmt: skip
    assert open_questions(found) == []
    assert "value and interval stand in one cell, as in 12.3 (10.1-14.5)." in draft
    assert "figures in brackets, as in (12.3)." in draft


def test_decimal_commas_intervals_and_people_asked_in_one_cell(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(
        tmp_path / "2019.csv",
        "County;With interval;With people;Error\nEmbu;12,3 (10,1–14,5);12,3 (n=1 204);(1,5)\n"
        "Baringo;9,5;9,5 % [n: 38];2,5\nBomet;8,5 % (7,5 % to 9,5 %);…;…\n",
    )
    draft, book = drafted(path)
    draft = draft.replace("series: WITH_INTERVAL", "series: MPI_H").replace("series: WITH_PEOPLE", "series: MPI_A")
    found = harmonise(book, load_mapping(draft), known)
    assert [(r.area, r.series, r.value, r.lower, r.upper, r.n) for r in found.rows if r.series[:3] == "MPI"] == [
        ("KE-06", "MPI_H", 12.3, 10.1, 14.5, None), ("KE-06", "MPI_A", 12.3, None, None, 1204),
        ("KE-01", "MPI_H", 9.5, None, None, None), ("KE-01", "MPI_A", 9.5, None, None, 38),
        ("KE-02", "MPI_H", 8.5, 7.5, 9.5, None),
    ]  # fmt: skip


def test_a_number_that_may_be_two_is_asked_also_where_a_mapping_forgot_the_mark(
    tmp_path: Path, known: FromCatalogues
) -> None:
    path = xlsx(
        tmp_path / "2019.xlsx", ["County", "MPI_H", "asked"], ["Embu", "12,3", "1,234"], ["Bomet", 1.5, "12.345"],
        ["Busia", 2.5, "2,345"],
    )  # fmt: skip
    text = SOURCE_YAML + (
        'tables: [{columns: [{header: County, means: area}, {header: asked, means: n}], fixed: {period: "2019"}, '
        "values: [{header: MPI_H, series: MPI_H}]%s}]\n"
    )
    found = harmonise(readers.read(path), load_mapping(text % ""), known)
    ways = 'Write in the mapping, beside header_rows: decimal: "." (then {} is {}) or decimal: "," (then it is {}).'
    assert [(f.kind, f.rule, f.file, f.sheet, f.row, f.column, f.value) for f in found.findings[:2]] == [
        ("question", "unknown decimal mark", "2019.xlsx", "Table", 2, "asked", "1,234"),
        ("refused", "not a number", "2019.xlsx", "Table", 2, "MPI_H", "12,3"),
    ]
    assert found.findings[0].what == (
        "may be 1,234 or 1.234: nothing tells which. 3 cells of this column wait for the answer."
    )
    assert found.findings[0].mend == ways.format("1,234", "1,234", "1.234")
    assert [(r.area, r.value, r.n) for r in found.rows] == [("KE-02", 1.5, None), ("KE-04", 2.5, None)]
    comma = harmonise(readers.read(path), load_mapping(text % ", decimal: ','"), known)
    assert [(r.area, r.value) for r in comma.rows] == [("KE-06", 12.3), ("KE-02", 1.5), ("KE-04", 2.5)]
    assert comma.rows[1].n == 12345
    assert open_questions(comma) == []


def test_a_value_that_may_be_two_waits_for_its_answer(tmp_path: Path, known: FromCatalogues) -> None:
    text = SOURCE_YAML + (
        'tables: [{columns: [{header: County, means: area}], fixed: {period: "2019"}, '
        "values: [{header: MPI_H, series: MPI_H}]%s}]\n"
    )
    commas = written(tmp_path / "commas.csv", "County;MPI_H\nEmbu;12,3\nBomet;12.345\n")
    found = harmonise(readers.read(commas), load_mapping(text % ""), known)
    assert rows(found) == [("KE-06", "MPI_H", "", "2019", 12.3)]
    assert open_questions(found) == [("question", "unknown decimal mark", "12.345")]
    points = written(tmp_path / "points.csv", 'County,MPI_H\nEmbu,12.3\nBomet,"1,234.5"\nBusia,12.345\n')
    found = harmonise(readers.read(points), load_mapping(text % ""), known)
    assert [v for *_, v in rows(found)] == [12.3, 1234.5, 12.345]


@pytest.mark.parametrize(
    ("take", "said"),
    [("(.*)", "names its parts"), ("(?P<value>.*)(?P<sum>.*)", "names its parts"), ("(?P<value>.*", "regular")],
)
def test_a_pattern_that_takes_nothing_known_is_refused(take: str, said: str) -> None:
    with pytest.raises(MappingRefused, match=said):
        load_mapping(SOURCE_YAML + f"tables: [{{values: [{{letter: B, take: '{take}'}}]}}]\n")
    with pytest.raises(MappingRefused, match="said twice"):
        load_mapping(SOURCE_YAML + "tables: [{values: [{letter: B, take: '(?P<value>.)(?P<n>.)', n: {letter: C}}]}]\n")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("२०१९", "2019"), ("২০১৯-২০", "2019-20"), ("٢٠١٩", "2019"), ("2076/77", None), ("२०७६", None), ("১৪২৬", None),
        ("1426", None), ("2019-03-31", "2019"), ("2031", "2031"),
    ],
)  # fmt: skip
def test_digits_of_every_script_are_years_and_other_calendars_are_asked(text: str, period: str | None) -> None:
    assert period_of(text) == period
    assert period_of(text, {text: "2019-20"}) == "2019-20"


def test_years_of_another_calendar_are_asked_until_the_mapping_says_them(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(tmp_path / "f.csv", "प्रदेश,वर्ष,MPI_H\nप्रदेश नं. १,२०७६,12.5\nमधेश,२०१९,13.5\n")
    text = SOURCE_YAML + (
        "tables: [{columns: [{header: प्रदेश, means: area}, {header: वर्ष, means: period}], "
        "values: [{header: MPI_H, series: MPI_H}]%s}]\n"
    )
    found = harmonise(readers.read(path), load_mapping(text % ""), known)
    assert rows(found) == [("NP-P2", "MPI_H", "", "2019", 13.5)]
    assert open_questions(found) == [("question", "unknown period", "२०७६")]
    said = harmonise(readers.read(path), load_mapping(text % ", periods: {२०७६: 2019-20}"), known)
    assert rows(said) == [("NP-P1", "MPI_H", "", "2019-20", 12.5), ("NP-P2", "MPI_H", "", "2019", 13.5)]


def test_a_change_between_years_is_no_year(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(tmp_path / "f.csv", "County,2019,Change 2018-2019\nEmbu,2.5,-0.3\nBaringo,3.5,0.4\n")
    found = read(path, known, "MPI_H")
    assert [(r.area, r.time_period, r.value) for r in found.rows] == [("KE-06", "2019", 2.5), ("KE-01", "2019", 3.5)]
    assert [f.rule for f in found.findings if f.kind == "question"] == ["unknown period"]


def test_sdmx_csv_2_leaves_out_what_it_asks_to_delete_and_reads_codes_before_labels(
    tmp_path: Path, known: FromCatalogues
) -> None:
    path = written(
        tmp_path / "f.csv",
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA: Area,INDICATOR: Indicator,SEX: Sex,TIME_PERIOD: Time,"
        "OBS_VALUE: Value\n"
        "dataflow,X:Y(1.0),I,KEN: Kenya,MPI_H: Headcount,_T: Total,2014,38.9\n"
        "dataflow,X:Y(1.0),D,KEN: Kenya,MPI_H: Headcount,F: Female,2014,39.9\n",
    )
    found = read(path, known)
    assert rows(found) == [("KEN", "MPI_H", "", "2014", 38.9)]
    assert "1 rows left out: the file asks to delete them" in [f.what for f in found.findings]


HEAT = (
    "setting,date,source,indicator_abbr,indicator_name,dimension,subgroup,estimate,se,ci_lb,ci_ub,population,flag,"
    "setting_average,iso3,favourable_indicator,indicator_scale,ordered_dimension,subgroup_order,reference_subgroup\n"
    "Kenya,2022,DHS,MPI_H,H,Economic status (wealth quintile),Quintile 1 (poorest),55.3,1.2,52.1,58.4,1200,,30,KEN,"
    "0,100,1,1,0\n"
    "Kenya,2022,DHS,MPI_H,H,Place of residence,Rural,45.3,NA,NA,NA,NA,,30,KEN,0,100,0,0,0\n"
    "Kenya,2022,DHS,MPI_H,H,Subnational region,Embu,35.3,1,33,37,90,,30,KEN,0,100,0,0,0\n"
)


def test_heat_plus_says_fifths_residence_and_regions_in_its_own_words(tmp_path: Path, known: FromCatalogues) -> None:
    found = read(written(tmp_path / "f.csv", HEAT), known)
    assert rows(found) == [
        ("KEN", "MPI_H", "INCOME_WEALTH_QUANTILE=Q1", "2022", 55.3), ("KEN", "MPI_H", "URBANISATION=R", "2022", 45.3),
        ("KE-06", "MPI_H", "", "2022", 35.3),
    ]  # fmt: skip
    assert open_questions(found) == []


def test_a_category_that_heat_or_open_sdg_names_in_its_own_way_is_asked_in_its_dimension(
    tmp_path: Path, known: FromCatalogues
) -> None:
    heat = HEAT.replace("Rural", "Ruralish").replace("Subnational region,Embu", "Shoe size,Large")
    found = read(written(tmp_path / "f.csv", heat), known)
    assert rows(found) == [("KEN", "MPI_H", "INCOME_WEALTH_QUANTILE=Q1", "2022", 55.3)]
    assert [(f.rule, f.row, f.column, f.value, f.candidates) for f in found.findings if f.kind == "question"] == [
        ("unknown category of URBANISATION", 3, "subgroup", "Ruralish", ("R Rural (spelt 77 % alike)",)),
        ("unknown dimension", 4, "dimension", "Shoe size", ()),
    ]
    open_sdg = written(tmp_path / "o.csv", "Year,Series,SEX,GeoCode,Value\n2022,MPI_H,Womenfolk,KEN,12.5\n")
    assert [(f.rule, f.value) for f in read(open_sdg, known).findings if f.kind == "question"] == [
        ("unknown category of SEX", "Womenfolk")
    ]


def test_statcompilers_export(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(
        tmp_path / "f.csv",
        "Country,Survey,Indicator,Characteristic Category,Characteristic Label,Value,Denominator Unweighted,CI Low,"
        "CI High\n"
        "Kenya,2022 DHS,MPI_H,Total,Total,23.1,11800,22,24.2\nKenya,2022 DHS,MPI_H,Residence,Rural,*,38,,\n"
        "Kenya,2022 DHS,MPI_H,Region,Embu,20.1,400,18,22.2\n",
    )
    found = read(path, known)
    assert [(r.area, r.group, r.time_period, r.value, r.lower, r.n, r.status) for r in found.rows] == [
        ("KEN", "", "2022", 23.1, 22.0, 11800, "A"), ("KEN", "URBANISATION=R", "2022", None, None, 38, "Q"),
        ("KE-06", "", "2022", 20.1, 18.0, 400, "A"),
    ]  # fmt: skip


def test_provinces_since_july_2025_are_not_taken_for_those_before(tmp_path: Path, known: FromCatalogues) -> None:
    path = written(tmp_path / "f.csv", "Mã;Tỉnh;2025\n08;Tuyên Quang;3,2\n79;TP Hồ Chí Minh;3,3\n46;Huế;3,6\n")
    found = read(path, known, "MPI_H")
    assert rows(found) == [
        ("VN25-07", "MPI_H", "", "2025", 3.2), ("VN25-SG", "MPI_H", "", "2025", 3.3),
        ("VN-26", "MPI_H", "", "2025", 3.6),
    ]  # fmt: skip


@pytest.mark.parametrize(("version", "said"), [("v3_0", "SDMX-ML 3.0"), ("v2_0", "SDMX-ML 2.0")])
def test_other_versions_of_sdmx_ml_get_a_sentence(tmp_path: Path, version: str, said: str) -> None:
    of = f"http://www.sdmx.org/resources/sdmxml/schemas/{version}/message"
    path = written(tmp_path / "f.xml", f'<m:StructureSpecificData xmlns:m="{of}"><m:Header/></m:StructureSpecificData>')
    with pytest.raises(UnreadableFile, match=f"{said}, which is not read"):
        readers.read(path)


def test_hidden_rows_are_said(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Table")
    for at, line in enumerate((["County", "2019"], ["Embu", 1.5], ["Baringo", 2.5])):
        page.write_row(at, 0, line)
    page.set_row(2, None, None, {"hidden": True})
    page.set_column(1, 1, None, None, {"hidden": True})
    book.close()
    (tmp_path / "f.xlsx").write_bytes(out.getvalue())
    assert readers.read(tmp_path / "f.xlsx").remarks == (
        "Sheet 'Table': hidden rows are read like the others: 3.",
        "Sheet 'Table': hidden columns are read like the others: B.",
    )


CELLS = st.one_of(
    st.none(), st.integers(-5, 3000), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["County", "2019", "1,234", "12,5 (10–14)", "Total", "#adm1", "#date", "Nữ", "<5", "*", "\x07"]),
    st.text(max_size=8),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=9))
def test_any_sheet_has_a_draft_that_loads_or_asks(cells: list[list[Any]]) -> None:
    draft = propose(workbook(sheet(*cells)))
    try:
        load_mapping(draft)
    except MappingRefused as refused:
        asked: list[Finding] = [f for f in refused.findings if f.value != "ASK"]
        assert asked == []
