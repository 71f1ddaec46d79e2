"""Reads one stream out of a compound file (MS-CFB), the container of .xls."""

import struct
from collections.abc import Iterator

from webapp.platform.spreadsheets.workbook import damaged

_FREE_FROM = 0xFFFFFFFA
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_MINI_SECTOR_BYTES = 64
_HEADER_DIFAT = 109


class CompoundFile:
    """A compound file; raises SpreadsheetRefused wherever its chains are broken."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER_BYTES:
            raise damaged()
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise damaged()
        self._sector_bytes = 1 << shift
        self._first_directory, _, self._mini_cutoff, self._first_mini_fat = struct.unpack_from(
            "<IIII", data, 48
        )
        self._fat = self._read_fat()

    def stream(self, *names: str) -> bytes:
        """The first stream that has one of these names; empty when there is none."""
        entries = list(self._entries())
        root = next((e for e in entries if e[1] == _ROOT), None)
        for wanted in names:
            for name, kind, start, size in entries:
                if kind == _STREAM and name == wanted:
                    if size >= self._mini_cutoff:
                        return self._chain(start)[:size]
                    return self._mini_stream(root, start)[:size]
        return b""

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        return self._data[start : start + self._sector_bytes]

    def _read_fat(self) -> list[int]:
        locations = list(struct.unpack_from(f"<{_HEADER_DIFAT}I", self._data, 76))
        (next_difat,) = struct.unpack_from("<I", self._data, 68)
        per_sector = self._sector_bytes // 4
        seen: set[int] = set()
        while next_difat < _FREE_FROM and next_difat not in seen:
            seen.add(next_difat)
            words = _words(self._sector(next_difat))
            locations += words[: per_sector - 1]
            next_difat = words[-1] if len(words) == per_sector else _FREE_FROM
        fat: list[int] = []
        for location in locations:
            if location < _FREE_FROM:
                fat += _words(self._sector(location))
        return fat

    def _numbers(self, start: int, table: list[int]) -> Iterator[int]:
        seen: set[int] = set()
        while start < _FREE_FROM:
            if start in seen or start >= len(table):
                raise damaged()
            seen.add(start)
            yield start
            start = table[start]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._numbers(start, self._fat))

    def _mini_stream(self, root: tuple[str, int, int, int] | None, start: int) -> bytes:
        if root is None:
            raise damaged()
        whole = self._chain(root[2])
        table = _words(self._chain(self._first_mini_fat))
        return b"".join(
            whole[number * _MINI_SECTOR_BYTES : (number + 1) * _MINI_SECTOR_BYTES]
            for number in self._numbers(start, table)
        )

    def _entries(self) -> Iterator[tuple[str, int, int, int]]:
        directory = self._chain(self._first_directory)
        for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)]
            yield name.decode("utf-16-le", "replace"), kind, start, size


_STREAM = 2
_ROOT = 5


def _words(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
