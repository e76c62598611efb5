"""What a role's policy allows is enforced as far as the policies of the template go."""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from local.stack import client

POLICY = {
    "Version": "2012-10-17",
    "Statement": {
        "Effect": "Allow",
        "Action": ["dynamodb:PutItem", "dynamodb:DeleteItem"],
        "Resource": "arn:aws:dynamodb:*:*:table/catalog",
        "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["TICKET#*"]}},
    },
}


@pytest.fixture(scope="module")
def limited(enforcing: str) -> Any:
    """DynamoDB for one who may put and delete tickets only."""
    client("dynamodb", enforcing).create_table(
        TableName="catalog",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "kind", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "kind", "KeyType": "HASH"}],
    )
    iam = client("iam", enforcing)
    iam.create_user(UserName="limited")
    iam.put_user_policy(UserName="limited", PolicyName="p", PolicyDocument=json.dumps(POLICY))
    key = iam.create_access_key(UserName="limited")["AccessKey"]
    return boto3.client(
        "dynamodb",
        endpoint_url=enforcing,
        region_name="us-east-1",
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
    )


def test_a_call_on_an_allowed_partition_passes(limited: Any) -> None:
    limited.put_item(TableName="catalog", Item={"kind": {"S": "TICKET#1"}})
    limited.delete_item(TableName="catalog", Key={"kind": {"S": "TICKET#1"}})


def test_a_call_on_another_partition_is_denied(limited: Any) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        limited.put_item(TableName="catalog", Item={"kind": {"S": "WORD#1"}})
    with pytest.raises(ClientError, match="AccessDenied"):
        limited.delete_item(TableName="catalog", Key={"kind": {"S": "WORD#1"}})


def test_an_action_that_is_not_allowed_is_denied(limited: Any) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        limited.get_item(TableName="catalog", Key={"kind": {"S": "TICKET#1"}})
