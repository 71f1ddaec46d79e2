import multiprocessing
from pathlib import Path

import pytest

from tests.documents.reading import flat, font_objects
from webapp.documents import fonts
from webapp.documents.flow import Document
from webapp.documents.fonts import Face
from webapp.documents.runs import Run, Style
from webapp.documents.typesetting.metrics import clean, metrics

RARE = "龘濮滑〔〕№☐☑₂"


def _unpack(cache: str) -> int:
    fonts.prepare(Path(cache))
    return len(list(Path(cache).glob("*.ttf")))


def test_two_processes_may_unpack_the_faces_at_the_same_time(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")

    with context.Pool(2) as pool:
        counts = pool.map(_unpack, [str(tmp_path)] * 2, chunksize=1)

    assert len(list(tmp_path.iterdir())) == max(counts) == 5


@pytest.mark.parametrize("face", list(Face))
def test_rare_characters_are_found_in_every_face(face: Face) -> None:
    content = Document(title="生僻字", author="测试").paragraph(Run(RARE, face)).build()

    assert RARE in flat(content)


def test_a_character_nobody_has_is_drawn_as_the_geta_mark() -> None:
    content = Document(title="未知字", author="测试").paragraph("甲\U00020000乙😀丙").build()

    assert "甲〓乙〓丙" in flat(content)


def test_every_face_is_embedded_as_a_subset_and_none_is_assumed() -> None:
    content = Document(title="字体", author="测试").paragraph([Run("字A☑", face) for face in Face])

    described = list(font_objects(content.build()))

    assert len(described) == 6
    assert all("AAAAAA+Anqima" in one and "/FontDescriptor" in one for one in described)
    assert all("/ToUnicode" in one for one in described)


def test_fangsong_is_drawn_in_song_until_the_customer_brings_a_face() -> None:
    assert metrics(Face.FANGSONG).face is Face.SONG


def _fangsong_face(cache: str, path: str) -> tuple[str, bytes]:
    fonts.prepare(Path(cache), Path(path))
    content = Document(title="仿宋", author="测试").paragraph(Run("字", Face.FANGSONG)).build()
    return metrics(Face.FANGSONG).face.name, content


def test_the_customers_fangsong_is_embedded(tmp_path: Path) -> None:
    fonts.unpacked(tmp_path, "kai.ttf")
    brought = next(tmp_path.glob("kai-*.ttf"))

    with multiprocessing.get_context("spawn").Pool(1) as pool:
        face, content = pool.apply(_fangsong_face, (str(tmp_path), str(brought)))

    assert face == "FANGSONG"
    assert "字" in flat(content)


def test_a_fangsong_that_is_no_face_is_refused_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "simfang.ttf"
    path.write_bytes(b"not a face")

    with pytest.raises(ValueError, match=r"FONT_FANGSONG.*simfang\.ttf"):
        fonts.prepare(tmp_path, path)


def test_direction_overrides_and_controls_never_reach_the_paper() -> None:
    assert clean("整改\u202e完毕\x00\u200b\ufe0f\t后") == "整改完毕 后"


def test_widths_are_those_of_the_face_that_draws() -> None:
    style = Style(Face.HEI)

    assert metrics(style.face).width("安全生产") == pytest.approx(4.0)
