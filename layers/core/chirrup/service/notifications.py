"""Notifications: what a business system tells users, by a template and its data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.mailings import Mailing, mailing_of
from chirrup.domain.messages import payload_digest
from chirrup.domain.templates import notification_id
from chirrup.ports.records import Records
from chirrup.service.committing import Attempt, Committing
from chirrup.service.mailing import Mailings, Mass
from chirrup.service.templates import template_of

NOTICE = "notice.notification"
SYSTEM = "system"
"""Who notifications are from."""


@dataclass(frozen=True, slots=True)
class NewNotification:
    """What users shall be told; `key` is its maker's own, the same again is the same one."""

    key: str
    template_id: str
    data: Mapping[str, str]
    user_ids: Sequence[str]


class Notifications:
    """Makes notifications."""

    def __init__(self, *, records: Records, committing: Committing, mailings: Mailings) -> None:
        self._records = records
        self._committing = committing
        self._mailings = mailings

    def notify(self, new: NewNotification) -> str:
        """Tell users; more than a few are told by `Mailings.deliver`.

        Returns:
            The id of its mailing.

        Raises:
            ChirrupError: `not_found` for the template, `invalid_request` for its data,
                `idempotency_conflict`, `rate_limited`.
        """
        id_ = notification_id(new.key)
        self._committing.run(partial(self._make, id_, new))
        return id_

    def _make(self, id_: str, new: NewNotification, attempt: Attempt) -> None:
        said = {
            "template_id": new.template_id,
            "data": dict(new.data),
            "user_ids": sorted(set(new.user_ids)),
        }
        digest = payload_digest("notification", said, None)
        made = self._records.get(Mailing, mailing_of(id_))
        if made is None:
            text = template_of(self._records, new.template_id).filled(new.data)
            content = {"notification_id": id_, "template_id": new.template_id, "text": text}
            self._mailings.start(attempt, id_, Mass(SYSTEM, NOTICE, content, digest), new.user_ids)
        elif made.digest != digest:
            raise ChirrupError(ErrorCode.IDEMPOTENCY_CONFLICT, notification_id=id_)
