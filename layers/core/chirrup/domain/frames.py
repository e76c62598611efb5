"""What a frame may hold; apart, since the fan-out needs no more of the domain's events."""

FRAME_BYTES_MAX = 32 * 1024
"""One frame of API Gateway; a push is never larger."""
