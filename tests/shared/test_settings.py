from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from shared.settings import Settings, SettingsError, load_settings, settings_file
from shared.words import Language

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def environment(file: Path) -> dict[str, str]:
    file.write_text(
        'database = "sqlite:////srv/hall.db"\nlanguage = "en"\nscreen_inches = 43\n', encoding="utf-8"
    )
    return {"JIAOHAO_SETTINGS": str(file)}


def test_the_file_is_read(environment: dict[str, str]) -> None:
    settings = load_settings(environment)
    assert settings.database_url == "sqlite:////srv/hall.db"
    assert settings.language is Language.EN
    assert settings.screen_inches == 43


def test_what_the_file_leaves_out_has_a_default(environment: dict[str, str]) -> None:
    settings = load_settings(environment)
    assert settings.kiosk == "kiosk-1"
    assert settings.motion is True
    assert settings.counter is None


def test_the_environment_is_stronger_than_the_file(environment: dict[str, str]) -> None:
    settings = load_settings(environment | {"JIAOHAO_SCREEN_INCHES": "55.5", "JIAOHAO_COUNTER": "3"})
    assert settings.screen_inches == 55.5
    assert settings.counter == 3


def test_the_command_line_is_stronger_than_both(environment: dict[str, str]) -> None:
    settings = load_settings(environment | {"JIAOHAO_LANGUAGE": "en"}, language="zh", database=None)
    assert settings.language is Language.ZH
    assert settings.database == "sqlite:////srv/hall.db"


def test_other_variables_and_empty_ones_are_left_alone(environment: dict[str, str]) -> None:
    settings = load_settings(environment | {"JIAOHAO_NOTHING": "1", "JIAOHAO_COUNTER": "", "PATH": "/bin"})
    assert settings.counter is None


def test_without_a_database_a_file_of_the_user_is_used() -> None:
    assert Settings().database_url.startswith("sqlite:///")
    assert Settings().database_url.endswith("hall.db")


def test_without_any_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "shared.settings.platformdirs.user_config_dir", lambda *_, **__: str(tmp_path / "none")
    )
    assert load_settings({}) == Settings()
    assert settings_file({}) == tmp_path / "none" / "settings.toml"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = 3", "colour: there is no such setting; the settings are database, hall"),
        ('language = "fr"', "language = 'fr'.*language to start in: zh or en"),
        ("farthest_seat_m = -2", "farthest_seat_m = -2.*from the lobby screen to the last seat"),
        ("counter = 0", "counter = 0"),
        ("counter = 3\nlanguage = zh", "is not valid TOML.*line 2"),
    ],
)
def test_nonsense_is_named_with_what_to_do(file: Path, text: str, says: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        load_settings({"JIAOHAO_SETTINGS": str(file)})


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="create it or unset JIAOHAO_SETTINGS"):
        load_settings({"JIAOHAO_SETTINGS": str(tmp_path / "absent.toml")})


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings({"JIAOHAO_SETTINGS": str(tmp_path)})


def test_settings_do_not_change_while_the_program_runs() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().language = Language.EN


def test_the_voice_speaks_quieter_in_its_quiet_hours(environment: dict[str, str]) -> None:
    settings = load_settings(
        environment | {"JIAOHAO_VOICE_VOLUME": "90", "JIAOHAO_VOICE_QUIET": "12:00-14:00 40"}
    )
    assert (settings.volume_hours.at(time(12)), settings.volume_hours.at(time(14))) == (40, 90)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("VOICE_QUIET", "noon", r"voice_quiet = 'noon': .*write it like 12:00-14:00 40"),
        ("VOICE_LANGUAGES", "fr", r"voice_languages = 'fr': .*'zh\+en'"),
        ("VOICE_TIMES", "9", r"voice_times = '9'"),
    ],
)
def test_a_setting_of_the_voice_that_makes_no_sense_is_told(
    environment: dict[str, str], name: str, value: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        load_settings(environment | {f"JIAOHAO_{name}": value})
