"""Photos taken in: told by content, bounded before decoding, read for place and time, re-encoded.

What is kept is always a JPEG that we made ourselves, so nothing hidden in an upload survives:
no metadata, no second picture behind the first, no archive or script beside it.
"""

import hashlib
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from itertools import pairwise

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600
THUMBNAIL_SIDE = 320
SIMILAR_DISTANCE = 10

# Pillow warns above this and raises above twice as much; both are taken as a refusal.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_QUALITY, _THUMBNAIL_QUALITY = 85, 78
_HASH_SIDE = 8
_SHANGHAI = timezone(timedelta(hours=8))
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_FOREIGN = (b"%pdf-", b"<script", b"<html", b"<svg", b"<?php", b"<!doctype", b"<iframe")
_HEAD_BYTES, _TAIL_BYTES = 1024, 4096
_DECODING_ERRORS = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    SyntaxError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)


class ImageRefused(Exception):
    """The file cannot be taken as a photo; the message says in Chinese why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class ProcessedImage:
    """A photo as it is kept, and what its metadata said before they were dropped.

    Hashes are hexadecimal SHA-256; ``perceptual_hash`` is an 8×8 difference hash of 16 digits;
    ``taken_at`` is aware, Beijing time where the camera named no zone; degrees are WGS 84.
    """

    data: bytes
    thumbnail: bytes
    media_type: str
    width: int
    height: int
    sha256: str
    original_sha256: str
    perceptual_hash: str
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None


def process_image(data: bytes, *, max_side: int = MAX_SIDE) -> ProcessedImage:
    """Turn an upload into a photo to keep, its longer side at most ``max_side`` pixels.

    Raises ImageRefused with what the user has to do.
    """
    _check_bytes(data)
    try:
        with _opened(data) as image:
            exif = image.getexif()
            taken_at, position = _taken_at(exif), _position(exif)
            # Lets the JPEG decoder skip detail that the result will not have.
            image.draft("RGB", (max_side, max_side))
            upright = _flattened(ImageOps.exif_transpose(image))
    except _DECODING_ERRORS as error:
        raise _damaged() from error
    kept = upright.copy()
    kept.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    small = kept.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    encoded = _encoded(kept, _QUALITY)
    return ProcessedImage(
        data=encoded,
        thumbnail=_encoded(small, _THUMBNAIL_QUALITY),
        media_type="image/jpeg",
        width=kept.width,
        height=kept.height,
        sha256=hashlib.sha256(encoded).hexdigest(),
        original_sha256=hashlib.sha256(data).hexdigest(),
        perceptual_hash=_difference_hash(kept),
        taken_at=taken_at,
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
    )


def hash_distance(one: str, other: str) -> int:
    """In how many of 64 bits two perceptual hashes differ; up to SIMILAR_DISTANCE look alike."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _damaged() -> ImageRefused:
    return ImageRefused("图片不完整或已损坏，无法打开。请重新拍摄或换一张照片上传。")


def _check_bytes(data: bytes) -> None:
    if not data:
        raise ImageRefused("图片是空的。请重新选择照片上传。")
    if len(data) > MAX_BYTES:
        raise ImageRefused(
            f"图片有 {len(data) / 1024 / 1024:.1f} MB，最多 {MAX_BYTES // 1024 // 1024} MB。"
            "请在相机设置里降低分辨率，或压缩后再上传。"
        )
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise ImageRefused(
            "暂不支持 HEIC 照片。苹果手机请在“设置—相机—格式”里选“兼容性最佳”后重拍，"
            "或把照片另存为 JPG 再上传。"
        )
    head = data[:_HEAD_BYTES].lower()
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith((b"<svg", b"<?xml", b"<!doctype")):
        raise ImageRefused("不支持矢量图（SVG）。请上传 JPG 或 PNG 照片。")
    if not _has_picture_magic(data):
        raise ImageRefused("这不是图片。请上传 JPG、PNG 或 WebP 照片。")
    tail = data[-_TAIL_BYTES:].lower()
    if any(mark in head or mark in tail for mark in _FOREIGN) or zipfile.is_zipfile(BytesIO(data)):
        raise ImageRefused("图片里夹带了其他内容，为了安全不能接收。请重新拍摄后上传。")


def _has_picture_magic(data: bytes) -> bool:
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return is_webp or data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM"))


def _opened(data: bytes) -> Image.Image:
    """The picture with its header read and its size checked, not yet decoded."""
    try:
        image = Image.open(BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise _damaged() from error
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    # Phones store a depth map or a second view behind the photo (MPO); that is no animation.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise ImageRefused("不支持动图。请上传一张静止的照片。")
    return image


def _too_many_pixels() -> ImageRefused:
    return ImageRefused(
        f"图片超过 {MAX_PIXELS // 10_000} 万像素。请在相机设置里降低分辨率后再上传。"
    )


def _flattened(image: Image.Image) -> Image.Image:
    """RGB on white: a photo has no transparency."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return image.convert("RGB")


def _encoded(image: Image.Image, quality: int) -> bytes:
    target = BytesIO()
    image.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()


def _difference_hash(image: Image.Image) -> str:
    """Whether each of 8×8 fields is brighter than its right neighbour, row by row."""
    grey = image.convert("L").resize((_HASH_SIDE + 1, _HASH_SIDE), Image.Resampling.LANCZOS)
    shades = grey.tobytes()
    bits = 0
    for at in range(0, len(shades), _HASH_SIDE + 1):
        for left, right in pairwise(shades[at : at + _HASH_SIDE + 1]):
            bits = bits << 1 | (left > right)
    return f"{bits:016x}"


def _taken_at(exif: Image.Exif) -> datetime | None:
    try:
        details = exif.get_ifd(ExifTags.IFD.Exif)
        text = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
        moment = datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        zone = str(details.get(ExifTags.Base.OffsetTimeOriginal) or "").strip("\x00 ")
        if not zone:
            return moment.replace(tzinfo=_SHANGHAI)
        offset = datetime.strptime(zone, "%z").utcoffset()
        return moment.replace(tzinfo=timezone(offset) if offset else UTC)
    except _DECODING_ERRORS:
        return None


def _position(exif: Image.Exif) -> tuple[float, float] | None:
    try:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef])
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef])
    except (*_DECODING_ERRORS, ZeroDivisionError):
        return None
    # A camera without a fix writes zeros or not-a-number.
    is_on_earth = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if is_on_earth and (latitude or longitude) else None


def _degrees(parts: tuple[float, float, float], reference: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    is_negative = str(reference).strip("\x00 ").upper() in ("S", "W")
    return round(-value if is_negative else value, 7)
