"""What is said of uploads that cannot be had, or cannot be used."""

from chirrup.domain.errors import ChirrupError, ErrorCode


def not_allowed(reason: str, **details: object) -> ChirrupError:
    """The refusal of an upload, with what is wrong about it."""
    return ChirrupError(ErrorCode.MEDIA_NOT_ALLOWED, reason=reason, **details)


def not_found() -> ChirrupError:
    """What is said of an upload that is not there for this user: nobody learns whether it is."""
    return ChirrupError(ErrorCode.MEDIA_NOT_FOUND)
