"""Photos: what is kept, what is read, what is refused."""

import hashlib
import struct
import zipfile
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageDraw

from webapp.platform.images import (
    MAX_BYTES,
    SIMILAR_DISTANCE,
    ImageRefused,
    hash_distance,
    process_image,
)


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """A picture with structure: a bright disc in the upper left of a dark ground."""
    image = Image.new(mode, (width, height), "navy")
    ImageDraw.Draw(image).ellipse((0, 0, width // 2, height // 2), fill="yellow")
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ImageRefused) as caught:
        process_image(data)
    return caught.value.message


def exif_of() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera of Zhang San"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:03:08 09:30:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (36.0, 6.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (114.0, 21.0, 36.0),
        }
    )
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_every_usual_photo_becomes_a_jpeg(kind: str) -> None:
    found = process_image(saved(picture(), kind))

    assert found.media_type == "image/jpeg"
    assert Image.open(BytesIO(found.data)).format == "JPEG"
    assert (found.width, found.height) == (400, 300)


def test_a_large_photo_is_kept_at_1600_and_shown_at_320_pixels() -> None:
    found = process_image(saved(picture(4000, 3000)))

    assert (found.width, found.height) == (1600, 1200)
    assert Image.open(BytesIO(found.data)).size == (1600, 1200)
    assert Image.open(BytesIO(found.thumbnail)).size == (320, 240)


def test_place_and_time_are_read_and_then_gone() -> None:
    found = process_image(saved(picture(), exif=exif_of()))

    assert (found.latitude, found.longitude) == (36.1, 114.36)
    assert found.taken_at == datetime(2026, 3, 8, 1, 30, tzinfo=UTC)
    assert not Image.open(BytesIO(found.data)).getexif()
    assert b"Zhang San" not in found.data + found.thumbnail


def test_the_cameras_own_time_zone_is_heeded() -> None:
    exif = exif_of()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = "+00:00"

    found = process_image(saved(picture(), exif=exif))

    assert found.taken_at == datetime(2026, 3, 8, 9, 30, tzinfo=UTC)


def test_senseless_metadata_are_ignored() -> None:
    exif = exif_of()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "0000:00:00 00:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (136.0, 0.0, 0.0)

    found = process_image(saved(picture(), exif=exif))

    assert (found.taken_at, found.latitude, found.longitude) == (None, None, None)


def test_a_photo_taken_sideways_is_set_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6

    found = process_image(saved(picture(), exif=exif))

    assert (found.width, found.height) == (300, 400)


def test_transparency_becomes_white() -> None:
    found = process_image(saved(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG"))

    assert Image.open(BytesIO(found.data)).getpixel((10, 10)) == (255, 255, 255)


def test_both_hashes_name_what_was_sent_and_what_is_kept() -> None:
    data = saved(picture())

    found = process_image(data)

    assert found.original_sha256 == hashlib.sha256(data).hexdigest()
    assert found.sha256 == hashlib.sha256(found.data).hexdigest()


def test_the_same_scene_in_another_size_looks_alike_and_another_scene_does_not() -> None:
    here = process_image(saved(picture(1200, 900)))
    smaller = process_image(saved(picture(640, 480), quality=40))
    other = process_image(saved(picture(1200, 900).rotate(180)))

    assert len(here.perceptual_hash) == 16
    assert hash_distance(here.perceptual_hash, smaller.perceptual_hash) <= SIMILAR_DISTANCE
    assert hash_distance(here.perceptual_hash, other.perceptual_hash) > SIMILAR_DISTANCE


def test_a_photo_with_a_second_view_behind_it_is_no_animation() -> None:
    data = saved(picture(), "MPO", save_all=True, append_images=[picture(200, 150)])

    assert process_image(data).width == 400


def test_moving_pictures_are_refused() -> None:
    frames = [picture(), picture().rotate(90)]
    moving = [
        saved(frames[0], kind, save_all=True, append_images=frames[1:])
        for kind in ("GIF", "PNG", "WEBP")
    ]

    assert {refusal(data) for data in moving} == {"不支持动图。请上传一张静止的照片。"}


def test_heic_is_refused_with_the_setting_to_change() -> None:
    assert "兼容性最佳" in refusal(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(99))


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?><svg/>",
        b"  <!DOCTYPE svg><svg onload='x()'/>",
    ],
)
def test_vector_graphics_are_refused(data: bytes) -> None:
    assert "SVG" in refusal(data)


def test_files_that_are_something_else_as_well_are_refused() -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.html", "<p>")
    photo = saved(picture())
    disguised = [
        photo + archive.getvalue(),
        photo + b"<script>alert(1)</script>",
        saved(picture(), "GIF") + b"<?php system($_GET[0]); ?>",
        photo[:20] + b"%PDF-1.7 " + photo[20:],
    ]

    assert {refusal(data)[:9] for data in disguised} == {"图片里夹带了其他内"}


def test_what_is_no_picture_is_refused_whatever_its_name() -> None:
    assert refusal(b"%PDF-1.7") == "这不是图片。请上传 JPG、PNG 或 WebP 照片。"
    assert refusal(b"") == "图片是空的。请重新选择照片上传。"


def test_too_many_bytes_are_refused_unread() -> None:
    assert "最多 20 MB" in refusal(b"\xff\xd8\xff" + bytes(MAX_BYTES))


def test_too_many_pixels_are_refused_undecoded() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    def bomb(side: int) -> bytes:
        header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header)
            + chunk(b"IDAT", b"")
            + chunk(b"IEND", b"")
        )

    assert {refusal(bomb(side))[:10] for side in (7_000, 12_000, 60_000)} == {"图片超过 4000 "}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_cut_off_photo_is_refused(kind: str) -> None:
    data = saved(picture(800, 600).rotate(15), kind)

    assert refusal(data[: len(data) // 2]).startswith("图片不完整")


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "BMP"]),
    st.integers(0, 900),
)
def test_no_bytes_whatever_raise_anything_but_a_refusal(noise: bytes, kind: str, at: int) -> None:
    data = saved(picture(32, 24), kind)

    for spoiled in (noise, data[:at] + noise + data[at + len(noise) :]):
        with suppress(ImageRefused):
            assert process_image(spoiled).width
