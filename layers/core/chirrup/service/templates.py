"""Templates of notifications, as the administration has them."""

from dataclasses import replace

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.templates import TEMPLATES, Template
from chirrup.ports.records import Delete, Put, Records
from chirrup.service.committing import Attempt, Committing


class Templates:
    """Keeps templates."""

    def __init__(self, *, records: Records, committing: Committing) -> None:
        self._records = records
        self._committing = committing

    def list(self, after: str | None, limit: int) -> tuple[list[Template], str | None]:
        """A page of the templates, by id, and the id to go on from."""
        return self._records.page(Template, TEMPLATES, after, limit)

    def put(self, id_: str, text: str) -> Template:
        """Make a template, or give it other words; what was told stays as it was told.

        Raises:
            ChirrupError: `rate_limited`.
        """

        def build(attempt: Attempt) -> Template:
            known = self._records.get(Template, TEMPLATES, id_)
            template = known or Template(owner=TEMPLATES, name=id_, text="")
            if template.text != text:
                template = replace(template, text=text)
                attempt.write(Put(template))
            return template

        return self._committing.run(build)

    def delete(self, id_: str) -> None:
        """Delete a template.

        Raises:
            ChirrupError: `not_found`, `rate_limited`.
        """
        self._committing.run(lambda attempt: attempt.write(Delete(template_of(self._records, id_))))


def template_of(records: Records, id_: str) -> Template:
    """A template.

    Raises:
        ChirrupError: `not_found`.
    """
    found = records.get(Template, TEMPLATES, id_)
    if found is None:
        raise ChirrupError(ErrorCode.NOT_FOUND, field="template_id")
    return found
