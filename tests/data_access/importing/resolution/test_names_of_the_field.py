"""Names as partners' files write them, each resolved to a whole code or asked with whole candidates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.importing.resolution import Question, Resolved, Resolver
from data_access.importing.resolution.names import comparable
from data_access.importing.resolution.vintages import Transfer, UnknownVintage, vintages
from data_access.importing.shipped import catalogue_rows


@pytest.fixture(scope="module")
def resolver(filled: Engine) -> Iterator[Resolver]:
    with Session(filled) as session:
        yield Resolver.of(session)


def code(resolver: Resolver, text: str, country: str, kind: str | None = None) -> str:
    found = resolver.area(text, kind, country)
    assert isinstance(found, Resolved), (text, found)
    return found.code


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        (
            "KEN",
            {
                "Murang'a": "KE-29", "Murang’a": "KE-29", "MURANGA": "KE-29", "Tharaka-Nithi": "KE-41",
                "Tharaka - Nithi": "KE-41", "Elgeyo/Marakwet": "KE-05", "Elgeyo–Marakwet": "KE-05",
                "Taita–Taveta": "KE-39", "Taita/Taveta": "KE-39", "Homa Bay": "KE-08", "Homabay County": "KE-08",
                "Nairobi City": "KE-30", "Trans-Nzoia": "KE-42", "Tana-River": "KE-40", "Kenya": "KEN",
            },
        ),
        (
            "VNM",
            {
                "Thành phố Hồ Chí Minh": "VN-SG", "TP HCM": "VN-SG", "TP. Hồ Chí Minh": "VN-SG",
                "Ho Chi Minh": "VN-SG", "Ba Ria - Vung Tau": "VN-43", "Bà Rịa-Vũng Tàu": "VN-43",
                "Thua Thien-Hue": "VN-26", "Thừa Thiên Huế": "VN-26", "TP Huế": "VN-26", "Hue": "VN-26",
                "Đắc Lắc": "VN-33", "Dak Lak": "VN-33", "tỉnh Bắc Cạn": "VN-53", "Hoà Bình": "VN-14",
                "Khánh Hoà": "VN-34", "CẢ NƯỚC": "VNM", "WHOLE COUNTRY": "VNM",
            },
        ),
        (
            "NPL",
            {
                "Province No. 1": "NP-P1", "Province 1": "NP-P1", "प्रदेश नं. १": "NP-P1", "Koshi Province": "NP-P1",
                "Province No. 2": "NP-P2", "Madhesh Pradesh": "NP-P2", "Bagmati Pradesh": "NP-P3",
                "Province No. 5": "NP-P5", "Lumbini": "NP-P5", "Sudurpaschim Province": "NP-P7",
                "Nawalparasi (Bardaghat Susta East)": "NP0447", "Parasi": "NP0547", "East Rukum": "NP0552",
                "Western Rukum": "NP0652", "Kavre": "NP0324", "Chitwan": "NP0335", "Nepal": "NPL",
            },
        ),
        (
            "IND",
            {
                "Orissa": "IN-OD", "Uttaranchal": "IN-UK", "Pondicherry": "IN-PY", "Jammu & Kashmir": "IN-JK",
                "J&K": "IN-JK", "NCT of Delhi": "IN-DL", "A & N Islands": "IN-AN", "Telangana": "IN-TS",
                "Ladakh": "IN-LA", "Dadra & Nagar Haveli and Daman & Diu": "IN-DH", "बिहार": "IN-BR",
                "ओडिशा": "IN-OD", "उत्तर प्रदेश": "IN-UP", "All India": "IND",
            },
        ),
    ],
    ids=["Kenya", "Viet Nam", "Nepal", "India"],
)  # fmt: skip
def test_every_spelling_is_one_area(resolver: Resolver, country: str, expected: dict[str, str]) -> None:
    assert {text: code(resolver, text, country) for text in expected} == expected


def test_districts_of_bangladesh_by_either_spelling(resolver: Resolver) -> None:
    expected = {
        "Chittagong": "BD2015", "Chattogram": "BD2015", "Comilla": "BD2019", "Cumilla": "BD2019",
        "Barisal": "BD1006", "Barishal": "BD1006", "Jessore": "BD4041", "Jashore": "BD4041", "Bogra": "BD5010",
        "Bogura": "BD5010", "Cox's Bazar": "BD2022", "Coxs Bazar": "BD2022", "Chapai Nawabganj": "BD5070",
    }  # fmt: skip
    assert {text: code(resolver, text, "BGD", "admin2") for text in expected} == expected


@pytest.mark.parametrize(
    ("text", "country", "candidates"),
    [
        ("Nawalparasi", "NPL", ["NP0447", "NP0547"]),
        ("Rukum", "NPL", ["NP0552", "NP0652"]),
        ("Ha Tay", "VNM", ["VN-HN"]),
        ("Hà Tây", "VNM", ["VN-HN"]),
        ("Daman & Diu", "IND", ["IN-DH"]),
        ("Dadra & Nagar Haveli", "IND", ["IN-DH"]),
        ("Andhra Pradesh (undivided)", "IND", ["IN-AP", "IN-TS"]),
        ("Jammu and Kashmir (including Ladakh)", "IND", ["IN-JK", "IN-LA"]),
        ("Dhaka", "BGD", ["BD-C", "BD3026"]),
        ("Chittagong", "BGD", ["BD-B", "BD2015"]),
    ],
)
def test_what_is_no_more_or_two_things_is_asked(
    resolver: Resolver, text: str, country: str, candidates: list[str]
) -> None:
    asked = resolver.area(text, None, country)
    assert isinstance(asked, Question)
    assert [c.code for c in asked.candidates] == candidates


def test_the_34_by_name_and_official_number_and_the_29_that_are_gone(resolver: Resolver) -> None:
    since = vintages("VNM").get("VNM-34").areas
    assert len({area.official_code for area in since}) == 34
    for area in since:
        for text in (area.name, area.official_code, area.code):
            assert resolver.area(text, vintage="VNM-34") == Resolved(
                area.code, "code" if text != area.name else "current name"
            )
    kept = {area.name for area in since}
    before = {"Yên Bái": "VN25-02", "Bình Dương": "VN25-SG", "Kon Tum": "VN25-29", "Hà Giang": "VN25-07"}
    assert not kept & set(before)
    for text, into in before.items():
        asked = resolver.area(text, vintage="VNM-34")
        assert isinstance(asked, Question)
        assert [c.code for c in asked.candidates] == [into]
    assert resolver.area("Yên Bái") == Resolved("VN-06", "current name")
    assert resolver.area("TP HCM", vintage="VNM-34") == Resolved("VN25-SG", "further name")
    with pytest.raises(UnknownVintage):
        resolver.area("Yên Bái", vintage="VNM-99")


def test_which_of_the_63_went_into_which_of_the_34() -> None:
    made = {area: parts for area, parts in Transfer.between("VNM-63", "VNM-34").parts.items() if len(parts) > 1}
    assert made == {
        "VN25-02": ("VN-02", "VN-06"), "VN25-07": ("VN-07", "VN-03"), "VN25-18": ("VN-18", "VN-63", "VN-67"),
        "VN25-25": ("VN-25", "VN-24"), "VN25-29": ("VN-29", "VN-28"), "VN25-30": ("VN-30", "VN-31"),
        "VN25-33": ("VN-33", "VN-32"), "VN25-34": ("VN-34", "VN-36"), "VN25-35": ("VN-35", "VN-72", "VN-40"),
        "VN25-37": ("VN-37", "VN-41"), "VN25-39": ("VN-39", "VN-58"), "VN25-44": ("VN-44", "VN-47"),
        "VN25-45": ("VN-45", "VN-46"), "VN25-49": ("VN-49", "VN-50", "VN-51"), "VN25-56": ("VN-56", "VN-54"),
        "VN25-59": ("VN-59", "VN-55"), "VN25-66": ("VN-66", "VN-20"), "VN25-68": ("VN-68", "VN-70", "VN-14"),
        "VN25-69": ("VN-69", "VN-53"), "VN25-CT": ("VN-CT", "VN-52", "VN-73"), "VN25-DN": ("VN-DN", "VN-27"),
        "VN25-HP": ("VN-HP", "VN-61"), "VN25-SG": ("VN-SG", "VN-43", "VN-57"),
    }  # fmt: skip


LANGUAGES = {
    "French": {
        "SEX": {"Féminin": "F", "Masculin": "M", "Ensemble": "_T", "Les deux sexes": "_T"},
        "URBANISATION": {"Urbain": "U", "MILIEU RURAL": "R"},
        "INCOME_WEALTH_QUANTILE": {"Le plus pauvre": "Q1", "Deuxième quintile": "Q2", "Le plus riche": "Q5"},
        "EDUCATION_LEV": {"Sans instruction": "NONE", "Primaire": "PRIMARY", "Secondaire": "SECONDARY"},
        "DISABILITY_STATUS": {"En situation de handicap": "PD", "Sans handicap": "PWD"},
        "DISABILITY_TYPE": {"Difficultés à voir": "seeing", "Marcher": "walking"},
        "ETHNICITY": {"Minorités ethniques": "ethnic_minority"},
        "AGE": {"moins de 5 ans": "Y0T4", "15 à 19 ans": "Y15T19", "65 ans et plus": "YGE65", "6-59 mois": "M6T59"},
    },
    "Vietnamese": {
        "SEX": {"Nữ giới": "F", "Nam": "M", "Cả hai giới": "_T"},
        "URBANISATION": {"Thành thị": "U", "Khu vực nông thôn": "R"},
        "INCOME_WEALTH_QUANTILE": {"Nghèo nhất": "Q1", "Nhóm 2": "Q2", "Giàu nhất": "Q5"},
        "EDUCATION_LEV": {"Tiểu học": "PRIMARY", "THCS": "LOWER_SECONDARY", "Trung học phổ thông": "UPPER_SECONDARY"},
        "DISABILITY_STATUS": {"Người khuyết tật": "PD", "Không khuyết tật": "PWD"},
        "DISABILITY_TYPE": {"Nghe": "hearing", "Khuyết tật trí tuệ": "intellectual"},
        "ETHNICITY": {"Dân tộc thiểu số": "ethnic_minority"},
        "AGE": {"Dưới 5 tuổi": "Y0T4", "Từ 15 đến 24 tuổi": "Y15T24", "65 tuổi trở lên": "YGE65"},
    },
    "Nepali": {
        "SEX": {"महिला": "F", "पुरुष": "M", "दुवै लिङ्ग": "_T"},
        "URBANISATION": {"सहरी": "U", "गाउँ": "R"},
        "INCOME_WEALTH_QUANTILE": {"सबैभन्दा गरिब": "Q1", "मध्यम": "Q3", "सबैभन्दा धनी": "Q5"},
        "EDUCATION_LEV": {"प्राथमिक": "PRIMARY", "निम्न माध्यमिक": "LOWER_SECONDARY", "माध्यमिक": "SECONDARY"},
        "DISABILITY_STATUS": {"अपाङ्गता भएका": "PD", "अपाङ्गता नभएका": "PWD"},
        "DISABILITY_TYPE": {"शारीरिक": "physical", "बौद्धिक": "intellectual"},
        "ETHNICITY": {"दलित": "dalit", "अन्य": "others"},
        "AGE": {"५ वर्ष मुनि": "Y0T4", "१५-४९ वर्ष": "Y15T49"},
    },
    "Hindi": {
        "SEX": {"महिलाएं": "F", "पुरुष": "M", "सभी": "_T"},
        "URBANISATION": {"नगरीय": "U", "ग्रामीण": "R"},
        "INCOME_WEALTH_QUANTILE": {"सबसे गरीब": "Q1", "दूसरा": "Q2", "सबसे अमीर": "Q5"},
        "EDUCATION_LEV": {"कोई शिक्षा नहीं": "NONE", "उच्चतर माध्यमिक": "UPPER_SECONDARY"},
        "DISABILITY_STATUS": {"दिव्यांग": "PD", "गैर दिव्यांग": "PWD"},
        "DISABILITY_TYPE": {"देखने में": "seeing", "मानसिक रोग": "mental"},
        "ETHNICITY": {"अनुसूचित जाति": "scheduled_caste", "अनुसूचित जनजाति": "scheduled_tribe"},
        "AGE": {"5 वर्ष से कम": "Y0T4", "15 से 24 वर्ष": "Y15T24"},
    },
    "Bangla": {
        "SEX": {"নারী": "F", "ছেলে": "M", "সকল": "_T"},
        "URBANISATION": {"শহরাঞ্চল": "U", "গ্রামাঞ্চল": "R"},
        "INCOME_WEALTH_QUANTILE": {"দরিদ্রতম": "Q1", "দ্বিতীয়": "Q2", "ধনীতম": "Q5"},
        "EDUCATION_LEV": {"প্রাথমিক": "PRIMARY", "মাধ্যমিক": "SECONDARY"},
        "DISABILITY_STATUS": {"প্রতিবন্ধী ব্যক্তি": "PD", "প্রতিবন্ধী নয়": "PWD"},
        "DISABILITY_TYPE": {"শারীরিক": "physical", "চলাফেরা": "walking"},
        "AGE": {"১৫-১৯ বছর": "Y15T19", "৬৫ বছর ও তার বেশি": "YGE65"},
    },
    "Swahili": {
        "SEX": {"Wanawake": "F", "Wavulana": "M", "Jinsia zote": "_T"},
        "URBANISATION": {"Mjini": "U", "Maeneo ya vijijini": "R"},
        "INCOME_WEALTH_QUANTILE": {"Maskini zaidi": "Q1", "Tajiri zaidi": "Q5"},
        "EDUCATION_LEV": {"Bila elimu": "NONE", "Msingi": "PRIMARY", "Sekondari": "SECONDARY"},
        "DISABILITY_STATUS": {"Watu wenye ulemavu": "PD", "Wasio na ulemavu": "PWD"},
        "DISABILITY_TYPE": {"Kuona": "seeing", "Kutembea": "walking"},
        "AGE": {"chini ya miaka 5": "Y0T4", "miaka 15-24": "Y15T24", "miaka 65 na zaidi": "YGE65"},
    },
    "English": {
        "SEX": {"Girls": "F", "Boys": "M", "Both sexes": "_T"},
        "EDUCATION_LEV": {"No formal education": "NONE", "Senior secondary": "UPPER_SECONDARY", "Other": "OTHER"},
        "DISABILITY_TYPE": {"Vision": "seeing", "Mobility": "walking", "Psychosocial": "mental"},
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_in_the_words_of_the_field(resolver: Resolver, language: str) -> None:
    expected = LANGUAGES[language]
    found = {dimension: {text: resolver.group(dimension, text) for text in of} for dimension, of in expected.items()}
    assert {
        dimension: {text: one.code if isinstance(one, Resolved) else one for text, one in of.items()}
        for dimension, of in found.items()
    } == expected


def test_no_word_for_a_group_means_two_but_the_one_that_is_known_to() -> None:
    """PWD is the code of persons without disabilities, and a usual abbreviation of persons with disabilities."""
    meant: dict[tuple[str, str], set[str]] = {}
    everywhere = {}
    for row in catalogue_rows("category_names", illustrative=False):
        if row["dimension"] == "*":
            everywhere[comparable(row["name"])] = row["code"]
    for row in catalogue_rows("category_names", illustrative=False):
        meant.setdefault((row["dimension"], comparable(row["name"])), set()).add(row["code"])
        if row["dimension"] != "*":
            assert comparable(row["name"]) not in everywhere, row
    for row in catalogue_rows("categories", illustrative=False):
        for text in (row["code"], row["name"], row["published_name"]):
            meant.setdefault((row["dimension"], comparable(text)), set()).add(row["code"])
    assert {key: codes for key, codes in meant.items() if len(codes) > 1} == {
        ("DISABILITY_STATUS", "pwd"): {"PD", "PWD"}
    }
