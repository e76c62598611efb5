"""Thumbnails of what people send, and of what is sent to hurt."""

import io
import struct
import zlib

import pytest
from PIL import Image

from chirrup.domain.disguises import disguise_of
from chirrup.imaging import LONGEST, PIXELS_MAX, PROGRESSIVE_MAX, make_small
from tests.support.files import image

ORIENTATION = 0x0112
GPS = 0x8825


def opened(body: bytes) -> Image.Image:
    small = make_small(body)
    assert small
    assert small.content_type == "image/webp"
    picture = Image.open(io.BytesIO(small.body))
    assert picture.format == "WEBP"
    return picture


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it has so many pixels, all black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(100_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((800, 400), (320, 160)),
        ((400, 800), (160, 320)),
        ((1000, 2), (320, 1)),
        ((50, 40), (50, 40)),
    ],
)
def test_the_longer_side_is_320_and_small_images_stay_as_they_are(
    format_: str, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert opened(image(format_, size)).size == expected
    assert max(expected) <= LONGEST


def test_an_image_is_turned_the_right_way_up_and_loses_all_that_it_tells() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (52.0, 31.0, 12.0)}
    exif[0x010F] = "Camera"
    body = image("JPEG", (600, 300), exif=exif.tobytes(), comment=b"at home")
    assert b"Camera" in body
    small = opened(body)
    assert small.size == (160, 320)
    assert not small.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & small.info.keys()


def test_of_two_photos_in_one_file_the_first_is_taken() -> None:
    out = io.BytesIO()
    first, second = (Image.new("RGB", (400, 200), colour) for colour in ("red", "blue"))
    first.save(out, "MPO", save_all=True, append_images=[second])
    with Image.open(io.BytesIO(out.getvalue())) as both:
        assert both.format == "MPO"
    assert disguise_of("image/jpeg", out.getvalue(), out.getvalue(), len(out.getvalue())) is None
    small = opened(out.getvalue())
    assert small.size == (320, 160)
    red, _, blue = small.convert("RGB").getpixel((100, 100))  # type: ignore[misc]
    assert red > 200 > blue


def test_a_profile_and_text_are_left_out() -> None:
    profile = b"\0\0\0\x14" + b"\0" * 16
    assert "icc_profile" not in opened(image("PNG", icc_profile=profile)).info


def test_what_can_be_seen_through_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (600, 600), (255, 0, 0, 0)).save(out, "PNG")
    small = opened(out.getvalue())
    assert small.mode == "RGBA"
    assert small.convert("RGBA").getpixel((10, 10))[3] == 0  # type: ignore[index]


def test_of_what_moves_the_first_picture_is_taken() -> None:
    frames = [Image.new("RGB", (400, 400), colour) for colour in ("red", "blue", "green")]
    for format_ in ("GIF", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, format_, save_all=True, append_images=frames[1:])
        small = opened(out.getvalue())
        assert getattr(small, "n_frames", 1) == 1
        red, green, blue = small.convert("RGB").getpixel((100, 100))  # type: ignore[misc]
        assert red > 200
        assert green < 50
        assert blue < 50


@pytest.mark.parametrize("size", [(16_001, 1_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_not_decoded(size: tuple[int, int]) -> None:
    assert size[0] * size[1] > PIXELS_MAX["PNG"]
    assert make_small(bomb(*size)) is None


def test_a_large_photo_gets_one_unless_it_has_to_be_decoded_in_whole() -> None:
    size = 5_000, 5_000
    assert PROGRESSIVE_MAX < size[0] * size[1] < PIXELS_MAX["JPEG"]
    assert opened(image("JPEG", size)).size == (320, 320)
    assert make_small(image("JPEG", size, progressive=True)) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        image("PNG")[:60],
        image("JPEG")[:300],
        image("WEBP")[:40],
        image("BMP"),
        image("TIFF"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        bomb(400, 400),
    ],
    ids=range(10),
)
def test_what_is_broken_or_no_image_of_ours_gets_none(body: bytes) -> None:
    assert make_small(body) is None
