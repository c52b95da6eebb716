#!/usr/bin/env python3
"""Measures transfers to and from servers of this machine: dvswift beside DVC and rclone with as many connections.

S3 and WebDAV are served by rclone, SFTP by OpenSSH; a server of S3 that AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY and BENCH_BUCKET name is measured too. Every pull is compared with the data that was pushed.
"""

import argparse
import contextlib
import dataclasses
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

import datasets
import report
from tools import Failure, Tool, expect_same, remove, run

LOOPBACK = pathlib.Path(__file__).parent.parent / "Tests" / "Fixtures" / "loopback.py"
HEADINGS = ["operation", "rclone", "DVC", "dvswift", "DVC / dvswift", "rclone / dvswift", "peak memory"]


@dataclasses.dataclass(frozen=True)
class Server:
    """Where tools find it: the URL of a remote with its options, and the address for rclone."""

    name: str
    jobs: int
    url: str
    options: dict
    rclone: str


@contextlib.contextmanager
def serving(place, name, *arguments):
    """The port of a server that lives as long as the block."""
    port_file = place / f"{name}.port"
    with open(place / f"{name}.log", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, LOOPBACK, port_file, *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=log, stderr=log,
        )
    try:
        while not (port_file.exists() and port_file.read_text()):
            if process.poll() is not None:
                raise Failure(f"{name} does not start: {(place / f'{name}.log').read_text()}")
            time.sleep(0.02)
        if not port_file.read_text().isdigit():
            raise Failure(f"{name} does not start: {(place / f'{name}.log').read_text()}")
        yield int(port_file.read_text())
    finally:
        process.stdin.close()
        process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def s3(name, endpoint, key, secret, bucket):
    options = {
        "endpointurl": endpoint, "region": "us-east-1", "access_key_id": key,
        "secret_access_key": secret,
    }
    address = (
        f":s3,provider=Other,endpoint='{endpoint}',region=us-east-1,access_key_id={key},"
        f"secret_access_key='{secret}',no_check_bucket:{bucket}"
    )
    return Server(name, 16, f"s3://{bucket}", options, address)


@contextlib.contextmanager
def s3_of_rclone(place, rclone):
    (place / "s3" / "bench").mkdir(parents=True)
    port = free_port()
    command = [
        rclone, "--config", "/dev/null", "serve", "s3", "--addr", f"127.0.0.1:{port}",
        "--auth-key", "AKBENCH,bench-secret", "--etag-hash", "MD5", "--vfs-cache-mode", "off", place / "s3",
    ]
    with serving(place, "serve-s3", "run", port, *command):
        yield s3("S3 of rclone", f"http://127.0.0.1:{port}", "AKBENCH", "bench-secret", "bench")


@contextlib.contextmanager
def webdav(place, rclone):
    (place / "dav").mkdir()
    port = free_port()
    command = [
        rclone, "--config", "/dev/null", "serve", "webdav", "--addr", f"127.0.0.1:{port}",
        "--user", "bench", "--pass", "secret", place / "dav",
    ]
    hidden = subprocess.run([rclone, "obscure", "secret"], check=True, capture_output=True, text=True).stdout.strip()
    address = f":webdav,url='http://127.0.0.1:{port}',vendor=other,user=bench,pass={hidden}:"
    with serving(place, "serve-dav", "run", port, *command):
        options = {"user": "bench", "password": "secret"}
        yield Server("WebDAV of rclone", 16, f"webdav://127.0.0.1:{port}", options, address)


@contextlib.contextmanager
def ssh(place, tools):
    folder = place / "ssh"
    (folder / "root").mkdir(parents=True)
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    (folder / "config").write_text(
        f"HostKey {folder}/host\nAuthorizedKeysFile {folder}/user.pub\nAuthenticationMethods publickey\n"
        "PidFile none\nStrictModes no\nUsePAM no\nSubsystem sftp internal-sftp\n"
    )
    with serving(place, "sshd", "spawn", "/usr/sbin/sshd", "-i", "-f", folder / "config") as port:
        known = folder / "known_hosts"
        known.write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        for tool in tools:
            home = folder / tool.name
            (home / ".ssh").mkdir(parents=True)
            (home / ".ssh" / "known_hosts").write_text(known.read_text())
            tool.environment |= {"HOME": str(home), "GIT_SSH_COMMAND": f"ssh -o UserKnownHostsFile={known}"}
        address = (
            f":sftp,host=127.0.0.1,port={port},user={user},key_file={folder}/user,shell_type=none,"
            f"known_hosts_file={known}:{folder}/root"
        )
        options = {"keyfile": str(folder / "user"), "allow_agent": "false"}
        yield Server("SFTP of OpenSSH", 8, f"ssh://{user}@127.0.0.1:{port}{folder}/root", options, address)


