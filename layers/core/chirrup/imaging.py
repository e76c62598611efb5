"""Thumbnails: the only place that knows the library for images, which only one function has."""

import io
import warnings

from PIL import Image, ImageOps

from chirrup.ports.media import Picture

LONGEST = 320
"""Pixels of the longer side of a thumbnail."""
PIXELS_MAX = {"PNG": 16_000_000, "GIF": 12_000_000, "WEBP": 8_000_000, "JPEG": 100_000_000}
"""Pixels of an image that is looked into, by format: what decoding it takes stays within 256 MB."""
PROGRESSIVE_MAX = 24_000_000
"""The same for a progressive JPEG, which is decoded in whole; others are, a few lines at a time."""
QUALITY = 80
CONTENT_TYPE = "image/webp"


def make_small(body: bytes) -> Picture | None:
    """Implements `ports.media.MakeSmall`.

    The first picture of what moves, the right way up, and nothing of what the file tells beside it:
    no place, no camera, no colour profile.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _small(body)
    # A library that reads what anybody sends may fail in any way; no image is worth a retry.
    except Exception:
        return None


def _small(body: bytes) -> Picture | None:
    with Image.open(io.BytesIO(body), formats=tuple(PIXELS_MAX)) as image:
        # The size stands in the header: nothing was decoded so far.
        # Two photos in one file, as some cameras make them, are read as the first of them.
        limit = PIXELS_MAX["JPEG" if image.format == "MPO" else image.format or ""]
        if image.info.get("progressive"):
            limit = PROGRESSIVE_MAX
        if image.width * image.height > limit:
            return None
        # JPEG alone can be decoded at a fraction of its size.
        image.draft("RGB", (2 * LONGEST, 2 * LONGEST))
        small = image if image.mode in ("RGB", "RGBA") else _with_colours(image)
        small.thumbnail((LONGEST, LONGEST))
        plain = ImageOps.exif_transpose(small)
    # A new image of the same pixels carries nothing over.
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=QUALITY)
    return Picture(out.getvalue(), CONTENT_TYPE)


def _with_colours(image: Image.Image) -> Image.Image:
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
