"""Printer profiles: a printer's options under one name, shipped in `profiles/` or written by an installer in TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path

PROFILE_OPTIONS = frozenset(
    {
        "width",
        "strip",
        "pad",
        "delay_ms",
        "cutter",
        "feed",
        "render",
        "encoding",
        "qr",
        "confirm",
        "low_tickets",
        "roll_tickets",
    }
)
_FOLDER = Path(__file__).parent / "profiles"


class ProfileError(ValueError):
    """A profile is missing or wrong. The message names the profile and the remedy."""


def shipped_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with the program."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load_profile(name: str) -> dict[str, str]:
    """The options in a shipped profile by name, or in an installer's by the path of its `.toml` file.

    They are the options of a printer's URL, by which single ones can be overruled. Raises ProfileError.
    """
    path = Path(name) if name.endswith(".toml") else _FOLDER / f"{name}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ProfileError(f"{name}: no such profile; there are {', '.join(shipped_profiles())}") from error
    except (OSError, ValueError) as error:
        raise ProfileError(f"{name}: {error}") from error
    table.pop("title", None)
    strange = sorted(set(table) - PROFILE_OPTIONS)
    if strange:
        raise ProfileError(
            f"{name}: unknown key {strange[0]!r}; known are {', '.join(sorted(PROFILE_OPTIONS))}"
        )
    return {option: str(value) for option, value in table.items()}
