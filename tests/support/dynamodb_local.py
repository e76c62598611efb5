"""AWS's own DynamoDB Local, from Maven Central, where Java and Maven are there."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.places import HOST, ROOT
from local.processes import wait_until
from tests.support.servers import answers, free_port

REQUIRED = os.environ.get("CHIRRUP_REQUIRE_DYNAMODB_LOCAL") == "1"
"""Set by .ci/run: there its absence is a failure, elsewhere a reason to skip."""
SOURCE = ROOT / "tests/contract/dynamodb_local"
CACHE = ROOT / ".venv/dynamodb-local"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
MAIN = "org.eclipse.jetty.xml.XmlConfiguration"
DOWNLOAD_TIMEOUT_S = 240
START_TIMEOUT_S = 60


class Unavailable(Exception):
    """DynamoDB Local cannot be had here; the text says why."""


@contextmanager
def dynamodb_local(folder: Path) -> Iterator[str]:
    """DynamoDB Local, in memory.

    Args:
        folder: For what it says.

    Yields:
        Its endpoint.

    Raises:
        Unavailable: It cannot be fetched, or does not start.
    """
    java = shutil.which("java")
    if java is None:
        raise Unavailable("java is not installed")
    jars, port, log = _jars(), free_port(), folder / "dynamodb-local.log"
    endpoint = f"http://{HOST}:{port}"
    command = [java, f"-Djava.library.path={jars}", f"-Dport={port}", "-Xmx512m"]
    command += ["-cp", f"{jars}/*", MAIN, str(SOURCE / "server.xml")]
    # Whoever starts it may be killed: then its standard input ends, and it with it.
    guard = ["sh", "-c", '"$@" </dev/null & cat >/dev/null; kill $!; wait $!', "guard", *command]
    with log.open("wb") as out:
        process = subprocess.Popen(
            guard, stdin=subprocess.PIPE, stdout=out, stderr=out, start_new_session=True
        )
    try:
        if not wait_until(lambda: answers(endpoint), timeout_s=START_TIMEOUT_S):
            said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise Unavailable(f"DynamoDB Local does not start (it needs Java 17):\n{said}")
        yield endpoint
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait()


def _jars() -> Path:
    """The folder with all that the pom names, fetched anew when the pom has changed."""
    pom = SOURCE / "pom.xml"
    folder = CACHE / hashlib.sha256(pom.read_bytes()).hexdigest()[:12]
    if folder.exists():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable("mvn is not installed, which fetches DynamoDB Local")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as made:
        fetched = Path(made) / "jars"
        command = [maven, "-q", "-B", "-ntp", "-f", str(pom), COPY, "-DincludeScope=runtime"]
        done = subprocess.run(
            [*command, f"-DoutputDirectory={fetched}"],
            check=False,
            capture_output=True,
            text=True,
            timeout=DOWNLOAD_TIMEOUT_S,
        )
        if done.returncode:
            raise Unavailable(f"DynamoDB Local cannot be fetched:\n{done.stdout[-2000:]}")
        if not folder.exists():
            fetched.rename(folder)
    return folder
