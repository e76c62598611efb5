"""Thumbnails: the only place that knows the library for images, which only one function has."""

import io
import warnings

from PIL import Image, ImageOps

from chirrup.ports.media import Picture

LONGEST = 320
"""Pixels of the longer side of a thumbnail."""
PIXELS_MAX = 50_000_000
"""Pixels of an image that is looked into: decoded it takes three or four bytes for each."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
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
    with Image.open(io.BytesIO(body), formats=FORMATS) as image:
        # The size stands in the header: nothing was decoded so far.
        if image.width * image.height > PIXELS_MAX:
            return None
        # JPEG alone can be decoded at a fraction of its size.
        image.draft("RGB", (2 * LONGEST, 2 * LONGEST))
        upright = ImageOps.exif_transpose(image)
        has_alpha = upright.has_transparency_data
        plain = upright.convert("RGBA" if has_alpha else "RGB")
        plain.thumbnail((LONGEST, LONGEST))
    # A new image of the same pixels carries nothing over.
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=QUALITY)
    return Picture(out.getvalue(), CONTENT_TYPE)
