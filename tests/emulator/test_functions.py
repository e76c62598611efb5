"""Functions find here what they find on AWS, and no more."""

import pytest

from tests.emulator.gaps import Gaps, ask


@pytest.mark.parametrize("module", ["hypercorn", "ministack", "yaml", "local", "chirrup"])
def test_neither_the_emulator_s_nor_our_packages_can_be_imported(gaps: Gaps, module: str) -> None:
    with gaps.socket() as socket:
        assert ask(socket, do="load", module=module)["from"] is None


@pytest.mark.parametrize("module", ["boto3", "botocore", "json"])
def test_the_sdk_and_the_standard_library_can(gaps: Gaps, module: str) -> None:
    with gaps.socket() as socket:
        assert ask(socket, do="load", module=module)["from"]


def test_a_layer_is_unpacked_once_and_shared(gaps: Gaps) -> None:
    with gaps.socket() as socket:
        found = ask(socket, do="load", module="from_layer")["from"]
    assert found.startswith(str(gaps.places / "layers"))


def test_tables_have_the_settings_of_the_template(gaps: Gaps) -> None:
    dynamodb, table = gaps.client("dynamodb"), gaps.outputs["Table"]
    ttl = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert ttl == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}
    backups = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
