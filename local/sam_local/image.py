"""The image that `sam local` runs functions in: AWS's, or a stand-in where that is out of reach."""

import platform
import urllib.error
import urllib.request

from local.places import Places, say
from local.sam_local import stand_in
from local.sam_local.docker import docker

REGISTRY = "public.ecr.aws"
REACH_TIMEOUT_S = 5.0
PULL_TIMEOUT_S = 300.0


def architecture() -> str:
    """This machine's processor by Lambda's name."""
    return "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x86_64"


def name(arch: str) -> str:
    """What SAM calls the image of Python 3.13."""
    return f"{REGISTRY}/lambda/python:3.13-{arch}"


def provide(places: Places, arch: str) -> None:
    """Have the image: the one that is there, else AWS's, else a stand-in.

    Raises:
        LocalError: Neither can be had.
    """
    tag = name(arch)
    label = f'{{{{index .Config.Labels "{stand_in.LABEL}"}}}}'
    found = docker("image", "inspect", "--format", label, tag)
    made_from = found.out.strip()
    if found.ok and made_from in ("", "<no value>"):
        say(f"Image: {tag}, as AWS made it.")
        return
    if found.ok and made_from == stand_in.fingerprint(arch):
        say(f"Image: the stand-in for {tag}, made before.")
        return
    if _reachable() and _pulled(tag):
        return
    say(f"Image: {REGISTRY} is out of reach; making a stand-in from Debian packages.")
    stand_in.make(places, tag, arch)


def _reachable() -> bool:
    # Asked before Docker is, which would try for minutes where packets are dropped.
    try:
        with urllib.request.urlopen(f"https://{REGISTRY}/v2/", timeout=REACH_TIMEOUT_S):
            return True
    except urllib.error.HTTPError:
        # It wants a token, which Docker gets for itself.
        return True
    except OSError:
        return False


def _pulled(tag: str) -> bool:
    say(f"Image: pulling {tag}.")
    outcome = docker("pull", "--quiet", tag, timeout_s=PULL_TIMEOUT_S)
    if not outcome.ok:
        say(outcome.said)
    return outcome.ok
