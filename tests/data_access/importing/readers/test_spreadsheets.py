"""XLSX, XLS and ODS: what is in the cells comes out, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from data_access.importing.readers import LIMITS
from data_access.importing.readers.apart import in_child
from data_access.importing.workbook import Sheet, Workbook
from tests.data_access.importing.readers import made

Reading = Callable[..., Workbook]


def test_every_kind_of_cell(reading: Reading) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Rates 2016")
        sheet.merge_range(2, 1, 3, 3, "two rows of header")
        sheet.write_row(4, 1, [2016, 2.5, True, "012", " "])
        sheet.write_datetime(5, 1, date(2020, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime(5, 2, datetime(2020, 1, 2, 3, 4), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        sheet.write_datetime(5, 3, time(3, 4), book.add_format({"num_format": "hh:mm"}))
        sheet.write_formula(6, 1, "=A99/0", None, "#DIV/0!")
        sheet.write_formula(6, 5, "=Lost!A1", None, "#REF!")
        sheet.write_blank(40, 40, None, book.add_format({"bold": True}))
        book.add_worksheet("Notes").hide()

    read = reading(made.workbook(write), name="rates.csv")
    assert read.kind == "xlsx"
    assert read.remarks == ()
    assert read.sheets == (
        Sheet(
            "Rates 2016",
            (
                (None, "two rows of header", None, None, None, None),
                (None, None, None, None, None, None),
                (None, 2016, 2.5, True, "012", " "),
                (None, date(2020, 1, 2), datetime(2020, 1, 2, 3, 4), "03:04:00", None, None),
                (None, "#DIV/0!", None, None, None, "#REF!"),
            ),
            first_row=3,
            merged=((3, 2, 4, 4),),
        ),
        Sheet("Notes", (), hidden=True),
    )
    assert type(read.sheets[0].rows[2][1]) is int
    assert type(read.sheets[0].rows[2][3]) is bool


def test_a_chart_is_left_out_and_said(reading: Reading) -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Rates").write(0, 0, 1)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Rates!$A$1:$A$1"})
        book.add_chartsheet("Picture").set_chart(chart)
        book.add_worksheet("More").write(0, 0, 2)

    read = reading(made.workbook(write))
    assert [(sheet.name, sheet.rows) for sheet in read.sheets] == [("Rates", ((1,),)), ("More", ((2,),))]
    assert read.remarks == ("Sheet 'Picture' is a chart and was left out.",)


def test_errors_are_put_into_the_sheet_they_stand_in(reading: Reading) -> None:
    def write(book: Any) -> None:
        for name, error in (("First", "#N/A"), ("Second", "#NUM!")):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, name)
            sheet.write_formula(1, 1, "=A1", None, error)

    assert [sheet.rows for sheet in reading(made.workbook(write)).sheets] == [
        (("First", None), (None, "#N/A")),
        (("Second", None), (None, "#NUM!")),
    ]


def test_a_sheet_that_only_claims_the_whole_grid_is_read(reading: Reading) -> None:
    read = reading(
        made.xlsx(
            '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>7</v></c></row>'
            '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
        )
    )
    assert read.sheets == (Sheet("S", ((7,),)),)


def test_a_table_at_the_bottom_alone_is_near_itself(reading: Reading) -> None:
    read = reading(made.xlsx('<sheetData><row r="1048576"><c r="B1048576"><v>7</v></c></row></sheetData>'))
    assert read.sheets == (Sheet("S", ((None, 7),), first_row=1_048_576),)


def test_cells_that_do_not_say_their_place(reading: Reading) -> None:
    read = reading(
        made.xlsx("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>")
    )
    assert read.sheets[0].rows == ((1, 2), (3, None))


def test_the_old_binary_form(reading: Reading) -> None:
    read = reading(made.xls({(1, 0): "Area", (1, 1): "Rate", (2, 0): "Ha Noi", (2, 1): 3.5, (3, 1): 2016.0}))
    assert read.kind == "xls"
    assert read.sheets == (Sheet("Old", (("Area", "Rate"), ("Ha Noi", 3.5), (None, 2016)), first_row=2),)
    assert read.remarks == ("XLS: cells in error (such as #REF! or #DIV/0!) are read as empty.",)


def test_open_document(reading: Reading) -> None:
    read = reading(
        made.ods(
            '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/>'
            "</table:table-row><table:table-row><table:table-cell/>"
            + made.ods_text("both", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
            + "<table:covered-table-cell/></table:table-row><table:table-row><table:table-cell/>"
            '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>'
            '<table:table-cell office:value-type="date" office:date-value="2020-01-02"><text:p>2/1/20</text:p>'
            "</table:table-cell>"
            + made.ods_text("#REF!", 'office:string-value="" calcext:value-type="error"')
            + '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
            '<table:table-row table:number-rows-repeated="1048570">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        )
    )
    assert read.kind == "ods"
    assert read.sheets == (
        Sheet(
            "T",
            ((None, "both", None, None), (None, 5, date(2020, 1, 2), "#REF!")),
            first_row=3,
            merged=((3, 2, 3, 3),),
        ),
    )


def test_formulas_that_nobody_computed_are_named_in_a_remark() -> None:
    cells = (
        '<row r="1"><c r="A1" t="str"><f>B1</f><v>said</v></c><c r="B1"><f>A9</f></c></row>'
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><f/></c></row>'
    )
    xlsx = in_child("a.xlsx", made.xlsx(f"<sheetData>{cells}</sheetData>"), LIMITS, seconds=60, megabytes=2_048)
    (remark,) = (remark for remark in xlsx.remarks if "formulas" in remark)
    assert remark.startswith("Sheet 'S': formulas without a result are read as empty, in B1, C2. Open the file")
    table = (
        '<table:table-cell table:formula="of:=1+1"/><table:table-cell office:value-type="float" office:value="2" '
        'table:formula="of:=1+1"><text:p>2</text:p></table:table-cell>'
    )
    content = made.ods(f"<table:table-row>{table}</table:table-row>")
    ods = in_child("a.ods", content, LIMITS, seconds=60, megabytes=2_048)
    assert [remark.partition(", in ")[2][:3] for remark in ods.remarks if "formulas" in remark] == ["A1."]
