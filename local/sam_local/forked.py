"""The SAM CLI, ready to run many times over: this runs in SAM's own interpreter.

One `sam local invoke` takes about 4 s of processor time here. 1.4 s of it is importing the CLI,
which is done once: each run is a fork. 1 s and more is adding the template's layers to the image,
which SAM does each time, changed or not: here once a run of ours.

    <python of SAM> -P forked.py SOCKET

For each connection: a line of JSON with `arguments` and the files `out` and `err` for what SAM
says; back come a line with the pid of the fork, and one with the exit code.
"""

import json
import os
import signal
import socket
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

COMMANDS = ("samcli.cli.main", "samcli.commands.local.invoke.cli")
IMAGE = "samcli.local.docker.lambda_image"


def add_layers_once(folder: Path) -> None:
    """Have SAM build an image only if no fork has built it yet; marks lie in `folder`.

    SAM's own lock keeps two forks from building the same image at a time.
    """
    image: Any = import_module(IMAGE).LambdaImage
    build = image._build_image

    def build_once(self: Any, base: str, tag: str, *arguments: Any, **options: Any) -> None:
        mark = folder / tag.replace("/", "_").replace(":", "_")
        if not mark.exists():
            build(self, base, tag, *arguments, **options)
            mark.touch()

    image._build_image = build_once


def run(connection: socket.socket) -> None:
    """Run SAM once, in a fork: never returns."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with connection.makefile("rw", encoding="utf-8") as client:
        request = json.loads(client.readline())
        client.write(f"{os.getpid()}\n")
        client.flush()
        for stream, name in ((sys.stdout, "out"), (sys.stderr, "err")):
            with Path(request[name]).open("wb") as file:
                os.dup2(file.fileno(), stream.fileno())
        code = 1
        try:
            import_module(COMMANDS[0]).cli(request["arguments"], prog_name="sam")
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            client.write(f"{code}\n")
            client.flush()
            os._exit(code)


def main(path: Path) -> None:
    """Serve until killed."""
    for module in COMMANDS:
        import_module(module)
    add_layers_once(path.parent)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        while True:
            connection, _ = server.accept()
            if os.fork() == 0:
                run(connection)
            connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
