"""No role holds a permission that nothing needs: without any one of them something fails.

Only where the roles are enforced (`--auth`, as in all of these tests) can that be seen.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

import pytest

from tests.e2e import scenarios as s
from tests.e2e import scenarios_groups as groups
from tests.e2e import scenarios_media as media
from tests.e2e import scenarios_users as users
from tests.e2e import scenarios_words as words
from tests.e2e.client import HandshakeRefused
from tests.e2e.people import World
from tests.e2e.permissions import Permission, limited, permissions, roles, without
from tests.e2e.stack import Stack
from tests.e2e.transcript import Transcript
from tests.e2e.wire import Refused

Scenario = Callable[[s.Stage], s.Done]

MESSAGING: dict[tuple[str, str], Callable[[s.Stage, s.Ask], s.Done]] = {
    ("dynamodb:GetItem", "MessagesTable"): s.quote,
    ("dynamodb:BatchGetItem", "MessagesTable"): s.history_with_quotes,
    ("dynamodb:Query", "MessagesTable"): s.history,
    ("dynamodb:PutItem", "MessagesTable"): s.message,
    ("dynamodb:GetItem", "ConversationsTable"): s.message,
    ("dynamodb:BatchGetItem", "ConversationsTable"): s.history,
    ("dynamodb:PutItem", "ConversationsTable"): s.first_message,
    ("dynamodb:UpdateItem", "ConversationsTable"): s.message,
    ("dynamodb:Query", "ConversationsTable/index/by_user"): s.sync,
    ("dynamodb:ConditionCheckItem", "UsersTable"): s.first_message,
    ("dynamodb:GetItem", "UsersTable"): s.card,
    ("dynamodb:GetItem", "CatalogTable EMOJI"): s.emoji,
    **media.IN_MESSAGES,
    **words.IN_MESSAGES,
    ("dynamodb:BatchGetItem", "ConnectionsTable"): s.message,
    ("dynamodb:UpdateItem", "ConnectionsTable"): s.gone,
    ("execute-api:ManageConnections", "POST"): s.push,
    ("execute-api:ManageConnections", "DELETE"): s.expired,
}
"""What both functions that send messages need."""


def _all() -> dict[tuple[str, str, str], Scenario]:
    connections = "execute-api:ManageConnections"
    found: dict[tuple[str, str, str], Scenario] = {
        ("WsAuthorizerRole", "dynamodb:DeleteItem", "CatalogTable TICKET"): s.ticket_shown,
        ("WsConnectRole", "dynamodb:UpdateItem", "ConnectionsTable"): s.socket_opened,
        ("WsConnectRole", "dynamodb:GetItem", "UsersTable"): s.socket_opened,
        ("WsConnectRole", "dynamodb:PutItem", "UsersTable"): s.first_socket_opened,
        ("WsConnectRole", "dynamodb:UpdateItem", "UsersTable"): s.socket_opened,
        ("WsConnectRole", connections, "POST"): s.farewell,
        ("WsConnectRole", connections, "DELETE"): s.replaced,
        ("WsDisconnectRole", "dynamodb:UpdateItem", "ConnectionsTable"): s.socket_closed,
        ("WsDisconnectRole", "dynamodb:UpdateItem", "UsersTable"): users.leaving_noted,
        ("WsMessageRole", "dynamodb:Query", "ConversationsTable"): groups.message_in_group,
        ("HttpApiRole", "dynamodb:Query", "ConversationsTable"): groups.group_made,
        ("HttpApiRole", "dynamodb:DeleteItem", "ConversationsTable"): groups.invite_revoked,
        ("HttpApiRole", "dynamodb:PutItem", "UsersTable"): s.first_sight,
        ("HttpApiRole", "dynamodb:UpdateItem", "UsersTable"): s.new_name,
        ("HttpApiRole", "dynamodb:BatchGetItem", "UsersTable"): users.presence,
        ("HttpApiRole", "dynamodb:Query", "UsersTable"): users.friends,
        ("HttpApiRole", "dynamodb:DeleteItem", "UsersTable"): users.withdrawal,
        ("HttpApiRole", "dynamodb:Query", "UsersTable/index/by_name"): users.search,
        ("HttpApiRole", "dynamodb:PutItem", "CatalogTable TICKET"): s.new_ticket,
        ("HttpApiRole", "dynamodb:Query", "CatalogTable EMOJI"): users.emoji,
    }
    found |= media.SCENARIOS
    for key, scenario in MESSAGING.items():
        found[("WsMessageRole", *key)] = partial(_over, s.over_socket, scenario)
        found[("HttpApiRole", *key)] = partial(_over, s.over_http, scenario)
    return found


def _over(
    way: Callable[[s.Stage], s.Ask],
    scenario: Callable[[s.Stage, s.Ask], s.Done],
    stage: s.Stage,
) -> s.Done:
    return scenario(stage, way(stage))


SCENARIOS = _all()
NOT_ENFORCED = {
    # Lambda itself writes what functions log, by these two; here the emulator does, without them.
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    # Lambda takes messages out of queues by these; here the emulator does, without them.
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    # For tags that come with an object, and to be told that there is none rather than nothing.
    "s3:PutObjectTagging",
    "s3:ListBucket",
}
NOT_OURS = {
    # API Gateway's role for access logs, which the emulator does not write. A policy of AWS's own.
    "ApiGatewayLoggingRole",
}
COVERED = {
    # Of transactions the keys are not looked into here, and these roles may put other things too.
    ("HttpApiRole", "dynamodb:PutItem", "CatalogTable m_"),
    ("WsMessageRole", "dynamodb:PutItem", "CatalogTable m_"),
    ("WsMessageRole", "dynamodb:PutItem", "CatalogTable HIT"),
}
GRANTED = permissions()
ENFORCED = [
    one
    for one in GRANTED
    if one.action not in NOT_ENFORCED and (one.role, one.action, one.resource) not in COVERED
]
each = pytest.mark.parametrize("permission", ENFORCED, ids=str)


@pytest.fixture
def failing(stack: Stack) -> Iterator[World]:
    """A world in which the server may fail, as long as it does so as documented."""
    transcript = Transcript(may_fail=True)
    with ExitStack() as opened:
        yield World(stack, transcript, opened)
    transcript.check()


def _fails(done: s.Done) -> bool:
    try:
        done()
    except Refused as refusal:
        assert refusal.code == "internal", refusal
        return True
    except (HandshakeRefused, s.NotDone):
        return True
    return False


@each
def test_without_any_one_permission_something_fails(
    stack: Stack, failing: World, permission: Permission
) -> None:
    key = (permission.role, permission.action, permission.resource)
    assert key in SCENARIOS, f"nothing is known to need {permission}"
    done = SCENARIOS[key](s.Stage(failing))
    with without(stack, permission):
        assert _fails(done), f"nothing needs {permission}"
    # It was for the lack of it that it failed.
    SCENARIOS[key](s.Stage(failing))()


IN_THE_CATALOGUE = [
    one
    for one in ENFORCED
    if one.resource.startswith("CatalogTable ")
    # Keys of batches and transactions are not looked into here.
    and not (one.resource == "CatalogTable m_" and one.action in media.WITHOUT_KEYS)
]


@pytest.mark.parametrize("permission", IN_THE_CATALOGUE, ids=str)
def test_a_permission_in_the_catalogue_reaches_nothing_but_what_it_is_for(
    stack: Stack, failing: World, permission: Permission
) -> None:
    key = (permission.role, permission.action, permission.resource)
    done = SCENARIOS[key](s.Stage(failing))
    with limited(stack, permission, "WORD#*"):
        assert _fails(done)


def test_every_role_is_looked_at() -> None:
    assert {role for role, policies in roles().items() if not policies} == NOT_OURS
    assert {one.role for one in ENFORCED} == roles().keys() - NOT_OURS
    for role in roles().keys() - NOT_OURS:
        logs = {one.action for one in GRANTED if one.role == role} & NOT_ENFORCED
        assert logs >= {"logs:CreateLogStream", "logs:PutLogEvents"}


def test_no_permission_is_wider_than_it_says() -> None:
    for one in GRANTED:
        assert "*" not in one.action
        assert one.resource != "*"
