"""Functions find the SDK, as on AWS, and nothing else of the emulator's."""

from pathlib import Path

from local.emulator.borrowed_packages import offer


def test_only_what_is_named_is_offered(tmp_path: Path) -> None:
    source, folder = tmp_path / "packages", tmp_path / "runtime"
    for name in ("boto3", "hypercorn"):
        (source / name).mkdir(parents=True)
    (source / "six.py").touch()
    offer(("boto3", "six.py", "absent"), source, folder)
    assert {path.name for path in folder.iterdir()} == {"boto3", "six.py"}


def test_a_link_into_an_environment_that_is_gone_is_renewed(tmp_path: Path) -> None:
    folder = tmp_path / "runtime"
    for source in (tmp_path / "old", tmp_path / "new"):
        (source / "boto3").mkdir(parents=True)
    offer(("boto3",), tmp_path / "old", folder)
    (tmp_path / "old" / "boto3").rmdir()
    offer(("boto3",), tmp_path / "new", folder)
    assert (folder / "boto3").resolve() == tmp_path / "new" / "boto3"
