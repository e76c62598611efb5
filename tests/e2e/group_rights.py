"""Who may do what in a group: behaviour.md, 4, and wire-protocol.md, as one table.

A row is a request, a column is who makes it and what has become of the group.
"""

from typing import NamedTuple

CODES = {
    "ok": "ok",
    "nm": "not_member",
    "nf": "not_found",
    "ar": "admin_required",
    "or": "owner_required",
    "fb": "forbidden",
    "mm": "member_muted",
    "gm": "group_muted",
    "gd": "group_dissolved",
    "gb": "group_banned",
    "am": "already_member",
    "cl": "owner_cannot_leave",
    "cs": "cannot_target_self",
    # Of a list, for one in which the group either stands or does not.
    "in": "listed",
    "lf": "listed as left",
    "no": "not listed",
}
COLUMNS = (
    "owner",
    "admin",
    "member",
    "muted member",
    "member while all are muted",
    "outsider",
    "removed",
    "banned",
    "left",
    "owner of a dissolved group",
    "member of a dissolved group",
    "outsider of a dissolved group",
    "owner of a stopped group",
    "member of a stopped group",
    "outsider of a stopped group",
)
"""Those of a stopped group are only for tests that can stop one, as the platform does."""
OUTSIDERS = tuple(column for column in COLUMNS if column.startswith("outsider"))
STOPPED = tuple(column for column in COLUMNS if column.endswith("stopped group"))

