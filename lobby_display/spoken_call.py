"""How this hall says a call: in which languages, how often and how loud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.voice.announcement_sound import SpokenCall
from shared.words import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import time

    from shared.domain.announcement import Announcement
    from shared.settings import Settings

_CHOSEN = {
    "zh": (Language.ZH,),
    "en": (Language.EN,),
    "zh+en": (Language.ZH, Language.EN),
}


@dataclass(frozen=True, slots=True)
class CallWording:
    """The machine's settings, put together with what is known of a call and with the time of day in the hall."""

    settings: Settings
    languages_of: Callable[[Announcement], Sequence[Language]]
    time_in_hall: Callable[[], time]

    def __call__(self, announcement: Announcement) -> SpokenCall:
        """Say a call so."""
        languages = _CHOSEN.get(self.settings.voice_languages) or self.languages_of(announcement)
        # Chinese first, whichever language the screen is in: nearly everybody waits for that.
        ordered = sorted(languages, key=list(Language).index)
        return SpokenCall(
            announcement.number,
            announcement.counter,
            recalled=announcement.recalled,
            languages=tuple(str(each) for each in ordered),
            times=self.settings.voice_times,
            volume=self.settings.volume_hours.at(self.time_in_hall()),
        )
