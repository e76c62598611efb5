"""A stand-in for AWS's Lambda image of Python 3.13, from Debian packages.

Debian trixie has Python 3.13; AWS's own runtime client, awslambdaric, speaks to SAM's runtime
emulator exactly as in Lambda. What differs: Debian's libraries instead of Amazon Linux's, and no
SDK of the runtime's own, so that the deps layer must bring everything.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from local.errors import LocalError
from local.places import ROOT, Places
from local.sam_local.docker import docker
from local.sam_local.shell import call

LABEL = "chirrup.stand-in"
SUITE = "trixie"
CLIENT = ROOT / "requirements" / "lambda-image.txt"
DEBOOTSTRAP_TIMEOUT_S = 600.0
IMPORT_TIMEOUT_S = 180.0
PLATFORMS = {"x86_64": "x86_64-manylinux2014", "arm64": "aarch64-manylinux2014"}

# As in AWS's image, the function's own folder wins over layers, and these over the runtime.
BOOTSTRAP = """\
#!/bin/sh
export PYTHONPATH="/var/task:/opt/python:/var/runtime"
exec python3 -m awslambdaric "$_HANDLER"
"""
# Weight without use: caches and documentation.
LEFT_OUT = ("./var/cache/apt", "./var/lib/apt/lists", "./usr/share/doc", "./usr/share/man",
            "./usr/share/locale", "./proc", "./sys", "./dev")  # fmt: skip


def fingerprint(arch: str) -> str:
    """What a stand-in is made from, as a digest: another one means another image."""
    recipe = (arch.encode(), Path(__file__).read_bytes(), CLIENT.read_bytes())
    return hashlib.sha256(b"\0".join(recipe)).hexdigest()


def make(places: Places, tag: str, arch: str) -> None:
    """Make the image and import it under `tag`.

    Raises:
        LocalError: Something that it takes is not here, or a step failed.
    """
    _check()
    root = Path(tempfile.mkdtemp(prefix="stand-in-", dir=places.state_dir))
    try:
        _debian(root)
        _runtime(root, arch)
        _import(root, tag, arch)
    finally:
        _remove(root)


def _check() -> None:
    mend = "pull AWS's image where the network allows, or run this as root on Debian or its kin"
    if os.geteuid() != 0:
        raise LocalError("Only root can make the stand-in image.", mend=mend)
    if shutil.which("debootstrap") is None:
        mend = "install it (on Debian, as root: apt-get install debootstrap)"
        raise LocalError("debootstrap, which makes the stand-in image, is missing.", mend=mend)


def _mirror() -> str:
    """The Debian mirror that this machine's own packages come from."""
    shape = "$(ORIGIN)|$(LABEL)|$(REPO_URI)"
    listed = call(["apt-get", "indextargets", "--format", shape], timeout_s=30).out
    for line in listed.splitlines():
        origin, label, address = line.split("|", 2)
        if origin == label == "Debian":
            return address
    raise LocalError(
        "No Debian mirror is among this machine's package sources.",
        mend="add one, and run `apt-get update`",
    )


def _debian(root: Path) -> None:
    command = ["debootstrap", "--variant=minbase", "--include=python3,ca-certificates"]
    outcome = call([*command, SUITE, root, _mirror()], timeout_s=DEBOOTSTRAP_TIMEOUT_S)
    if not outcome.ok:
        raise LocalError(
            "debootstrap failed.",
            details=outcome.said,
            mend="look whether the mirror is reachable; the folder must not be mounted noexec",
        )


def _runtime(root: Path, arch: str) -> None:
    runtime = root / "var" / "runtime"
    uv = os.environ.get("UV") or ROOT / ".venv" / "tools" / "bin" / "uv"
    outcome = call(
        [
            *(uv, "pip", "install", "--quiet", "--no-python-downloads"),
            *("--require-hashes", "--only-binary", ":all:", "--requirements", CLIENT),
            *("--python-platform", PLATFORMS[arch], "--python-version", "3.13"),
            *("--target", runtime),
        ],
        timeout_s=120,
    )
    if not outcome.ok:
        raise LocalError(
            "The Lambda runtime client cannot be installed.",
            details=outcome.said,
            mend="look whether the package index is reachable",
        )
    bootstrap = runtime / "bootstrap"
    bootstrap.write_text(BOOTSTRAP, encoding="utf-8")
    bootstrap.chmod(0o755)
    (root / "var" / "task").mkdir()


def _import(root: Path, tag: str, arch: str) -> None:
    changes = ["WORKDIR /var/task", "ENV LANG=C.UTF-8", f"LABEL {LABEL}={fingerprint(arch)}"]
    options = [part for change in changes for part in ("--change", change)]
    pack = ["tar", "-C", str(root), *(f"--exclude={path}/*" for path in LEFT_OUT), "-c", "."]
    with subprocess.Popen(pack, stdout=subprocess.PIPE) as tar:
        done = subprocess.run(
            ["docker", "import", *options, "-", tag],
            stdin=tar.stdout,
            capture_output=True,
            text=True,
            timeout=IMPORT_TIMEOUT_S,
            check=False,
        )
    if done.returncode or tar.returncode:
        raise LocalError(
            "The stand-in image cannot be imported.",
            details=done.stderr,
            mend="look for space on the disk: docker system df",
        )


def tidy() -> None:
    """Remove images that lost their name to newer ones: stand-ins, and what SAM added layers to."""
    docker("image", "prune", "--force", "--filter", f"label={LABEL}")


def _remove(root: Path) -> None:
    # debootstrap mounts these and leaves them when it is killed.
    for name in ("proc", "sys"):
        if (root / name).is_mount():
            call(["umount", "--lazy", root / name], timeout_s=10)
    if not any((root / name).is_mount() for name in ("proc", "sys")):
        shutil.rmtree(root, ignore_errors=True)