# Columns: owner admin member muted all-muted | outsider removed banned left
#          | dissolved: owner member outsider | stopped: owner member outsider
TABLE = """
send over WebSocket                 ok ok ok mm gm | nm nm nm nm | gd gd nm | gb gb nm
send over HTTP                      ok ok ok mm gm | nm nm nm nm | gd gd nm | gb gb nm
mention all                         ok ok ar mm gm | nm nm nm nm | gd gd nm | gb gb nm
edit one's own over WebSocket       ok ok ok mm gm | nm nm nm nm | gd gd nm | gb gb nm
edit one's own                      ok ok ok mm gm | nm nm nm nm | gd gd nm | gb gb nm
edit another's                      fb fb fb mm gm | nm nm nm nm | gd gd nm | gb gb nm
recall one's own over WebSocket     ok ok ok ok ok | nm nm nm nm | gd gd nm | gb gb nm
recall one's own                    ok ok ok ok ok | nm nm nm nm | gd gd nm | gb gb nm
recall a member's                   ok ok fb fb fb | nm nm nm nm | gd gd nm | gb gb nm
recall an admin's                   ok ok fb fb fb | nm nm nm nm | gd gd nm | gb gb nm
recall the owner's                  ok fb fb fb fb | nm nm nm nm | gd gd nm | gb gb nm
react over WebSocket                ok ok ok mm gm | nm nm nm nm | gd gd nm | gb gb nm
react                               ok ok ok mm gm | nm nm nm nm | gd gd nm | gb gb nm
take a reaction back                ok ok ok ok ok | nm nm nm nm | gd gd nm | gb gb nm
type over WebSocket                 ok ok ok mm gm | nm nm nm nm | gd gd nm | gb gb nm
type                                ok ok ok mm gm | nm nm nm nm | gd gd nm | gb gb nm
read over WebSocket                 ok ok ok ok ok | nm ok ok ok | ok ok nm | ok ok nm
read                                ok ok ok ok ok | nm ok ok ok | ok ok nm | ok ok nm
history over WebSocket              ok ok ok ok ok | nm ok ok ok | ok ok nm | ok ok nm
history                             ok ok ok ok ok | nm ok ok ok | ok ok nm | ok ok nm
sync over WebSocket                 in in in in in | no lf lf lf | in in no | in in no
sync                                in in in in in | no lf lf lf | in in no | in in no
list conversations                  in in in in in | no lf lf lf | in in no | in in no
list groups                         in in in in in | no no no no | in in no | in in no
see the conversation                ok ok ok ok ok | nm ok ok ok | ok ok nm | ok ok nm
mute for oneself                    ok ok ok ok ok | nm ok ok ok | ok ok nm | ok ok nm
delete a message for oneself        ok ok ok ok ok | nm ok ok ok | ok ok nm | ok ok nm
delete the conversation for oneself ok ok ok ok ok | nm ok ok ok | ok ok nm | ok ok nm
see the group                       ok ok ok ok ok | nm nm nm nm | ok ok nm | ok ok nm
list members                        ok ok ok ok ok | nm nm nm nm | ok ok nm | ok ok nm
list members of the conversation    ok ok ok ok ok | nm nm nm nm | ok ok nm | ok ok nm
receipts of one's own               ok ok ok ok ok | nm nm nm nm | ok ok nm | ok ok nm
receipts of another's               fb fb fb fb fb | nm nm nm nm | fb fb nm | fb fb nm
receipts of an announcement         ok ok fb fb fb | nm nm nm nm | ok fb nm | ok fb nm
list pins                           ok ok ok ok ok | nm nm nm nm | ok ok nm | ok ok nm
pin                                 ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
unpin                               ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
list announcements                  ok ok ok ok ok | nm nm nm nm | ok ok nm | ok ok nm
announce                            ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
change an announcement              ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
delete an announcement              ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
rename                              ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
describe                            ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
set the avatar                      ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
set the join mode                   ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
set slow mode                       ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
set the history mode                ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
set who invites                     ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
mute all                            ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
mute a member                       ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
mute an admin                       ok or ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
mute the owner                      cs or ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
unmute a member                     ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
unmute an admin                     ok or ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
kick a member                       ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
kick an admin                       ok or ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
kick the owner                      cl or ar ar ar | nm nm nm nm | ok gd nm | cl gb nm
ban a member                        ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
lift a ban                          ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
list bans                           ok ok ar ar ar | nm nm nm nm | ok ar nm | ok ar nm
invite                              ok ok ok ok ok | nm nm nm nm | gd gd nm | gb gb nm
invite where members may not        ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
invite into a closed group          ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
invite one who is banned            ok ok fb fb fb | nm nm nm nm | gd gd nm | gb gb nm
make a link                         ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
list links                          ok ok ar ar ar | nm nm nm nm | ok ar nm | ok ar nm
revoke a link                       ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
list requests                       ok ok ar ar ar | nm nm nm nm | ok ar nm | ok ar nm
accept a request                    ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
reject a request                    ok ok ar ar ar | nm nm nm nm | gd gd nm | gb gb nm
withdraw a request of one's own     nf nf nf nf nf | nf nf nf nf | nf nf nf | nf nf nf
withdraw another's request          fb fb fb fb fb | fb fb fb fb | fb fb fb | fb fb fb
ask to join                         am am am am am | ok ok nf ok | am am nf | am am nf
join a free group                   am am am am am | ok ok nf ok | am am nf | am am nf
join a group by invitation only     am am am am am | nf nf nf nf | am am nf | am am nf
join a closed group                 am am am am am | nf nf nf nf | am am nf | am am nf
join by a link                      am am am am am | ok ok nf ok | am am nf | am am nf
join a closed group by a link       am am am am am | nf nf nf nf | am am nf | am am nf
join by a link that is none         am am am am am | nf nf nf nf | am am nf | am am nf
leave                               cl ok ok ok ok | nm nm nm nm | ok ok nm | cl ok nm
hand over                           ok or or or or | nm nm nm nm | gd gd nm | gb gb nm
make an admin                       ok or or or or | nm nm nm nm | gd gd nm | gb gb nm
unmake an admin                     ok or or or or | nm nm nm nm | gd gd nm | gb gb nm
dissolve                            ok or or or or | nm nm nm nm | gd gd nm | ok or nm
set one's nickname                  ok ok ok ok ok | nm nm nm nm | gd gd nm | gb gb nm
set another's nickname              fb fb fb fb fb | fb fb fb fb | fb fb fb | fb fb fb
"""


class Cell(NamedTuple):
    """A field of the table.

    Attributes:
        code: `ok`, or the code of the refusal; of a list, whether the group stands in it.
    """

    action: str
    column: str
    code: str

    def __str__(self) -> str:
        return f"{self.action} - {self.column}"


def _cells() -> list[Cell]:
    found = []
    for line in TABLE.strip().splitlines():
        words = line.replace("|", "").split()
        codes = words[-len(COLUMNS) :]
        action = " ".join(words[: -len(COLUMNS)])
        found += [
            Cell(action, column, CODES[code]) for column, code in zip(COLUMNS, codes, strict=True)
        ]
    return found


CELLS = _cells()
ACTIONS = tuple(dict.fromkeys(cell.action for cell in CELLS))
