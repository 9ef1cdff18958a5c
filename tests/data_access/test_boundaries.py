"""Every area with figures has exactly one shape, in the right place, and the shapes fit together."""

import hashlib
import json
import subprocess
import sys

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from data_access import boundaries


def codes(prefix, listed):
    return {prefix + code for code in listed.split()}


REGIONS = {f"VN-R{number}" for number in range(1, 7)}
KENYA = {f"KE-{number:02d}" for number in range(1, 48)}
INDIA = codes(
    "IN-",
    "AN AP AR AS BR CG CH DH DL GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD PB PY RJ SK TN TR TS UK UP WB",
)
VIET_NAM = codes(
    "VN-",
    "01 02 03 04 05 06 07 09 13 14 18 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 39 40 41 43 44 45 46 "
    "47 49 50 51 52 53 54 55 56 57 58 59 61 63 66 67 68 69 70 71 72 73 CT DN HN HP SG",
)
BANGLADESH_DISTRICTS = codes(
    "BD",
    "1004 1006 1009 1042 1078 1079 2003 2012 2013 2015 2019 2022 2030 2046 2051 2075 2084 3026 3029 3033 3035 3048 "
    "3054 3056 3059 3067 3068 3082 3086 3093 4001 4018 4041 4044 4047 4050 4055 4057 4065 4087 4539 4561 4572 4589 "
    "5010 5038 5064 5069 5070 5076 5081 5088 5527 5532 5549 5552 5573 5577 5585 5594 6036 6058 6090 6091",
)
NEPAL_DISTRICTS = codes(
    "NP",
    "0101 0102 0103 0104 0105 0106 0107 0108 0109 0110 0111 0112 0113 0114 0215 0216 0217 0218 0219 0232 0233 0234 "
    "0320 0321 0322 0323 0324 0325 0326 0327 0328 0329 0330 0331 0335 0436 0437 0438 0439 0440 0441 0442 0443 0444 "
    "0445 0447 0546 0547 0548 0549 0550 0551 0552 0554 0555 0556 0557 0558 0652 0653 0659 0660 0661 0662 0663 0664 "
    "0665 0666 0767 0768 0769 0770 0771 0772 0773 0774 0775",
)
EXPECTED = {
    ("BGD", "1"): {f"BD-{letter}" for letter in "ABCDEFGH"},
    ("BGD", "2"): BANGLADESH_DISTRICTS,
    ("IND", "1"): INDIA,
    ("KEN", "1"): KENYA,
    ("NPL", "1"): {f"NP-P{number}" for number in range(1, 8)},
    ("NPL", "2"): NEPAL_DISTRICTS,
    ("VNM", "1"): VIET_NAM,
    ("VNM", "R"): REGIONS,
    ("PILOTS", "0"): {"BGD", "IND", "KEN", "NPL", "VNM"},
}
COUNTS = {
    ("BGD", "1"): 8,
    ("BGD", "2"): 64,
    ("IND", "1"): 36,
    ("KEN", "1"): 47,
    ("NPL", "1"): 7,
    ("NPL", "2"): 77,
    ("VNM", "1"): 63,
    ("VNM", "R"): 6,
    ("PILOTS", "0"): 5,
}
PLACES = [
    ("KEN_1", "Lodwar", 35.60, 3.12, "KE-43", "Turkana"),
    ("KEN_1", "Garissa", 39.65, -0.45, "KE-07", "Garissa"),
    ("KEN_1", "north-east corner", 41.2, 3.8, "KE-24", "Mandera"),
    ("KEN_1", "Nairobi", 36.82, -1.29, "KE-30", "Nairobi"),
    ("KEN_1", "Lake Turkana", 36.1, 3.4, None, None),
    ("BGD_2", "Dhaka", 90.40, 23.75, "BD3026", "Dhaka"),
    ("BGD_1", "Rangpur", 89.25, 25.75, "BD-F", "Rangpur"),
    ("BGD_2", "Saint Martin's Island", 92.324, 20.617, "BD2022", "Cox's Bazar"),
    ("NPL_1", "Jumla", 82.18, 29.27, "NP-P6", "Karnali"),
    ("NPL_2", "Kathmandu", 85.32, 27.71, "NP0327", "Kathmandu"),
    ("NPL_2", "Limpiyadhura, neutral", 80.82, 30.29, None, None),
    ("NPL_2_official", "Limpiyadhura, Nepal's own", 80.82, 30.29, "NP0775", "Darchula"),
    ("VNM_1", "Lai Chau", 103.45, 22.39, "VN-01", "Lai Châu"),
    ("VNM_1", "Ha Noi", 105.85, 21.03, "VN-HN", "Hà Nội"),
    ("VNM_1", "Con Dao", 106.61, 8.70, "VN-43", "Bà Rịa - Vũng Tàu"),
    ("VNM_1", "Cat Ba", 107.00, 20.80, "VN-HP", "Hải Phòng"),
    ("VNM_1", "Paracel Islands", 112.33, 16.83, None, None),
    ("VNM_R", "Da Lat", 108.44, 11.94, "VN-R4", "Central Highlands"),
    ("IND_1", "Patna", 85.14, 25.55, "IN-BR", "Bihar"),
    ("IND_1", "Leh", 77.58, 34.16, "IN-LA", "Ladakh"),
    ("IND_1", "Srinagar", 74.80, 34.09, "IN-JK", "Jammu and Kashmir"),
    ("IND_1", "Itanagar", 93.60, 27.10, "IN-AR", "Arunachal Pradesh"),
    ("IND_1", "Gilgit, neutral", 74.31, 35.92, None, None),
    ("IND_1_official", "Gilgit, India's own", 74.31, 35.92, "IN-LA", "Ladakh"),
    ("IND_1", "Muzaffarabad, neutral", 73.75, 34.30, None, None),
    ("IND_1_official", "Muzaffarabad, India's own", 73.75, 34.30, "IN-JK", "Jammu and Kashmir"),
    ("IND_1", "Aksai Chin, neutral", 79.50, 35.20, None, None),
    ("IND_1_official", "Aksai Chin, India's own", 79.50, 35.20, "IN-LA", "Ladakh"),
]
LAYERS = list(boundaries.layers().values())
AREAS = [layer for layer in LAYERS if layer.role == "areas"]
MAPS = [
    (layer.country, layer.depiction, layer.id)
    for layer in AREAS
    if (layer.country, layer.level) not in {("BGD", "1"), ("NPL", "1"), ("VNM", "R")}
]


