from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import Refused, StoreUnavailable
from shared.domain.standby import LastKnownQueue
from shared.hall.standby.local_store import LocalStore, standby_file
from shared.store.engine import make_engine
from shared.store.schema import require_schema, upgrade
from tools.testing.halls import NINE, small_plan

HERE = Path("standby")


def test_a_hall_on_this_machine_needs_no_standby() -> None:
    assert standby_file(HERE, "sqlite:////var/lib/hall.db", None, "kiosk-1") is None
    assert standby_file(HERE, "nonsense", None, "kiosk-1") is None


def test_the_file_stays_the_same_when_the_password_changes() -> None:
    files = {
        standby_file(HERE, f"postgresql+psycopg://{user}@server:5432/hall", None, "kiosk-1")
        for user in ("li:old", "li:new", "wang")
    }
    assert len(files) == 1


def test_each_database_hall_and_machine_has_a_file_of_its_own() -> None:
    several = "postgresql+psycopg://li@a:5432,b:5432/hall?target_session_attrs=read-write"
    files = {
        standby_file(HERE, several, None, "kiosk-1"),
        standby_file(HERE, "postgresql+psycopg://li@server/hall", None, "kiosk-1"),
        standby_file(HERE, "postgresql+psycopg://li@server/other", None, "kiosk-1"),
        standby_file(HERE, "postgresql+psycopg://li@server/hall", "north", "kiosk-1"),
        standby_file(HERE, "postgresql+psycopg://li@server/hall", None, "kiosk-2"),
    }
    assert len(files) == 5
    assert None not in files


def test_a_machine_s_name_is_no_path() -> None:
    file = standby_file(HERE, "postgresql://server/hall", None, "../门口/1")
    assert file is not None
    assert file.parent.parent == HERE


def test_another_hall_s_file_is_left_alone(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "kiosk.db", ManualClock(NINE), LastKnownQueue())
    store.take_plan(small_plan())
    with pytest.raises(Refused):
        store.take_plan(replace(small_plan(), id="other"))
    store.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = LocalStore(tmp_path / "file" / "kiosk.db", ManualClock(NINE), LastKnownQueue())
    with pytest.raises(StoreUnavailable) as fault:
        store.take_plan(small_plan())
    assert fault.value.cause == "read_only"


def test_a_file_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.db"
    engine = make_engine(f"sqlite:///{file}")
    upgrade(engine, "0009")
    engine.dispose()
    store = LocalStore(file, ManualClock(NINE), LastKnownQueue())
    with pytest.raises(StoreUnavailable, match="holds 0 halls"):
        store.hall()
    require_schema(store.engine)
    store.close()


def test_a_file_without_a_schema_is_left_without_one(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.db"
    file.touch()
    store = LocalStore(file, ManualClock(NINE), LastKnownQueue())
    with pytest.raises(StoreUnavailable) as fault:
        store.hall()
    assert fault.value.cause == "no_schema"
    with pytest.raises(StoreUnavailable, match="holds no hall yet"):
        require_schema(store.engine)
    store.close()
