"""`jiaohao voice pack …`: the clips that calls are spoken from."""

from __future__ import annotations

from pathlib import Path

import click

from hardware.voice.default_pack import build_pack, default_pack_folder
from hardware.voice.pack import PackError, load_pack
from hardware.voice.wording import TEXTS
from operations.desk import DIFFERENT, ENVIRONMENT, Desk, desk_options


@click.group()
def voice() -> None:
    """Work on what the lobby's loudspeaker says."""


@voice.group()
def pack() -> None:
    """Make a pack of clips, or check one that was recorded."""


@pack.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@desk_options
def build(desk: Desk, folder: Path | None) -> int | None:
    """Make the default pack with espeak-ng, in FOLDER or where the lobby looks for it."""
    target = folder or default_pack_folder()
    try:
        build_pack(target)
        made = load_pack(target)
    except PackError as error:
        return desk.fail(ENVIRONMENT, "voice_pack", str(error))
    told = desk.words.say("devices-pack-built", folder=str(target))
    desk.answer({"folder": str(target), "title": made.title}, told)
    return None


@pack.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@desk_options
def check(desk: Desk, folder: Path | None) -> int | None:
    """Check every clip of the pack in FOLDER, of the one that is set, or of the default one."""
    target = folder or desk.settings.clip_folder or default_pack_folder()
    try:
        found = load_pack(target)
    except PackError as error:
        desk.answer({"folder": str(target), "problems": list(error.problems)}, str(error))
        return DIFFERENT
    clips = sum(map(len, found.clips.values()))
    values = {"folder": str(target), "problems": [], "languages": list(found.languages), "clips": clips}
    told = desk.words.say("devices-pack-well", folder=str(target), title=found.title, clips=clips)
    desk.answer(values, told)
    return None


@pack.command()
@desk_options
def words(desk: Desk) -> None:
    """List the words that a recorded pack needs: each clip's name in the manifest, and what it says."""
    lines = []
    for language, texts in TEXTS.items():
        lines += [f"[{language}]", *(f"{clip}\t{text}" for clip, text in texts.items())]
    desk.answer(TEXTS, "\n".join(lines))
