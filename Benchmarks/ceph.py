"""Ceph's object gateway with one monitor and one store in memory: S3 that checks signatures and hashes of payloads."""

import contextlib
import json
import subprocess
import time
import uuid

from servers import Plain, Server, difference, free_port, serving
from tools import Failure, plain_environment

STORE_BYTES = 10 << 30

SETTINGS = """\
[global]
fsid = {cluster}
mon host = [v2:127.0.0.1:{monitor}/0]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
ms bind ipv6 = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail warn = 1
mon data avail crit = 1
run dir = {folder}/run
crash dir = {folder}/run
admin socket = {folder}/run/$name.asok
pid file = {folder}/run/$name.pid
log file = {folder}/log/$name.log
[mon.a]
mon data = {folder}/mon
[osd.0]
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = {size}
[client.rgw.a]
rgw data = {folder}/rgw
rgw crypt require ssl = false
"""


@contextlib.contextmanager
def ceph(place, rclone):
    folder = place / "ceph"
    for name in ("mon", "osd", "run", "rgw", "log"):
        (folder / name).mkdir(parents=True)
    settings = folder / "ceph.conf"
    cluster, store, monitor, gateway = uuid.uuid4(), uuid.uuid4(), free_port(), free_port()
    settings.write_text(SETTINGS.format(cluster=cluster, monitor=monitor, folder=folder, size=STORE_BYTES))
    programs = [[name, "-c", settings, "-i", number] for name, number in (("ceph-mon", "a"), ("ceph-osd", "0"))]
    with contextlib.ExitStack() as stack:
        quietly([
            "monmaptool", "--create", "--fsid", cluster, "--addv", "a", f"[v2:127.0.0.1:{monitor}/0]", folder / "monmap",
        ])
        quietly([*programs[0], "--mkfs", "--monmap", folder / "monmap"])
        stack.enter_context(serving(place, "ceph-mon", "run", monitor, *programs[0], "-f"))
        wait(["ceph", "--connect-timeout", "5", "-c", settings, "-s"])
        quietly(["ceph", "-c", settings, "osd", "new", str(store)])
        # With another name than the monitor's the store would boot for ever.
        quietly([*programs[1], "--mkfs", "--osd-uuid", str(store)])
        stack.enter_context(serving(place, "ceph-osd", "run", 0, *programs[1], "-f"))
        wait(["ceph", "--connect-timeout", "5", "-c", settings, "osd", "stat"], "1 up")
        quietly([
            "radosgw-admin", "-c", settings, "user", "create", "--uid=bench", "--display-name=bench",
            "--access-key=AKBENCH", "--secret-key=bench-secret",
        ])
        command = [
            "radosgw", "-f", "-c", settings, "-n", "client.rgw.a",
            f"--rgw-frontends=beast endpoint=127.0.0.1:{gateway}",
        ]
        stack.enter_context(serving(place, "radosgw", "run", gateway, *command))
        yield server(f"http://127.0.0.1:{gateway}", folder / "run" / "client.rgw.a.asok", settings, rclone)


def server(endpoint, socket, settings, rclone):
    curl = [
        "curl", "-sSf", "--noproxy", "*", "--aws-sigv4", "aws:amz:us-east-1:s3", "-u", "AKBENCH:bench-secret",
        "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD",
    ]
    wait([*curl, "-X", "PUT", f"{endpoint}/bench"])
    plain = Plain(
        "curl",
        lambda file, name: [*curl, "-T", file, f"{endpoint}/bench/{name}"],
        lambda name, file: [*curl, "-o", file, f"{endpoint}/bench/{name}"],
    )
    options = {
        "endpointurl": endpoint, "region": "us-east-1", "access_key_id": "AKBENCH", "secret_access_key": "bench-secret",
    }
    address = (
        f":s3,provider=Ceph,endpoint='{endpoint}',region=us-east-1,access_key_id=AKBENCH,"
        "secret_access_key='bench-secret',no_check_bucket:bench"
    )

    def clean(name):
        quietly([rclone, "--config", "/dev/null", "delete", f"{address}/{name}"])
        # What is deleted keeps its memory until then.
        quietly(["radosgw-admin", "-c", settings, "gc", "process", "--include-all"])

    return Server("S3 (Ceph)", 16, "s3://bench", options, address, plain, clean, difference(lambda: requests(socket)))


def requests(socket):
    """Since the gateway started."""
    counters = subprocess.run(
        ["ceph", "--admin-daemon", socket, "perf", "dump", "rgw"], check=True, capture_output=True
    )
    return json.loads(counters.stdout)["rgw"]["req"]


def quietly(command):
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, stdin=subprocess.DEVNULL, env=plain_environment()
    )
    if done.returncode != 0:
        raise Failure(f"{command[0]} ended with {done.returncode}: {done.stderr[-1000:]}")
    return done.stdout


def wait(command, expected=""):
    """Until the command succeeds and says what is expected."""
    for _ in range(300):
        with contextlib.suppress(Failure):
            if expected in quietly(command):
                return
        time.sleep(0.1)
    raise Failure(f"waited in vain for {' '.join(map(str, command))}")
