"""The shipped typefaces can draw what the six languages and the notation need."""

from pathlib import Path

import pytest

from dashboard.fonts.coverage import FONTS, UnreadableFont, characters_of, drawable_characters

NEEDED = {
    "English and notation": "ABCxyz0123456789 %‰–—…“”‘’·•≥≤≈≠→←↑↓▲▼●○◆◇■□±×−²³°€$₫₹৳\u00a0\u202f\ufffd",
    "Kiswahili": "Ng'ombe, afya, ujuzi",
    "Tiếng Việt": "ăâđêôơưàảãáạằẳẵắặầẩẫấậẻẽéẹềểễếệìỉĩíịồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂĐÊÔƠƯ",
    "বাংলা": "অআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহৎংঃঁািীুূৃেৈোৌ্০১২৩৪৫৬৭৮৯।\u09bc",
    "हिन्दी and नेपाली": "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहंःँािीुूृेैोौ्०१२३४५६७८९।\u093c",
}


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED.keys())
def test_each_language_can_be_drawn(text: str) -> None:
    assert [character for character in text if ord(character) not in drawable_characters()] == []


def test_what_no_typeface_has_is_known() -> None:
    assert {ord(c) for c in "漢😀ع"} & drawable_characters() == set()


def test_the_typefaces_stay_small_and_carry_their_licence() -> None:
    assert sum(path.stat().st_size for path in FONTS.glob("*.ttf")) < 1_400_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_a_file_without_characters_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "Empty.ttf"
    broken.write_bytes(b"\0\1\0\0" + b"\0" * 8)
    with pytest.raises(UnreadableFont, match=r"Empty\.ttf"):
        characters_of(broken)
