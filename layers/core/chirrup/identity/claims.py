"""From the claims of a verified token to a user."""

from collections.abc import Mapping
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import is_user_id
from chirrup.ports import Identity

NAME_MAX = 64


def identity_of(claims: Mapping[str, Any], user_claim: str) -> Identity:
    """The user that verified claims speak for.

    Args:
        claims: As in the token, or as API Gateway hands them on, where numbers are texts.
        user_claim: Which claim is the user id.

    Raises:
        ChirrupError: `unauthenticated` when a claim is missing or is no user id.
    """
    user_id = claims.get(user_claim)
    try:
        expires_at = int(float(claims["exp"])) * 1000
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ChirrupError(ErrorCode.UNAUTHENTICATED) from error
    if not isinstance(user_id, str) or not is_user_id(user_id):
        raise ChirrupError(ErrorCode.UNAUTHENTICATED, reason="user_id")
    name, picture = claims.get("name"), claims.get("picture")
    return Identity(
        user_id=user_id,
        expires_at=expires_at,
        name=name[:NAME_MAX] if isinstance(name, str) and name.strip() else None,
        picture=picture if isinstance(picture, str) and picture.startswith("https://") else None,
    )
