"""Runs programs of exports, each in a process of its own that starts with the large libraries loaded: imports would
take most of the time. Reads a line of JSON for each, [program, folder, arguments], and answers with [status, what it printed or complained]."""
import importlib
import io
import json
import os
import runpy
import sys
import tempfile

for name in sys.argv[1:]:
    importlib.import_module(name)


def child(program, folder, arguments, output, complaints):
    os.dup2(output.fileno(), 1)
    os.dup2(complaints.fileno(), 2)
    sys.stdout, sys.stderr = io.TextIOWrapper(os.fdopen(1, "wb", 0)), io.TextIOWrapper(os.fdopen(2, "wb", 0))
    os.chdir(folder)
    sys.argv = [program, *arguments]
    status = 1
    try:
        runpy.run_path(program, run_name="__main__")
        status = 0
    except BaseException:
        import traceback
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


for line in sys.stdin:
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
        process = os.fork()
        if process == 0:
            child(*json.loads(line), output, complaints)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        file = complaints if status else output
        file.seek(0)
        print(json.dumps([status, file.read().decode(errors="replace")]), flush=True)