def features(layer):
    return json.loads(layer.path.read_text(encoding="utf-8"))["features"]


def geometries(layer):
    return np.array([shape(feature["geometry"]) for feature in features(layer)], dtype=object)


def polygons_on_map(country, depiction, layer_id):
    layers = [boundaries.layers()[layer_id], boundaries.context_for(country, depiction)]
    layers.append(boundaries.disputed_for(country, depiction))
    found = [geometry for layer in layers if layer for geometry in geometries(layer)]
    return np.array([geometry for geometry in found if geometry.area], dtype=object)


@pytest.mark.parametrize(("country", "level"), EXPECTED)
@pytest.mark.parametrize("depiction", ["neutral", "official"])
def test_each_area_with_figures_has_exactly_one_shape(country, level, depiction):
    drawn = boundaries.shapes(boundaries.layer_for(country, level, depiction))
    assert len(drawn) == COUNTS[country, level]
    assert [item.code for item in drawn] == sorted(EXPECTED[country, level])
    assert [item.index for item in drawn] == list(range(len(drawn)))
    assert {item.kind for item in drawn} == {"area"}


@pytest.mark.parametrize(("layer", "place", "x", "y", "code", "name"), PLACES, ids=lambda value: str(value))
def test_places_lie_where_they_are(layer, place, x, y, code, name):
    found = [
        (feature["properties"]["code"], feature["properties"]["name"])
        for feature in features(boundaries.layers()[layer])
        if shape(feature["geometry"]).contains(shapely.Point(x, y))
    ]
    assert found == ([] if code is None else [(code, name)]), place


