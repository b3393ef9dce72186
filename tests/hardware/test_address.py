from __future__ import annotations

import pytest

from hardware.address import DeviceAddress, DeviceAddressError


def test_a_url_is_taken_apart() -> None:
    address = DeviceAddress.parse("escpos+tcp://192.168.1.40:9101?width=58&cutter=partial")
    assert (address.family, address.transport) == ("escpos", "tcp")
    assert (address.host, address.port) == ("192.168.1.40", 9101)
    assert address.integer("width", 80, 1, 100) == 58
    assert address.choice("cutter", "full", ("full", "partial")) == "partial"


def test_the_case_of_a_windows_port_is_kept() -> None:
    assert DeviceAddress.parse("sign+serial://COM3?address=2").host == "COM3"


def test_an_ipv6_host_loses_its_brackets() -> None:
    assert DeviceAddress.parse("escpos+tcp://[::1]:9100").host == "::1"


def test_a_path_may_hold_spaces_and_chinese() -> None:
    assert DeviceAddress.parse("escpos+file:///tmp/%E5%8F%B7%20%E7%A5%A8").path == "/tmp/号 票"


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("192.168.1.40", "write it like"),
        ("escpos+tcp://host:70000", "ut of range"),
        ("escpos+tcp://host?width=58&width=80", "given twice"),
    ],
)
def test_a_wrong_url_is_refused(url: str, complaint: str) -> None:
    with pytest.raises(DeviceAddressError, match=complaint):
        DeviceAddress.parse(url)


def test_a_misspelt_option_is_named() -> None:
    with pytest.raises(DeviceAddressError, match="'widht'"):
        DeviceAddress.parse("escpos+tcp://host?widht=58").check_options(frozenset({"width"}))


@pytest.mark.parametrize("raw", ["wide", "5000", "-1"])
def test_a_number_out_of_bounds_is_refused(raw: str) -> None:
    with pytest.raises(DeviceAddressError, match="width must be"):
        DeviceAddress.parse(f"escpos+tcp://host?width={raw}").integer("width", 80, 0, 100)


def test_a_word_that_is_no_choice_is_refused() -> None:
    with pytest.raises(DeviceAddressError, match="one of full, none"):
        DeviceAddress.parse("escpos+tcp://host?cutter=laser").choice("cutter", "full", ("full", "none"))


@pytest.mark.parametrize("path", ["", "/", "/../../etc", "/a/b"])
def test_a_simulator_is_named_by_one_plain_word(path: str) -> None:
    with pytest.raises(DeviceAddressError, match="name the simulated device"):
        _ = DeviceAddress.parse(f"sim://printer{path}").simulator_name
