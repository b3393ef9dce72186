"""`jiaohao fence`: a database role for one hall's programs, or one that only reads."""

from __future__ import annotations

import click

from operations.desk import REFUSED, Desk, desk_options
from shared.store.fencing import FencingRefused
from shared.store.fencing import fence as fence_role


@click.command()
@click.argument("role")
@click.option("--read-all", is_flag=True, help="The role reads every hall and writes nothing")
@desk_options
def fence(desk: Desk, role: str, *, read_all: bool) -> int | None:
    """Fence a PostgreSQL ROLE: it works on the rows of one hall alone, or reads those of all.

    Run it as the owner of the tables, and again after each new version of the programs.
    """
    hall_id = None
    if not read_all:
        with desk.open_hall() as hall:
            hall_id = hall.hall_id
    try:
        fence_role(desk.settings.database_url, role, hall_id)
    except FencingRefused as refused:
        advice = desk.words.say(f"fence-refused-{refused.code}")
        return desk.fail(REFUSED, refused.code, str(refused), advice)
    text = (
        desk.words.say("fence-all", role=role)
        if hall_id is None
        else desk.words.say("fence-hall", role=role, hall=hall_id)
    )
    desk.answer({"role": role, "hall": hall_id, "writes": hall_id is not None}, text)
    return None
