"""Gap: functions can import the emulator's own packages, so a forgotten dependency goes unseen.

They keep what AWS's Python runtime holds, the SDK, and lose the rest. Nor does the worker import
the SDK for itself before the handler: it counts calls of functions by functions, which we have not.
"""

import os
import site
from pathlib import Path
from typing import Any

# boto3 and what it needs, as in AWS's runtime.
RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six.py", "urllib3")
PRELUDE = """
import sys
sys.path[:] = [entry for entry in sys.path if entry not in {lost!r}] + [{kept!r}]
"""


def offer(names: tuple[str, ...], source: Path, folder: Path) -> None:
    """Put links to these packages of `source` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        link, target = folder / name, source / name
        if target.exists() and not link.exists():
            link.unlink(missing_ok=True)
            link.symlink_to(target)


def install(ministack: Any) -> None:
    runtime = ministack.lambda_runtime
    folder = Path(os.environ["CHIRRUP_RUNTIME_DIR"])
    packages = site.getsitepackages()
    for source in packages:
        offer(RUNTIME, Path(source), folder)
    prelude = PRELUDE.format(lost=packages, kept=str(folder))
    script = runtime._PYTHON_WORKER_SCRIPT.replace("    _ms_install_invoke_depth()\n", "")
    runtime._PYTHON_WORKER_SCRIPT = prelude + script
