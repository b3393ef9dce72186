from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printing.paper import Paper, QrBy, Rendering
from hardware.printing.text_ticket import encode_text_ticket
from shared.domain.slip import Align, Badge, Pair, QrCode, Rule, Size, Slip, Space, Text

BITS_A_BYTE = 10
COMMAND = re.compile(rb"\x1b[@]|\x1c[&.]|\x1b[EaJd].|\x1d[!BV].|\x1c!.|\x1d\(k..1[ACEQ][^1]\x00?", re.DOTALL)


def paper(width: int = 80, **options: str) -> Paper:
    return Paper(
        width,
        rendering=Rendering.TEXT,
        encoding=options.get("encoding", "gbk"),
        qr=QrBy(options.get("qr", "printer")),
    )


def printed(*blocks: Text | Pair | Badge | Rule, width: int = 80) -> list[str]:
    """What stands on each line of paper."""
    written = b"".join(encode_text_ticket(Slip(blocks), paper(width)))
    return COMMAND.sub(b"", written).decode("gbk").splitlines()


@pytest.mark.parametrize("width", [58, 80])
def test_a_whole_ticket_takes_less_than_a_second_at_9600_baud(width: int, chinese_ticket: Slip) -> None:
    written = b"".join(encode_text_ticket(chinese_ticket, paper(width)))
    assert len(written) * BITS_A_BYTE / 9600 < 1


def test_label_and_value_stand_at_the_edges() -> None:
    assert printed(Pair("前面等候", "3 人"), width=58) == ["前面等候                    3 人"]
    assert printed(Pair("Called at the desk of", "Renmin Road 120"), width=58) == [
        "Called at the desk of",
        "Renmin Road 120",
    ]


def test_what_gbk_lacks_is_replaced_and_yuan_signs_are_wide() -> None:
    assert printed(Text("𠮷先生 ¥30")) == ["？先生 ￥30"]


def test_the_number_is_as_large_as_the_paper_allows() -> None:
    def scale(text: str, width: int) -> bytes:
        written = b"".join(encode_text_ticket(Slip((Text(text, Size.HERO),)), paper(width)))
        return written[written.index(b"\x1d!") :][2:3]

    assert scale("A023", 80) == b"\x55"
    assert scale("A023", 58) == b"\x55"
    assert scale("WINDOW-1000", 58) == b"\x11"


def test_chinese_is_doubled_by_its_own_command() -> None:
    written = b"".join(encode_text_ticket(Slip((Text("套餐变更", Size.LARGE),)), paper()))
    assert b"\x1d!\x11\x1c!\x0c" + "套餐变更".encode("gbk") + b"\n" in written


def test_a_large_text_that_does_not_fit_is_high_but_not_wide() -> None:
    written = b"".join(encode_text_ticket(Slip((Text("政企客户专属业务办理", Size.LARGE),)), paper(58)))
    assert b"\x1d!\x01\x1c!\x08" in written


def test_modes_are_set_only_when_they_change() -> None:
    blocks = (Text("一", align=Align.CENTER), Text("二", align=Align.CENTER), Text("三"))
    written = b"".join(encode_text_ticket(Slip(blocks), paper()))
    assert written.count(b"\x1ba") == 2
    assert b"\x1d!" not in written


def test_a_badge_is_white_on_black_and_its_mode_ends() -> None:
    written = b"".join(encode_text_ticket(Slip((Badge("长者优先"),)), paper()))
    assert b"\x1dB\x01" + "  长者优先  ".encode("gbk") + b"\x1dB\x00\n" in written


def test_empty_paper_of_any_length_is_fed() -> None:
    written = b"".join(encode_text_ticket(Slip((Space(40),)), paper()))
    assert b"\x1bJ\xff\x1bJ\x41" in written


def test_the_printer_draws_the_qr_code_at_the_size_asked_for() -> None:
    written = b"".join(encode_text_ticket(Slip((QrCode("A023", 21),)), paper()))
    assert b"\x1d(k\x03\x001C\x08" in written  # 21 modules on 21 mm: a millimetre, 8 dots, each
    assert b"\x1d(k\x07\x001P0A023\x1d(k\x03\x001Q0" in written


@pytest.mark.parametrize("qr", ["printer", "raster"])
def test_the_qr_code_is_centred_before_it_is_printed(qr: str) -> None:
    slip = Slip((Pair("前面等候", "3 人"), QrCode("A023", beside="扫码查看")))
    written = b"".join(encode_text_ticket(slip, paper(qr=qr)))
    assert 0 < written.index(b"\x1ba\x01") < written.index(b"\x1d(k" if qr == "printer" else b"\x1dv0")


def test_for_printers_without_qr_codes_we_draw_it() -> None:
    pieces = encode_text_ticket(Slip((QrCode("A023", 21),)), paper(qr="raster"))
    assert any(piece.startswith(b"\x1dv0\x00") for piece in pieces)
    assert b"\x1d(k" not in b"".join(pieces)


@given(st.text(min_size=1, max_size=60), st.sampled_from(list(Size)), st.sampled_from([58, 80]))
def test_no_text_smuggles_commands_in(text: str, size: Size, width: int) -> None:
    written = b"".join(encode_text_ticket(Slip((Text(text, size),)), paper(width)))
    body = COMMAND.sub(b"", written)
    assert not any(byte < 0x20 and byte != 0x0A for byte in body)
