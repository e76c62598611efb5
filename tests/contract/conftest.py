"""The stores that every suite runs on: fakes, moto, the emulator and AWS's DynamoDB Local."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any

import pytest
from moto import mock_aws

from chirrup.domain.conversations import Head
from chirrup.domain.ids import Conversation, group_id, parse_conversation_id, private_id
from chirrup.domain.rights import Role
from chirrup.ports import Profile
from chirrup.ports.objects import Objects
from chirrup.ports.records import MemberChange, MentionNoted, Put
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.objects import S3Objects
from chirrup.storage.objects import client as client_of_s3
from local.places import REGION
from tests.contract.buckets import Bucket, fake_bucket, s3_bucket
from tests.contract.delivering import MODES, Delivery, Told
from tests.contract.notes import STATE, Note, changed, growth
from tests.contract.stores import Stores, dynamo_stores, fake_stores
from tests.fakes import FakeClock, FakeGateway, FakeObjects, FakeTables
from tests.support.browser import HttpBrowser, MotoBrowser
from tests.support.dynamodb_local import REQUIRED, Unavailable, dynamodb_local
from tests.support.servers import emulator
from tests.support.tables import TABLES, create_tables

SERVERS = [
    pytest.param("emulator", marks=pytest.mark.emulator),
    pytest.param("dynamodb_local", marks=pytest.mark.dynamodb_local),
]
"""What speaks DynamoDB over the network, and bears requests at the same time."""
DYNAMO = ["moto", *SERVERS]
EVERY_STORE = ["fake", *DYNAMO]

_numbers = count(1)


def client(endpoint_url: str | None) -> Dynamo:
    """A client with credentials of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        return Dynamo(TABLES, region=REGION, endpoint_url=endpoint_url)


@pytest.fixture(scope="session")
def moto_client() -> Dynamo:
    """A client whose requests moto answers; made once, since that is what takes time."""
    return client(None)


@pytest.fixture
def moto(moto_client: Dynamo) -> Iterator[Stores]:
    """Stores on moto, in this process."""
    with mock_aws():
        create_tables(moto_client)
        yield dynamo_stores(moto_client, atomic=False)


@pytest.fixture(scope="session")
def emulator_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """Stores on the emulator."""
    with emulator(tmp_path_factory.mktemp("emulator")) as endpoint:
        dynamo = client(endpoint)
        create_tables(dynamo)
        yield dynamo_stores(dynamo)


@pytest.fixture(scope="session")
def dynamodb_local_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """Stores on AWS's DynamoDB Local."""
    with ExitStack() as stack:
        try:
            folder = tmp_path_factory.mktemp("dynamodb-local")
            endpoint = stack.enter_context(dynamodb_local(folder))
        except Unavailable as reason:
            if REQUIRED:
                raise
            pytest.skip(f"no DynamoDB Local: {reason}")
        dynamo = client(endpoint)
        create_tables(dynamo)
        yield dynamo_stores(dynamo)


@pytest.fixture(params=EVERY_STORE)
def stores(request: pytest.FixtureRequest) -> Stores:
    """The stores under test; a suite that needs DynamoDB's requests parametrises it anew."""
    made = {"emulator": "emulator_stores", "dynamodb_local": "dynamodb_local_stores"}
    if request.param == "fake":
        return fake_stores()
    stores: Stores = request.getfixturevalue(made.get(request.param, request.param))
    return stores


BUCKETS = ["fake", "moto", pytest.param("emulator", marks=pytest.mark.emulator)]


@contextmanager
def s3_of(request: pytest.FixtureRequest, kind: str) -> Iterator[tuple[Any, str]]:
    """A client, and the name of a new bucket."""
    with ExitStack() as stack:
        if kind == "moto":
            stack.enter_context(mock_aws())
            dynamo: Dynamo = request.getfixturevalue("moto_client")
            endpoint = None
        else:
            stores: Stores = request.getfixturevalue("emulator_stores")
            assert stores.dynamo
            dynamo = stores.dynamo
            endpoint = dynamo.connection.host
        s3: Any = client_of_s3(dynamo.session, endpoint_url=endpoint)
        bucket = f"media-{next(_numbers)}"
        s3.create_bucket(Bucket=bucket)
        yield s3, bucket


@pytest.fixture(params=BUCKETS)
def objects(request: pytest.FixtureRequest) -> Iterator[Objects]:
    """A bucket."""
    if request.param == "fake":
        yield FakeObjects(FakeTables())
        return
    with s3_of(request, request.param) as (s3, name):
        yield S3Objects(s3, name)


@pytest.fixture(params=BUCKETS)
def bucket(request: pytest.FixtureRequest) -> Iterator[Bucket]:
    """A bucket for uploads."""
    if request.param == "fake":
        yield fake_bucket()
        return
    with s3_of(request, request.param) as (s3, name):
        moto = request.param == "moto"
        yield s3_bucket(s3, name, MotoBrowser() if moto else HttpBrowser(), strict=not moto)


@pytest.fixture
def people(stores: Stores) -> tuple[str, str]:
    """Two known users that no other test knows, with every kind of character in their ids."""
    number = next(_numbers)
    users = f"alice_{number}.x@example.com", f"bob-{number}.y@example.com"
    for user in users:
        stores.users.ensure(Profile(user, user.title(), created_at=1))
    return users


@pytest.fixture
def private(people: tuple[str, str]) -> Conversation:
    """Their private chat, which nobody has written in."""
    return parse_conversation_id(private_id(*people))


@pytest.fixture
def chat(stores: Stores, private: Conversation) -> Conversation:
    """Their private chat, opened."""
    assert stores.conversations.open(private, private.users[0])
    return private


@pytest.fixture
def group(people: tuple[str, str]) -> str:
    """The id of a group that does not exist yet."""
    return group_id(people[0], "c1")


@pytest.fixture
def begun(stores: Stores, group: str, people: tuple[str, str]) -> str:
    """A group with one entry, the first user as its owner, a note of theirs and a mention."""
    user = people[0]
    first = growth(changed(group, 1, user), Head(group, group=STATE), new_roster=True)
    stores.records.commit(
        [
            first,
            MemberChange(group, user, {"role": Role.OWNER, "acl": 1}, expected={"acl": 0}),
            Put(Note(owner=user, name="there")),
            MentionNoted(group, user, 1),
        ]
    )
    return group


@pytest.fixture(params=MODES)
def delivery(request: pytest.FixtureRequest, stores: Stores) -> Delivery:
    """The dispatcher of each mode."""
    gateway, clock = FakeGateway(), FakeClock()
    dispatcher = Told(request.param, stores.connections, stores.rosters, gateway, clock)
    return Delivery(dispatcher, stores, gateway, clock)