def test_neighbouring_corners_of_each_country():
    label = {item.code: item.label for layer in AREAS for item in boundaries.shapes(layer)}
    assert min(KENYA, key=lambda code: label[code][0] - label[code][1]) == "KE-43"
    assert max(KENYA, key=lambda code: label[code][0] + label[code][1]) == "KE-24"
    provinces = EXPECTED["NPL", "1"]
    assert sorted(provinces, key=lambda code: label[code][0])[:2] == ["NP-P7", "NP-P6"]
    reach = {
        item.code: max(y for ring in item.rings for _, y in ring)
        for item in boundaries.shapes(boundaries.layer_for("NPL", "1"))
    }
    assert max(provinces, key=lambda code: reach[code]) == "NP-P6"


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_geometry_is_valid_and_rounded(layer):
    shapes = geometries(layer)
    assert shapely.is_valid(shapes).all()
    places = 2 if layer.country == "PILOTS" else 3
    points = shapely.get_coordinates(shapes)
    assert np.array_equal(points, np.round(points, places))
    assert not shapely.is_empty(shapes).any()


@pytest.mark.parametrize(("country", "depiction", "layer_id"), MAPS, ids=lambda value: str(value))
def test_areas_context_and_disputed_ground_form_one_coverage(country, depiction, layer_id):
    drawn = polygons_on_map(country, depiction, layer_id)
    assert shapely.coverage_is_valid(drawn)
    assert shapely.area(drawn).sum() == pytest.approx(shapely.union_all(drawn).area, abs=1e-9)


@pytest.mark.parametrize("layer", AREAS, ids=lambda layer: layer.id)
def test_areas_of_a_layer_share_their_edges(layer):
    assert shapely.coverage_is_valid(geometries(layer))


@pytest.mark.parametrize(("country", "depiction", "layer_id"), MAPS, ids=lambda value: str(value))
def test_no_sliver_is_left_between_areas_and_neighbours(country, depiction, layer_id):
    union = shapely.union_all(polygons_on_map(country, depiction, layer_id))
    holes = shapely.polygons([ring for part in shapely.get_parts(union) for ring in part.interiors])
    slivers = [hole for hole in holes if hole.buffer(-0.0015).is_empty]
    assert slivers == []


@pytest.mark.parametrize(("country", "fine", "coarse"), [("BGD", "2", "1"), ("NPL", "2", "1"), ("VNM", "1", "R")])
@pytest.mark.parametrize("depiction", ["neutral", "official"])
def test_the_coarse_level_is_the_fine_one_joined(country, fine, coarse, depiction):
    inner = geometries(boundaries.layer_for(country, fine, depiction))
    outer = geometries(boundaries.layer_for(country, coarse, depiction))
    assert shapely.union_all(inner).symmetric_difference(shapely.union_all(outer)).area == pytest.approx(0, abs=1e-12)
    for area in inner:
        assert sum(parent.covers(area.representative_point()) for parent in outer) == 1


@pytest.mark.parametrize("layer", AREAS, ids=lambda layer: layer.id)
def test_label_points_lie_inside_their_area(layer):
    for feature in features(layer):
        properties = feature["properties"]
        assert shape(feature["geometry"]).contains(shapely.Point(properties["x"], properties["y"])), properties["name"]


def test_files_are_light_enough_for_a_slow_line():
    assert {layer.id: layer.path.stat().st_size for layer in LAYERS if layer.path.stat().st_size > 150_000} == {}
    for country in ("BGD", "IND", "KEN", "NPL", "VNM"):
        for depiction in ("neutral", "official"):
            needed = {boundaries.layer_for(country, level, depiction) for who, level in EXPECTED if who == country}
            needed |= {boundaries.context_for(country, depiction), boundaries.disputed_for(country, depiction)}
            total = sum(layer.path.stat().st_size for layer in needed if layer)
            assert total <= 150_000, (country, depiction, total)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_each_file_is_the_listed_one_and_says_what_it_is(layer):
    content = layer.path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == layer.sha256
    said = json.loads(content)["voices_count"]
    assert said == {
        "layer": layer.id,
        "country": layer.country,
        "level": layer.level,
        "role": layer.role,
        "depiction": layer.depiction,
        "depiction_statement": layer.statement,
        "vintage": layer.vintage,
        "licence": layer.licence,
        "attribution": layer.attribution,
        "source": layer.source,
        "disclaimer": layer.disclaimer,
    }
    assert all(said[key] for key in said if key != "level")


