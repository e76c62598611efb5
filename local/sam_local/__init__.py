"""`make test-sam-local`: every function in real Docker, as `sam local` runs it.

Brings up what that takes (a Docker daemon, the Lambda image, the build, the emulator for tables
and tokens), runs tests/sam_local on it, and takes down what it started.
"""