def measure_tool(tool, server, source, place):
    """Seconds of push, a push of nothing, and pull into an empty cache; the highest peak of memory."""
    folder = place / f"{tool.name}-project"
    tool.create_project(folder)
    tool.run(folder, "remote", "add", "-q", "-d", "bench", f"{server.url}/{tool.name}")
    for name, value in server.options.items():
        tool.run(folder, "remote", "modify", "--local", "bench", name, value)
    subprocess.run(["cp", "-r", source, folder / "data"], check=True)
    tool.run(folder, "add", "--quiet", "data")
    steps = [tool.run(folder, "push", "--jobs", str(server.jobs)), tool.run(folder, "push")]
    remove(folder / "data")
    remove(folder / ".dvc" / "cache")
    steps.append(tool.run(folder, "pull", "--jobs", str(server.jobs)))
    expect_same(source, folder / "data")
    remove(folder)
    return [step.seconds for step in steps], max(step.peak_bytes for step in steps)


def measure_rclone(rclone, server, source, place):
    copy = place / "copy"
    environment = {key: value for key, value in os.environ.items() if key != "AWS_CA_BUNDLE"}
    flags = ["--config", "/dev/null", "--transfers", str(server.jobs), "--checkers", str(server.jobs)]
    target = f"{server.rclone}/plain"
    verb = "copy" if source.is_dir() else "copyto"
    steps = [
        run([rclone, verb, *flags, *extra, one, other], place, environment).seconds
        for extra, one, other in (
            (["--no-check-dest"], source, target), ([], source, target), ([], target, copy),
        )
    ]
    expect_same(source, copy)
    remove(copy)
    return steps


def measure_server(server, source, place, tools, rclone):
    floor = measure_rclone(rclone, server, source, place)
    measured = {tool.name: measure_tool(tool, server, source, place) for tool in tools}
    rows = []
    for number, operation in enumerate(["push", "push again, nothing to do", "pull into an empty cache"]):
        ours = measured["dvswift"][0][number]
        theirs = measured["dvc"][0][number] if "dvc" in measured else None
        rows.append([
            operation, report.seconds_text(floor[number]), report.seconds_text(theirs), report.seconds_text(ours),
            f"{theirs / ours:.1f}" if theirs else "–", f"{floor[number] / ours:.1f}",
            f"{measured['dvswift'][1] >> 20} MiB",
        ])
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dvswift", required=True, type=pathlib.Path)
    parser.add_argument("--dvc", type=pathlib.Path, help="left out, only rclone is compared with")
    parser.add_argument("--rclone", required=True)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=1 << 30, help="bytes of the large object; 0 for none")
    arguments = parser.parse_args()
    place = pathlib.Path(tempfile.mkdtemp(prefix="dvswift-bench-"))
    try:
        tools = [Tool("dvswift", arguments.dvswift, place / "dvswift-home")]
        if arguments.dvc:
            tools.append(Tool("dvc", arguments.dvc, place / "dvc-home"))
        sources = {f"{arguments.files:,} files": place / "files"}
        datasets.write_files(place / "files", arguments.files, arguments.files * 10_000)
        if arguments.large:
            sources[f"one object of {arguments.large >> 20} MiB"] = place / "large"
            datasets.write_large_file(place / "large", arguments.large)
        with contextlib.ExitStack() as stack:
            servers = [
                stack.enter_context(kind)
                for kind in (s3_of_rclone(place, arguments.rclone), ssh(place, tools), webdav(place, arguments.rclone))
            ]
            given = [os.environ.get(name) for name in (
                "AWS_ENDPOINT_URL_S3", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "BENCH_BUCKET",
            )]
            if all(given):
                servers.append(s3("S3 as given", *given))
            for title, source in sources.items():
                for server in servers:
                    rows = measure_server(server, source, place, tools, arguments.rclone)
                    print(f"{title}, {server.name}, {server.jobs} connections\n{report.plain_table(HEADINGS, rows)}", flush=True)
    except Failure as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    finally:
        remove(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
