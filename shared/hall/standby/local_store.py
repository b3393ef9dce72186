"""This machine's own store: a SQLite file of the same schema, in which things are kept while the hall's is away."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from sqlalchemy import Engine

from shared.domain.clock import Clock
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.plan import HallPlan
from shared.domain.quote import WaitPredictor
from shared.hall.hall import Hall
from shared.hall.plan_document import plan_to_document
from shared.store.engine import make_engine
from shared.store.plans import hall_ids, store_plan
from shared.store.schema import require_schema, upgrade, upgrade_older


def standby_file(folder: Path, database_url: str, hall_id: str | None, machine: str) -> Path | None:
    """Where a machine keeps things for a store: one file for each database and machine.

    None for a SQLite hall, whose store is on this machine already. The name does not depend on user and password,
    which may change while something is kept.
    """
    scheme, _colon, rest = database_url.partition("://")
    if scheme.startswith("sqlite") or not rest:
        return None
    authority, slash, path = rest.partition("/")
    place = f"{authority.rpartition('@')[2]}{slash}{path}"
    database = hashlib.sha256(f"{place} {hall_id or ''}".encode()).hexdigest()[:12]
    name = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in machine)
    return folder / database / f"{name}.db"


class LocalStore:
    """Opens the file when it is first needed. Safe from any thread."""

    def __init__(self, file: Path, clock: Clock, predictor: WaitPredictor) -> None:
        self.file = file
        self._clock = clock
        self._predictor = predictor
        self._lock = threading.Lock()
        self._hall: Hall | None = None
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """The engine of the file.

        Raises:
            StoreUnavailable: `no_schema`, while there is no file.
        """
        with self._lock:
            if self._engine is None:
                if not self.file.exists():
                    raise StoreUnavailable("no_schema", f"{self.file} has not been prepared yet")
                self._engine = make_engine(f"sqlite:///{self.file}")
            return self._engine

    def hall(self) -> Hall:
        """The hall in the file, as an earlier run or `take_plan` left it.

        Raises:
            StoreUnavailable: there is none yet, or the file cannot be read.
        """
        engine = self.engine
        with self._lock:
            if self._hall is None:
                # What an earlier version of the programs has kept is still to be delivered.
                upgrade_older(engine)
                require_schema(engine)
                halls = hall_ids(engine)
                if len(halls) != 1:
                    raise StoreUnavailable("no_schema", f"{self.file} holds {len(halls)} halls")
                self._hall = Hall(engine, halls[0], self._clock, self._predictor)
            return self._hall

    def take_plan(self, plan: HallPlan) -> Hall:
        """Bring the file's hall up to this plan, and make the file if there is none.

        Raises:
            Refused: `plan_in_use`, while something is kept that the plan lacks; `unknown_hall`, when the file is
                another hall's.
            StoreUnavailable: the file cannot be written.
        """
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.touch()
        except OSError as error:
            raise StoreUnavailable("read_only", str(error)) from None
        engine = self.engine
        try:
            require_schema(engine)
        except StoreUnavailable:
            upgrade(engine)
        if [known for known in hall_ids(engine) if known != plan.id]:
            message = f"{self.file} keeps things for another hall: move it away"
            raise Refused(RefusalCode.UNKNOWN_HALL, message, hall=plan.id)
        store_plan(
            engine,
            plan.id,
            plan_to_document(plan),
            self._clock.now(),
            services=[service.key for service in plan.services],
            counters=[counter.number for counter in plan.counters],
        )
        return self.hall()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = self._hall = None
