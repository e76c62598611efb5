"""AWS's address of the `@connections` API, turned into the emulator's."""

import pytest

from local.emulator.aws_addresses import local_connections_url


@pytest.mark.parametrize(
    "url",
    [
        "https://abcd1234.execute-api.us-east-1.amazonaws.com/v1",
        "https://abcd1234.execute-api.cn-north-1.amazonaws.com.cn/v1/",
    ],
)
def test_api_and_stage_are_kept(url: str) -> None:
    found = local_connections_url(url, "4600")
    assert found == "http://127.0.0.1:4600/_aws/execute-api/abcd1234/v1"
