"""The table `[ticket]` of a hall's file: the paper's template, and the logo that is read beside the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

from PIL import Image, UnidentifiedImageError
from pydantic import Field

from shared.domain.bitmap import Bitmap
from shared.domain.plan import Localized, Promotion, TicketField, TicketLayout
from shared.hall.hall_file_parts import Part, Text
from shared.hall.toml_lines import Place

DOTS_PER_MM = 8
WIDEST_LOGO_MM, TALLEST_LOGO_MM = 46, 30
"""So wide that it fits 58 mm paper, and so tall that the number stays what one sees first."""

LARGEST_LOGO_BYTES = 2_000_000
LARGEST_LOGO_PIXELS = 20_000_000
_BLACK_BELOW = 128

FieldName = Literal["people", "quote", "counters", "issued"]
_FIELDS: tuple[FieldName, ...] = get_args(FieldName)


class PromotionTable(Part):
    """`[[ticket.promotion]]`."""

    text: Text
    first_day: date | None = None
    last_day: date | None = None


class TicketTable(Part):
    """`[ticket]`."""

    header: Text | None = None
    footer: Text | None = None
    logo: str | None = None
    logo_width_mm: Annotated[float, Field(ge=5, le=WIDEST_LOGO_MM)] = 30
    fields: list[FieldName] = Field(default_factory=lambda: [*_FIELDS])
    qr: bool = True
    promotion: list[PromotionTable] = Field(default_factory=list)


class LogoError(Exception):
    """The logo cannot be printed; the text says why and what to do."""


LOGO_PLACE: Place = ("ticket", "logo")


def ticket_layout(table: TicketTable, folder: Path) -> TicketLayout:
    """The template of a table; the logo's path starts in `folder`.

    Raises:
        LogoError: there is a logo, and it is no picture that can be printed.
    """
    return TicketLayout(
        logo=None if table.logo is None else read_logo(folder / table.logo, table.logo_width_mm),
        fields=tuple(TicketField(name) for name in table.fields),
        qr=table.qr,
        promotions=tuple(
            Promotion(Localized(each.text.zh, each.text.en), each.first_day, each.last_day)
            for each in table.promotion
        ),
    )


def read_logo(path: Path, width_mm: float) -> Bitmap:
    """A picture file as dots, so wide: what is darker than half is black, what is transparent is paper.

    Raises:
        LogoError: it cannot be read, is too large, or would come out too tall.
    """
    try:
        if path.stat().st_size > LARGEST_LOGO_BYTES:
            raise LogoError(
                f"{path.name} has more than {LARGEST_LOGO_BYTES // 1_000_000} MB: save it smaller"
            )
        with Image.open(path) as picture:
            if picture.width * picture.height > LARGEST_LOGO_PIXELS:
                raise LogoError(f"{path.name} has {picture.width} x {picture.height} dots: save it smaller")
            return _dots(picture, width_mm, path.name)
    except UnidentifiedImageError:
        raise LogoError(f"{path.name} is no picture: use PNG") from None
    except (OSError, Image.DecompressionBombError) as error:
        raise LogoError(f"{path.name} cannot be read: {error}") from None


def _dots(picture: Image.Image, width_mm: float, name: str) -> Bitmap:
    width = round(width_mm * DOTS_PER_MM)
    height = max(1, round(picture.height * width / picture.width))
    if height > TALLEST_LOGO_MM * DOTS_PER_MM:
        tall = height / DOTS_PER_MM
        fitting = int(width_mm * TALLEST_LOGO_MM / tall)
        advice = f"set logo_width_mm = {fitting}" if fitting >= 5 else "cut it"
        raise LogoError(f"{name} would be {tall:.0f} mm tall, the most is {TALLEST_LOGO_MM}: {advice}")
    paper = Image.new("RGBA", picture.size, "white")
    flat = Image.alpha_composite(paper, picture.convert("RGBA")).convert("L")
    small = flat.resize((width, height), Image.Resampling.LANCZOS)
    black = small.point(lambda light: 255 if light < _BLACK_BELOW else 0, "1")
    if black.getbbox() is None:
        raise LogoError(f"{name} comes out white: use a dark picture on a light or transparent ground")
    return Bitmap.from_bits(width, height, black.tobytes())
