"""Materials: made by the administration, read by those who have got them."""

from dataclasses import asdict, dataclass
from functools import partial

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.materials import (
    HTML_BYTES_MAX,
    MATERIALS,
    Material,
    MaterialBody,
    body_of,
    material_id,
)
from chirrup.domain.messages import payload_digest
from chirrup.ports.pictures import Pictures
from chirrup.ports.records import Delete, Put, Records
from chirrup.ports.sanitising import CleanHtml
from chirrup.service.channels import channel_of
from chirrup.service.committing import Attempt, Committing
from chirrup.service.packs import publish

COVER = "cover"


@dataclass(frozen=True, slots=True)
class NewMaterial:
    """What a material shall be: a link, or a rich text."""

    client_id: str
    title: str
    summary: str | None = None
    cover: str | None = None
    url: str | None = None
    html: str | None = None


class Materials:
    """Keeps the materials of channels; they are replaced by new ones, not changed."""

    def __init__(
        self,
        *,
        records: Records,
        pictures: Pictures,
        committing: Committing,
        clean: CleanHtml,
    ) -> None:
        self._records = records
        self._pictures = pictures
        self._committing = committing
        self._clean = clean

    def list(self, after: str | None, limit: int) -> tuple[list[Material], str | None]:
        """A page of all materials, by id, and the id to go on from."""
        return self._records.page(Material, MATERIALS, after, limit)

    def create(self, code: str, new: NewMaterial) -> Material:
        """Make a material; under the same client_id again, it is the one that was made before.

        Raises:
            ChirrupError: `not_found`, `invalid_request` unless it is just one of link and rich
                text, `payload_too_large`, `idempotency_conflict`, `media_not_found`,
                `media_not_allowed`, `rate_limited`.
        """
        if (new.url is None) == (new.html is None):
            raise ChirrupError(
                ErrorCode.INVALID_REQUEST, field="html", problem="is not given alone"
            )
        html = None if new.html is None else self._cleaned(new.html)
        return self._committing.run(partial(self._make, code, new, html))

    def _cleaned(self, html: str) -> str:
        # Cleaning adds to links what keeps them harmless, so it is measured before and after.
        for text in (html, clean := self._clean(html) if _fits(html) else html):
            if not _fits(text):
                raise ChirrupError(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=HTML_BYTES_MAX)
        return clean

    def _make(self, code: str, new: NewMaterial, html: str | None, attempt: Attempt) -> Material:
        channel_of(self._records, code)
        id_ = material_id(code, new.client_id)
        digest = payload_digest("material", asdict(new), None)
        made = self._records.get(Material, MATERIALS, id_)
        if made:
            if made.digest != digest:
                raise ChirrupError(ErrorCode.IDEMPOTENCY_CONFLICT, material_id=id_)
            return made
        publish(self._pictures, new.cover, COVER)
        material = Material(
            owner=MATERIALS,
            name=id_,
            code=code,
            title=new.title,
            made_at=attempt.now,
            digest=digest,
            summary=new.summary,
            cover=new.cover,
            url=new.url,
        )
        attempt.write(Put(material))
        if html is not None:
            attempt.write(Put(MaterialBody(owner=body_of(id_), html=html)))
        return material

    def get(self, id_: str) -> Material:
        """A material.

        Raises:
            ChirrupError: `not_found`.
        """
        material = self._records.get(Material, MATERIALS, id_)
        if material is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return material

    def delete(self, id_: str) -> None:
        """Delete a material that nobody has got.

        Raises:
            ChirrupError: `not_found`, `material_in_use`, `rate_limited`.
        """

        def build(attempt: Attempt) -> None:
            material = self.get(id_)
            material.check_free()
            attempt.write(Delete(material))
            body = self._records.get(MaterialBody, body_of(id_))
            if body:
                attempt.write(Delete(body))

        self._committing.run(build)


def _fits(html: str) -> bool:
    return len(html.encode(errors="replace")) <= HTML_BYTES_MAX
