"""This machine's settings: a TOML file, environment variables on top, the command line on top of both.

What all machines of a hall share (services, counters, hours, texts) is in the hall's description instead.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from shared.domain.volume_hours import VolumeHours
from shared.words import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT_PREFIX = "JIAOHAO_"
ENVIRONMENT_FILE = "JIAOHAO_SETTINGS"


class SettingsError(Exception):
    """The settings make no sense; the message names the setting and says what to do."""


class Settings(BaseModel):
    """The settings of one machine. Lengths carry their unit in their name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: str = Field(default="", description="SQLAlchemy URL of the hall's database")
    hall: str | None = Field(
        default=None, description="id of the hall, needed when the database holds several"
    )
    language: Language = Field(default=Language.ZH, description="language to start in: zh or en")
    screen_inches: float = Field(
        default=0, ge=0, le=200, description="diagonal of the screen; 0 = as it reports"
    )
    farthest_seat_m: float = Field(
        default=6.0, gt=0, le=50, description="from the lobby screen to the last seat"
    )
    counter: int | None = Field(default=None, ge=1, le=999, description="number of this machine's counter")
    kiosk: str = Field(
        default="kiosk-1", min_length=1, max_length=40, description="name of this ticket machine"
    )
    lobby: str = Field(
        default="lobby-1", min_length=1, max_length=40, description="name of this lobby screen"
    )
    printer: str = Field(
        default="", description="URL of the ticket printer, e.g. escpos+tcp://192.168.1.50:9100"
    )
    sign: str = Field(default="", description="URL of the counter's LED sign")
    signs: dict[int, str] = Field(
        default_factory=dict,
        description="LED signs that the lobby's machine drives: a table of counters and URLs",
    )
    summary_sign: str = Field(
        default="", description="URL of the hall's summary sign, which the lobby's machine drives"
    )
    backup_folder: str = Field(
        default="", description="where backups are written; empty = 'backups' beside a SQLite hall"
    )
    backups_kept: int = Field(
        default=14, ge=0, le=3650, description="so many daily backups are kept; 0 = none is made by itself"
    )
    voice: str = Field(
        default="voice:", description="the lobby's loudspeaker: voice: takes what there is; none is silent"
    )
    voice_pack: str = Field(
        default="", description="folder of the clips that are spoken; empty = made by espeak-ng"
    )
    voice_languages: Literal["auto", "zh", "en", "zh+en"] = Field(
        default="auto",
        description="languages of a call: auto = the screen's, and the ticket's when it is another; zh, en or zh+en",
    )
    voice_times: int = Field(default=2, ge=1, le=3, description="how often a call is said")
    voice_volume: int = Field(default=100, ge=0, le=100, description="loudness in per cent; 0 is silent")
    voice_quiet: str = Field(
        default="",
        description="quieter hours and their loudness, e.g. 12:00-14:00 40, 17:30-18:00 60",
    )
    voice_minutes: float = Field(
        default=2, gt=0, le=60, description="a call older than this many minutes is not spoken any more"
    )
    pad: str = Field(default="", description="URL of the counter's call pad, e.g. pad+serial:///dev/ttyUSB1")
    scanner: str = Field(
        default="", description="URL of the code scanner, e.g. scan+serial:///dev/ttyACM0 or scan+keyboard://"
    )
    rating_pad: str = Field(
        default="", description="URL of the counter's rating pad; the call pad's where both share a line"
    )
    motion: bool = Field(default=True, description="false turns animations off")

    @field_validator("voice_quiet")
    @classmethod
    def _quiet_hours_make_sense(cls, text: str) -> str:
        VolumeHours.parse(text, 100)
        return text

    @property
    def clip_folder(self) -> Path | None:
        """Where the clips are that are spoken; None for those that espeak-ng makes."""
        return Path(self.voice_pack).expanduser() if self.voice_pack else None

    @property
    def volume_hours(self) -> VolumeHours:
        """How loud the lobby speaks at each time of day."""
        return VolumeHours.parse(self.voice_quiet, self.voice_volume)

    @property
    def database_url(self) -> str:
        """The database's URL; without one set, a SQLite file in the user's data folder."""
        return self.database or f"sqlite:///{default_database()}"

    @property
    def backups(self) -> Path:
        """Where backups are written: the setting, else `backups` beside a SQLite hall, or beside where one would be."""
        if self.backup_folder:
            return Path(self.backup_folder).expanduser()
        file = self.database_url.partition("sqlite:///")[2] or default_database()
        return Path(file).absolute().parent / "backups"

    @property
    def daily_backups(self) -> int:
        """So many daily backups are kept; 0 when none is made: a server's only where a folder is set for them."""
        on_server = not self.database_url.startswith("sqlite")
        return 0 if on_server and not self.backup_folder else self.backups_kept


def default_database() -> Path:
    """Return the SQLite file that is used when no database is set."""
    return Path(platformdirs.user_data_dir("jiaohao", appauthor=False)) / "hall.db"


def standby_folder() -> Path:
    """Return where this machine keeps what it could not bring to the store."""
    return Path(platformdirs.user_data_dir("jiaohao", appauthor=False)) / "standby"


def settings_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the settings are read from: `JIAOHAO_SETTINGS`, or the user's configuration folder."""
    named = environment.get(ENVIRONMENT_FILE)
    if named:
        return Path(named)
    return Path(platformdirs.user_config_dir("jiaohao", appauthor=False)) / "settings.toml"


def load_settings(environment: Mapping[str, str] = os.environ, **overrides: object) -> Settings:
    """Return this machine's settings; an override that is None leaves the setting as it is.

    Raises SettingsError for a file that cannot be read, an unknown name or a value that makes no sense.
    """
    path = settings_file(environment)
    values = _from_file(path, must_exist=ENVIRONMENT_FILE in environment)
    values |= _from_environment(environment)
    values |= {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explain(error, path)) from None


def _from_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise SettingsError(
                f"{path}: there is no such file; create it or unset {ENVIRONMENT_FILE}"
            ) from None
        return {}
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    names = {f"{ENVIRONMENT_PREFIX}{name.upper()}": name for name in Settings.model_fields}
    return {names[variable]: value for variable, value in environment.items() if variable in names and value}


def _explain(error: ValidationError, path: Path) -> str:
    lines = []
    for problem in error.errors():
        name = ".".join(str(part) for part in problem["loc"])
        field = Settings.model_fields.get(name)
        if field is None:
            known = ", ".join(Settings.model_fields)
            lines.append(f"{name}: there is no such setting; the settings are {known}")
        else:
            lines.append(f"{name} = {problem['input']!r}: {problem['msg']} ({field.description})")
    return f"settings ({path}, {ENVIRONMENT_PREFIX}… or command line): " + "; ".join(lines)