def test_the_folder_holds_no_file_that_is_not_listed():
    assert {path.name for path in boundaries.FOLDER.glob("*.geojson")} == {layer.path.name for layer in LAYERS}


def test_files_that_follow_kenyas_counties_are_under_the_open_database_licence_and_in_the_notice():
    shared = {layer.path.name for layer in LAYERS if layer.licence == "ODbL-1.0"}
    assert shared == {layer.path.name for layer in LAYERS if layer.country in ("KEN", "PILOTS")}
    notice = (boundaries.FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    assert [name for name in sorted(shared) if f"`{name}`" not in notice] == []


def test_the_depiction_decides_which_layer_is_drawn():
    chosen = {
        (country, depiction): boundaries.layer_for(country, "1", depiction).id
        for country in ("BGD", "IND", "KEN", "NPL", "VNM")
        for depiction in ("neutral", "official")
    }
    assert {key: ident for key, ident in chosen.items() if ident != f"{key[0]}_1"} == {
        ("IND", "official"): "IND_1_official",
        ("NPL", "official"): "NPL_1_official",
    }
    disputed = {
        (country, depiction): layer.id
        for country in ("BGD", "IND", "KEN", "NPL", "VNM", "PILOTS")
        for depiction in ("neutral", "official")
        if (layer := boundaries.disputed_for(country, depiction))
    }
    assert disputed == {
        ("IND", "neutral"): "IND_disputed",
        ("KEN", "neutral"): "KEN_disputed",
        ("KEN", "official"): "KEN_disputed",
        ("NPL", "neutral"): "NPL_disputed",
    }


def test_disputed_lines_run_along_the_areas_edge_and_disputed_ground_holds_no_area_code():
    for country, code in (("IND", "IN-AR"), ("IND", "IN-JK"), ("KEN", "KE-43"), ("NPL", "NP0775")):
        finest = "2" if country == "NPL" else "1"
        area = next(
            item for item in features(boundaries.layer_for(country, finest)) if item["properties"]["code"] == code
        )
        disputed = features(boundaries.disputed_for(country))
        lines = next(shape(item["geometry"]) for item in disputed if item["properties"]["kind"] == "line")
        assert shape(area["geometry"]).boundary.intersection(lines).length > 0.2, code
        assert not {item["properties"]["code"] for item in disputed} & EXPECTED[country, "1"]


def test_projection_keeps_proportions_and_north_up():
    layer = boundaries.layer_for("KEN", "1")
    frame = boundaries.context_for("KEN").bbox
    page = boundaries.projected(layer, 400.0, frame)
    west, south, east, north = frame
    across = (east - west) * np.cos(np.radians((south + north) / 2))
    assert page.width == 400.0
    assert page.height == pytest.approx(400.0 * (north - south) / across)
    place = {item.code: item.label for item in page.shapes}
    assert place["KE-43"][0] < place["KE-24"][0]
    assert place["KE-43"][1] < place["KE-28"][1]
    points = np.vstack([np.array(ring) for item in page.shapes for ring in item.rings])
    assert points.min() >= 0
    assert points[:, 0].max() <= page.width
    assert points[:, 1].max() <= page.height


def test_a_page_without_width_is_refused():
    with pytest.raises(ValueError, match="positive width"):
        boundaries.projected(boundaries.layer_for("KEN", "1"), 0.0)


def test_an_unknown_level_names_those_there_are():
    with pytest.raises(boundaries.UnknownLayer, match=r"'KEN' at level '2'; there are: .*BGD_1, BGD_2"):
        boundaries.layer_for("KEN", "2")


def test_reading_needs_no_geometry_library():
    code = "import sys, data_access.boundaries as b; b.shapes(b.layer_for('KEN', '1')); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'shapely" not in done.stdout
    assert "'geopandas" not in done.stdout
    assert "'numpy" not in done.stdout
