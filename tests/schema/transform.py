"""Prints template.yaml as JSON, as written and after the SAM transform.

Run by the interpreter of SAM's own environment: its translator does not agree with the pydantic of
our layer. Imports nothing of ours.
"""

import copy
import json
import os
import sys
from pathlib import Path

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """Our roles are written out: SAM has none to look up."""

    def load(self) -> dict[str, str]:
        """Policy ARN by name."""
        return {}


def main(path: str) -> None:
    """Print both forms of the template at a path."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    written = yaml_parse(Path(path).read_text(encoding="utf-8"))
    built = copy.deepcopy(written)
    for resource in built["Resources"].values():
        for name in {"CodeUri", "ContentUri"} & resource.get("Properties", {}).keys():
            resource["Properties"][name] = "s3://bucket/key"
    deployed = transform(built, {}, NoManagedPolicies())
    json.dump({"written": written, "deployed": deployed}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
