"""`jiaohao ticket preview`: the hall's ticket as a picture, drawn from the very bytes that a printer would be sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from operations.desk import ENVIRONMENT, USAGE, Desk, desk_options
from shared.domain.clock import machine_clock
from shared.domain.plan import HallPlan

if TYPE_CHECKING:
    from hardware.simulators.printer import PrintedTicket


@click.command()
@click.option("--text/--raster", "as_text", help="In the printer's own font, or as a picture (usual)")
@click.option("--width", type=click.Choice(["58", "80"]), default="80", show_default=True, help="Paper, mm")
@click.option(
    "--service", metavar="KEY", help="The service of the specimen; the hall's first one when left out"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("ticket.png"),
    show_default=True,
    help="Where the picture goes",
)
@desk_options
def preview(desk: Desk, *, as_text: bool, width: str, service: str | None, output: Path) -> int | None:
    """Draw a specimen of the hall's ticket as a PNG.

    --hall takes a hall file too, so that a template can be looked at before it is loaded.
    """
    # Drawing loads picture libraries, for which the other commands about tickets should not wait.
    from hardware.printing.opening import open_printer
    from hardware.simulators.bench import SimulatorBench
    from shared.hall.hall_file import HallFileError
    from shared.hall.ticket_specimen import specimen_slip

    try:
        plan = _plan(desk)
    except HallFileError as error:
        return desk.fail(USAGE, "hall_file", str(error))
    slip = specimen_slip(plan, machine_clock().now(), desk.words, service)
    tickets: list[PrintedTicket] = []
    render = "text" if as_text else "raster"
    url = f"sim://printer/preview?width={width}&render={render}"
    open_printer(url, bench=SimulatorBench(tickets.append)).print_slip(slip)
    try:
        tickets[0].picture.save(output, format="PNG")
    except OSError as error:
        return desk.fail(ENVIRONMENT, "output", str(error))
    desk.answer({"file": str(output)}, desk.words.say("operations-preview-written", file=str(output)))
    return None


def _plan(desk: Desk) -> HallPlan:
    """The plan in the file that is named as hall, else that of the hall in the store."""
    named = desk.settings.hall
    if named is not None and Path(named).is_file():
        from shared.hall.hall_file import load_hall_file

        return load_hall_file(Path(named))
    with desk.open_hall() as hall:
        return hall.plan
