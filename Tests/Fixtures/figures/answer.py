"""Lets DVC answer many commands in one process.

The file that its argument names has lines "FOLDER|ARGUMENTS"; for each, one line of JSON with its exit code and standard output is written.
"""

import contextlib
import io
import json
import os
import shlex
import sys

os.environ["DVC_TEST"] = "1"  # else JSON goes around a redirected standard output

from dvc.cli import main

start = os.getcwd()
for line in open(sys.argv[1], encoding="utf-8").read().splitlines():
    folder, _, arguments = line.partition("|")
    os.chdir(os.path.join(start, folder))
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        try:
            status = main(shlex.split(arguments))
        except SystemExit as exit:
            status = exit.code
    sys.__stdout__.write(json.dumps({"status": status, "output": output.getvalue()}) + "\n")
