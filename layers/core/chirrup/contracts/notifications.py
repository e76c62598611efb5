"""Notifications on the wire, as business systems make them."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import ClientId, Received
from chirrup.contracts.broadcasts import UserIds
from chirrup.contracts.fields import Composed, NotBlank
from chirrup.domain.templates import FIELD, FIELDS_MAX, TEMPLATE_ID, TEXT_MAX, VALUE_MAX

TemplateId = Annotated[str, Field(pattern=f"^{TEMPLATE_ID}$", examples=["order_shipped"])]


class NewTemplate(Received):
    """The words of a template."""

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=TEXT_MAX,
            description="With `{field}` where data goes.",
            examples=["Your order {order} has shipped."],
        ),
        Composed,
        NotBlank,
    ]


class NewNotification(Received):
    """What users shall be told."""

    client_id: ClientId
    template_id: TemplateId
    data: Annotated[
        dict[
            Annotated[str, Field(pattern=f"^{FIELD}$")],
            Annotated[str, Field(max_length=VALUE_MAX), Composed],
        ],
        Field(max_length=FIELDS_MAX, description="For each field of the template.", default={}),
    ]
    user_ids: UserIds
