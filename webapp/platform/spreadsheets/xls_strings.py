"""Lengths of the shared strings of an .xls, which run on over several records (MS-XLS 2.4.265)."""

import struct
from collections.abc import Sequence

_HEAD_BYTES = 8
_IS_WIDE, _HAS_EXTENSION, _HAS_RUNS = 0x01, 0x04, 0x08
_RUN_BYTES = 4


def string_lengths(records: Sequence[bytes]) -> list[int]:
    """Characters of each shared string; ends where the table is cut off."""
    table = _Table(records)
    lengths = []
    try:
        table.skip(_HEAD_BYTES)
        while not table.is_at_end():
            lengths.append(table.string())
    except (IndexError, struct.error):
        return lengths
    return lengths


class _Table:
    """A place in the table, which moves on over the ends of records."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self._records = records
        self._record = 0
        self._at = 0

    def is_at_end(self) -> bool:
        while self._record < len(self._records) and self._left() == 0:
            self._record, self._at = self._record + 1, 0
        return self._record >= len(self._records)

    def string(self) -> int:
        characters, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & _HAS_RUNS else 0
        extension = struct.unpack("<I", self.take(4))[0] if flags & _HAS_EXTENSION else 0
        self._skip_characters(characters, is_wide=bool(flags & _IS_WIDE))
        self.skip(runs * _RUN_BYTES + extension)
        return int(characters)

    def take(self, size: int) -> bytes:
        if self.is_at_end():
            raise IndexError
        start, self._at = self._at, self._at + size
        return self._records[self._record][start : start + size]

    def skip(self, size: int) -> None:
        while size > 0:
            if self.is_at_end():
                raise IndexError
            step = min(size, self._left())
            self._at, size = self._at + step, size - step

    def _left(self) -> int:
        return max(0, len(self._records[self._record]) - self._at)

    def _skip_characters(self, count: int, *, is_wide: bool) -> None:
        """Each record that a text runs on into opens with a byte telling its width anew."""
        while count > 0:
            if self._left() == 0:
                self._record, self._at = self._record + 1, 0
                is_wide = bool(self._records[self._record][0] & _IS_WIDE)
                self._at = 1
            width = 2 if is_wide else 1
            step = min(count, self._left() // width)
            if step == 0:
                raise IndexError
            self._at, count = self._at + step * width, count - step
