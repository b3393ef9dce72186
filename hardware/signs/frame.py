"""The grammar of sign frames: a row of parts, by which frames are written and read back."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.signs.frame_parts import Check, FrameError, Length, Message, Part, Text


@dataclass(frozen=True, slots=True)
class FrameGrammar:
    """The parts of a frame in order."""

    parts: tuple[Part, ...]

    def build(self, message: Message) -> bytes:
        """The frame for a message. Raises FrameError when a value does not fit its place."""
        pieces = [part.encode(message) for part in self.parts]
        whole = sum(map(len, pieces))
        text = sum(len(piece) for part, piece in self._with(pieces) if isinstance(part, Text))
        for index, part in enumerate(self.parts):
            if isinstance(part, Length):
                pieces[index] = part.form.pack(whole if part.of_frame else text)
        for index, part in enumerate(self.parts):
            if isinstance(part, Check):
                pieces[index] = part.over(b"".join(pieces[:index]), b"".join(pieces[index + 1 :]))
        return b"".join(pieces)

    def read(self, frame: bytes) -> Message:
        """The message in a frame. Raises FrameError unless every byte is as `build` would have made it."""
        message = Message()
        for part, piece in self._with(self._cut(frame)):
            message = part.decode(piece, message)
        if self.build(message) != frame:
            raise FrameError(f"damaged frame: {frame.hex(' ').upper()}")
        return message

    def _cut(self, frame: bytes) -> list[bytes]:
        """Everything but the text has a length that is known beforehand."""
        sizes = [0 if isinstance(part, Text) else len(part.encode(Message())) for part in self.parts]
        left = len(frame) - sum(sizes)
        texts = [index for index, part in enumerate(self.parts) if isinstance(part, Text)]
        if left < 0 or (left and not texts):
            raise FrameError(f"frame of wrong length: {frame.hex(' ').upper()}")
        for index in texts:
            sizes[index] = left
        ends = [sum(sizes[: index + 1]) for index in range(len(sizes))]
        return [frame[end - size : end] for end, size in zip(ends, sizes, strict=True)]

    def _with(self, pieces: list[bytes]) -> zip[tuple[Part, bytes]]:
        return zip(self.parts, pieces, strict=True)
