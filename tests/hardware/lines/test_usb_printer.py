"""pyusb itself, with a bus of ours in place of libusb."""

from __future__ import annotations

import errno
import sys
from array import array
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import usb.backend
import usb.core

from hardware.lines.line import LineError
from hardware.lines.usb_printer import UsbPrinterLine
from hardware.status import Cause

OUT, IN, BULK = 0x01, 0x82, 0x02


class Bus(usb.backend.IBackend):  # type: ignore[misc]
    """One USB printer 04b8:0202 with a kernel driver on it; `says` are packets, `written` what arrived."""

    def __init__(self) -> None:
        self.plugged = True
        self.printer_class = 7
        self.says: list[bytes] = []
        self.written: list[bytes] = []
        self.failure: usb.core.USBError | None = None
        self.kernel_driver = True

    def enumerate_devices(self) -> Iterator[Any]:
        return iter(["printer"] if self.plugged else [])

    def get_device_descriptor(self, dev: Any) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=0x04B8, idProduct=0x0202, bcdDevice=1, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: Any, config: int) -> Any:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1,
            iConfiguration=0, bmAttributes=0xC0, bMaxPower=0, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: Any, intf: int, alt: int, config: int) -> Any:
        if (intf, alt) != (0, 0):
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2,
            bInterfaceClass=self.printer_class, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: Any, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=BULK,
            wMaxPacketSize=64, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: Any) -> Any:
        return "handle"

    def close_device(self, dev_handle: Any) -> None:
        pass

    def get_configuration(self, dev_handle: Any) -> int:
        return 1

    def claim_interface(self, dev_handle: Any, intf: int) -> None:
        if self.failure:
            raise self.failure
        assert not self.kernel_driver

    def release_interface(self, dev_handle: Any, intf: int) -> None:
        pass

    def is_kernel_driver_active(self, dev_handle: Any, intf: int) -> bool:
        return self.kernel_driver

    def detach_kernel_driver(self, dev_handle: Any, intf: int) -> None:
        self.kernel_driver = False

    def bulk_write(self, dev_handle: Any, ep: int, intf: int, data: array[int], timeout: int) -> int:
        if self.failure:
            raise self.failure
        assert ep == OUT
        self.written.append(data.tobytes())
        return len(data)

    def bulk_read(self, dev_handle: Any, ep: int, intf: int, buff: array[int], timeout: int) -> int:
        assert ep == IN
        assert timeout > 0
        if not self.says:
            raise usb.core.USBTimeoutError("timed out", errno=errno.ETIMEDOUT)
        packet = self.says.pop(0)
        buff[: len(packet)] = array("B", packet)
        return len(packet)


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def line(bus: Bus) -> Iterator[UsbPrinterLine]:
    opened = UsbPrinterLine(0x04B8, 0x0202, backend=bus)
    yield opened
    opened.close()


def test_a_printer_is_found_claimed_and_written_to(bus: Bus, line: UsbPrinterLine) -> None:
    line.open()
    line.write(bytes(range(256)) * 40)
    assert b"".join(bus.written) == bytes(range(256)) * 40


def test_answers_come_in_packets_and_are_taken_bytewise(bus: Bus, line: UsbPrinterLine) -> None:
    bus.says = [b"\x12\x16", b"\x37"]
    line.open()
    assert [line.read(1, 0.01), line.read(2, 1), line.read(1, 0.01)] == [b"\x12", b"\x16\x37", b""]


def test_what_was_said_unasked_is_discarded(bus: Bus, line: UsbPrinterLine) -> None:
    bus.says = [b"noise", b"more"]
    line.open()
    line.discard_input()
    assert line.read(1, 0.01) == b""


def test_a_printer_that_is_plugged_in_later_is_found(bus: Bus, line: UsbPrinterLine) -> None:
    bus.plugged = False
    with pytest.raises(LineError, match="not plugged in"):
        line.open()
    bus.plugged = True
    line.open()
    line.write(b"x")
    assert bus.written == [b"x"]


def test_a_device_that_is_no_printer_is_refused(bus: Bus, line: UsbPrinterLine) -> None:
    bus.printer_class = 8
    with pytest.raises(LineError, match="is no printer"):
        line.open()


@pytest.mark.parametrize(
    ("number", "cause"),
    [(errno.EACCES, Cause.NO_PERMISSION), (errno.EBUSY, Cause.BUSY), (errno.ENODEV, Cause.UNREACHABLE)],
)
def test_a_printer_that_we_may_not_have_says_why(
    number: int, cause: Cause, bus: Bus, line: UsbPrinterLine
) -> None:
    bus.failure = usb.core.USBError("refused", errno=number)
    with pytest.raises(LineError) as caught:
        line.open()
    assert caught.value.cause is cause


@pytest.mark.parametrize(
    ("number", "cause"), [(errno.ETIMEDOUT, Cause.TIMEOUT), (errno.ENODEV, Cause.UNREACHABLE)]
)
def test_a_failed_write_may_have_arrived(number: int, cause: Cause, bus: Bus, line: UsbPrinterLine) -> None:
    line.open()
    bus.failure = usb.core.USBError("gone", errno=number)
    with pytest.raises(LineError) as caught:
        line.write(b"ticket")
    assert (caught.value.cause, caught.value.sent) == (cause, 6)


def test_without_pyusb_it_says_what_to_install(line: UsbPrinterLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usb.core", None)
    with pytest.raises(LineError, match=r"jiaohao\[usb\]"):
        line.open()


def test_a_closed_line_takes_nothing(line: UsbPrinterLine) -> None:
    with pytest.raises(LineError):
        line.write(b"x")
