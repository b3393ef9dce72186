"""What a window sign shows of its counter."""

from __future__ import annotations

from hardware.signs.face import SignFace, face_of, show_face
from hardware.signs.opening import open_sign
from hardware.signs.sign import SignTexts
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.sign import LitSign
from shared.hall import Hall

TEXTS = SignTexts("{number}", "暂停服务", "欢迎光临")


def faces(hall: Hall) -> SignFace:
    return face_of(hall.snapshot().counter(2))


def test_it_follows_the_counter(hall: Hall) -> None:
    lit: list[LitSign] = []
    sign = open_sign("sim://sign/2?flash=0", TEXTS, bench=SimulatorBench(on_sign=lit.append))
    show_face(sign, faces(hall))
    hall.open_counter(2)
    show_face(sign, faces(hall))
    number = hall.issue("payment").number
    hall.call_next(2)
    show_face(sign, faces(hall))
    hall.finish(2)
    hall.pause_counter(2, "meal")
    show_face(sign, faces(hall))
    assert [shown.text for shown in lit] == ["暂停服务", "欢迎光临", number, "暂停服务"]


def test_a_recall_is_a_new_face_and_the_start_of_a_service_is_none(hall: Hall) -> None:
    hall.issue("payment")
    hall.call_next(2)
    called = faces(hall)
    hall.recall(2)
    recalled = faces(hall)
    assert recalled != called
    hall.start(2)
    assert faces(hall) == recalled
