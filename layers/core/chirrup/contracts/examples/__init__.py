"""An example of every wire shape, for the references; nothing at run time loads this package."""

from chirrup.contracts.examples import (
    contents,
    conversations,
    emoji,
    errors,
    frames,
    friends,
    groups,
    messages,
    rooms,
    search,
    users,
)
from chirrup.contracts.examples.values import Examples

EXAMPLES: Examples = {
    **contents.EXAMPLES,
    **conversations.EXAMPLES,
    **emoji.EXAMPLES,
    **errors.EXAMPLES,
    **frames.EXAMPLES,
    **friends.EXAMPLES,
    **groups.EXAMPLES,
    **messages.EXAMPLES,
    **rooms.EXAMPLES,
    **search.EXAMPLES,
    **users.EXAMPLES,
}
"""Examples by model; a test holds that every model has some, and that they are valid."""
