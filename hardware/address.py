"""Device addresses: URLs whose scheme picks the adapter, as `escpos+tcp://192.168.1.40:9100?width=58`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


class DeviceAddressError(ValueError):
    """A device's URL in the settings is wrong. The message names the URL and says what to do."""


@dataclass(frozen=True, slots=True)
class DeviceAddress:
    """A parsed device URL. `family` is what it is (`escpos`, `sign`, `sim`), `transport` how to get there."""

    url: str
    family: str
    transport: str
    host: str
    port: int | None
    path: str
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, url: str) -> DeviceAddress:
        """Take a URL apart. Raises DeviceAddressError when it is no URL or repeats an option."""
        try:
            parts = urlsplit(url)
            port = None if parts.scheme.endswith("+usb") else parts.port
        except ValueError as error:
            raise DeviceAddressError(f"{url}: {error}") from error
        if not parts.scheme or "://" not in url:
            raise DeviceAddressError(f"{url}: write it like escpos+tcp://host:9100 or sim://printer/name")
        family, _, transport = parts.scheme.partition("+")
        return cls(
            url, family, transport, _host(parts), port, unquote(parts.path), _options(url, parts.query)
        )

    @property
    def place(self) -> str:
        """Host and port as written: what stands there need not be a port, as in `escpos+usb://04b8:0202`."""
        return urlsplit(self.url).netloc

    @property
    def simulator_name(self) -> str:
        """The name in `sim://printer/<name>`: letters, digits, `-` and `_`, since files are named after it.

        Raises DeviceAddressError when there is none.
        """
        name = self.path.removeprefix("/")
        if not re.fullmatch(r"[\w-]+", name):
            raise DeviceAddressError(
                f"{self.url}: name the simulated device, as {self.family}://{self.host}/1"
            )
        return name

    def check_options(self, known: frozenset[str]) -> None:
        """Refuse options that nobody reads: a misspelt one would be ignored silently."""
        strange = sorted(set(self.options) - known)
        if strange:
            raise DeviceAddressError(
                f"{self.url}: unknown option {strange[0]!r}; known are {', '.join(sorted(known))}"
            )

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        """An option as a whole number within limits."""
        raw = self.options.get(name, str(default))
        try:
            value = int(raw)
        except ValueError as error:
            raise DeviceAddressError(f"{self.url}: {name} must be a whole number, not {raw!r}") from error
        if not low <= value <= high:
            raise DeviceAddressError(f"{self.url}: {name} must be between {low} and {high}, not {value}")
        return value

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """An option as one of a few words."""
        value = self.options.get(name, default)
        if value not in choices:
            raise DeviceAddressError(f"{self.url}: {name} must be one of {', '.join(choices)}, not {value!r}")
        return value


def _host(parts: SplitResult) -> str:
    """The host as written: `hostname` would lower the case of `COM3` and of a simulator's name."""
    without_user = parts.netloc.rpartition("@")[2]
    if without_user.startswith("["):
        return without_user[1:].partition("]")[0]
    return unquote(without_user.partition(":")[0])


def _options(url: str, query: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in options:
            raise DeviceAddressError(f"{url}: option {name!r} is given twice")
        options[name] = value
    return options
