"""Runs the AWS emulator on a free port of 127.0.0.1 until standard input ends.

    emulator.py FOLDER CERTIFICATE KEY CLOCK_FILE NODE_CLOCK REGION

Writes one line of JSON to standard output when it answers. Everything it starts is in one process group, so that the end
of whoever started it, of whatever kind, ends the whole group and removes the folder.
"""

import asyncio
import datetime
import json
import os
import shutil
import signal
import socket
import struct
import sys
import threading
import time
import urllib.request
import ssl

FOLDER, CERTIFICATE, KEY, CLOCK_FILE, NODE_CLOCK, REGION = sys.argv[1:7]
SECONDS_TO_START = 60


def end_with_whoever_started_us():
    """Blocks until nobody holds the other end of standard input any more."""
    while sys.stdin.buffer.read(65536):
        pass
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def set_clock():
    """`time.time` and `datetime` read the machine's clock plus the milliseconds in the clock file.

    Must run before the emulator is imported: its modules take the names at import. Monotonic clocks keep the machine's
    pace, so nothing waits longer or shorter.
    """
    clock = os.open(CLOCK_FILE, os.O_RDONLY)
    machine_time = time.time
    machine_datetime = datetime.datetime

    def now_seconds():
        (offset_ms,) = struct.unpack("<q", os.pread(clock, 8, 0))
        return machine_time() + offset_ms / 1000

    class AnyDateTime(type):
        def __instancecheck__(cls, instance):
            return isinstance(instance, machine_datetime)

        def __subclasscheck__(cls, subclass):
            return issubclass(subclass, machine_datetime)

    class MovedDateTime(machine_datetime, metaclass=AnyDateTime):
        @classmethod
        def now(cls, tz=None):
            return machine_datetime.fromtimestamp(now_seconds(), tz)

        @classmethod
        def utcnow(cls):
            return machine_datetime.fromtimestamp(now_seconds(), datetime.timezone.utc).replace(tzinfo=None)

        @classmethod
        def today(cls):
            return cls.now()

    time.time = now_seconds
    datetime.datetime = MovedDateTime


def free_socket():
    """Bound here and handed on, so that nobody can take the port in between."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(("127.0.0.1", 0))
    listening.set_inheritable(True)
    return listening


def environment_of(port):
    """What the emulator and, through it, the functions are started with."""
    endpoint = f"https://127.0.0.1:{port}"
    return {
        "AUTH": "true",
        "USE_SSL": "1",
        "MINISTACK_SSL_CERT": CERTIFICATE,
        "MINISTACK_SSL_KEY": KEY,
        "MINISTACK_HOST": "localhost",
        "MINISTACK_REGION": REGION,
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "TMPDIR": FOLDER,
        "STATE_DIR": os.path.join(FOLDER, "state"),
        "S3_DATA_DIR": os.path.join(FOLDER, "objects"),
        "NODE_EXTRA_CA_CERTS": CERTIFICATE,
        # The emulator's own bootstrap of a function uses url.parse, and Node says what it thinks of that in our log.
        "NODE_OPTIONS": f"--import={NODE_CLOCK} --disable-warning=DEP0169",
        "CLOCK_FILE": CLOCK_FILE,
        "TZ": "UTC",
        "AWS_ENDPOINT_URL": endpoint,
        **{f"AWS_ENDPOINT_URL_{service}": endpoint for service in ("DYNAMODB", "SQS", "S3", "KMS")},
    }


def tell_when_ready(port):
    context = ssl.create_default_context(cafile=CERTIFICATE)
    give_up = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"https://127.0.0.1:{port}/_ministack/ready", context=context, timeout=5):
                print(json.dumps({"port": port}), flush=True)
                return
        except OSError:
            time.sleep(0.1)
    print(json.dumps({"port": None}), flush=True)


def main():
    threading.Thread(target=end_with_whoever_started_us, daemon=True).start()
    listening = free_socket()
    port = listening.getsockname()[1]
    os.environ.update(environment_of(port))
    set_clock()

    from hypercorn.asyncio import serve
    from hypercorn.config import Config
    from ministack.app import app

    config = Config()
    config.bind = [f"fd://{listening.fileno()}"]
    config.certfile, config.keyfile = CERTIFICATE, KEY
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    threading.Thread(target=tell_when_ready, args=(port,), daemon=True).start()
    asyncio.run(serve(app, config))


main()
