"""Servers of this machine for the bench of remotes: nginx with WebDAV, OpenSSH, and a directory; Ceph is in ceph.py."""

import contextlib
import dataclasses
import os
import pathlib
import socket
import subprocess
import sys
import time
import typing

from tools import Failure, remove

LOOPBACK = pathlib.Path(__file__).parent.parent / "Tests" / "Fixtures" / "loopback.py"


@dataclasses.dataclass(frozen=True)
class Plain:
    """The tool that moves one file and does nothing else."""

    name: str
    # Commands for a file of this machine and the name of a file on the server.
    upload: typing.Callable
    download: typing.Callable


@dataclasses.dataclass(frozen=True)
class Server:
    """Where tools find it: the URL of a remote with its options, and the address for rclone."""

    name: str
    jobs: int
    url: str
    options: dict
    rclone: str
    plain: Plain
    # Removes what lies below a name.
    clean: typing.Callable
    # Runs what it is given; its result, and how many requests came meanwhile, None if nobody counts.
    count: typing.Callable = lambda body: (body(), None)
    # Makes the folder of a name, for tools that expect it.
    prepare: typing.Callable = lambda name: None


@contextlib.contextmanager
def serving(place, name, *arguments):
    """The port of a server that lives as long as the block; 0 if nobody connects to it."""
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


def difference(reading):
    """Counts by what `reading` says before and after."""

    def count(body):
        before = reading()
        result = body()
        return result, reading() - before

    return count


def removing(folder):
    def clean(name):
        if (folder / name).exists():
            remove(folder / name)

    return clean


def directory(place):
    folder = place / "directory"
    folder.mkdir()
    plain = Plain(
        "cp", lambda file, name: ["cp", file, folder / name], lambda name, file: ["cp", folder / name, file]
    )
    return Server("a directory", 8, str(folder), {}, str(folder), plain, removing(folder))


NGINX = """\
load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
events {{ worker_connections 1024; }}
http {{
  access_log {folder}/requests;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  client_max_body_size 0;
  default_type application/octet-stream;
  server {{
    listen 127.0.0.1:{port};
    dav_methods PUT DELETE MKCOL COPY MOVE;
    dav_ext_methods PROPFIND OPTIONS;
    create_full_put_path on;
    location /files/ {{ alias {folder}/root/; autoindex on; dav_methods off; dav_ext_methods off; }}
    location /dav/ {{ alias {folder}/root/; auth_basic bench; auth_basic_user_file {folder}/passwords; }}
  }}
}}
"""


@contextlib.contextmanager
def nginx(place, rclone):
    """WebDAV with a password, and the same files for everybody to read over HTTP."""
    folder = place / "nginx"
    for name in ("root", "body", "proxy", "fcgi", "uwsgi", "scgi"):
        (folder / name).mkdir(parents=True)
    port = free_port()
    password = subprocess.run(["openssl", "passwd", "-apr1", "secret"], check=True, capture_output=True, text=True)
    (folder / "passwords").write_text(f"bench:{password.stdout}")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "settings").write_text(NGINX.format(user=user, folder=folder, port=port))
    command = ["/usr/sbin/nginx", "-p", folder, "-c", folder / "settings", "-e", folder / "log"]
    hidden = subprocess.run([rclone, "obscure", "secret"], check=True, capture_output=True, text=True).stdout.strip()
    count = difference(lambda: (folder / "requests").read_bytes().count(b"\n"))
    with serving(place, "nginx", "run", port, *command):
        yield webdav(port, hidden, count, folder / "root"), http(port, count)


def webdav(port, hidden, count, folder):
    root = f"http://127.0.0.1:{port}/dav"
    curl = ["curl", "-sSf", "--noproxy", "*", "-u", "bench:secret"]
    plain = Plain(
        "curl",
        lambda file, name: [*curl, "-T", file, f"{root}/{name}"],
        lambda name, file: [*curl, "-o", file, f"{root}/{name}"],
    )
    address = f":webdav,url='{root}',vendor=other,user=bench,pass={hidden}:"
    options = {"user": "bench", "password": "secret"}
    make = lambda name: (folder / name).mkdir(exist_ok=True)
    return Server("WebDAV (nginx)", 16, f"webdav://127.0.0.1:{port}/dav", options, address, plain, removing(folder), count, make)


def http(port, count):
    root = f"http://127.0.0.1:{port}/files"
    download = lambda name, file: ["curl", "-sSf", "--noproxy", "*", "-o", file, f"{root}/{name}"]
    return Server("HTTP (nginx)", 16, root, {}, f":http,url='{root}/':", Plain("curl", None, download), None, count)


SSHD = """\
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
AuthenticationMethods publickey
PidFile none
StrictModes no
UsePAM no
Subsystem sftp {program}
"""


@contextlib.contextmanager
def ssh(place, tools):
    folder = place / "ssh"
    (folder / "root").mkdir(parents=True)
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    settings = folder / "config"
    settings.write_text(SSHD.format(folder=folder, program="internal-sftp"))
    with serving(place, "sshd", "spawn", "/usr/sbin/sshd", "-i", "-f", settings) as port:
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
        scp = ["scp", "-q", "-P", port, "-i", folder / "user", "-o", f"UserKnownHostsFile={known}"]
        host = f"{user}@127.0.0.1:{folder}/root"
        plain = Plain(
            "scp",
            lambda file, name: [*scp, file, f"{host}/{name}"],
            lambda name, file: [*scp, f"{host}/{name}", file],
        )
        options = {"keyfile": str(folder / "user"), "allow_agent": "false"}
        url = f"ssh://{user}@127.0.0.1:{port}{folder}/root"
        yield Server(
            "SFTP (OpenSSH)", 8, url, options, address, plain, removing(folder / "root"),
            lambda body: recorded(settings, folder, body),
        )


def recorded(settings, folder, body):
    """Meanwhile the server keeps what it is sent: each connection reads its settings anew."""
    usual = settings.read_text()
    program = f"tee {folder}/sent.$$ | /usr/lib/openssh/sftp-server"
    settings.write_text(SSHD.format(folder=folder, program=program))
    try:
        result = body()
        time.sleep(0.2)
        sent = list(folder.glob("sent.*"))
        requests = sum(packets(file.read_bytes()) for file in sent)
        for file in sent:
            file.unlink()
        return result, requests
    finally:
        settings.write_text(usual)


def packets(stream):
    """How many there are, the greeting left out."""
    number = position = 0
    while position < len(stream):
        position += 4 + int.from_bytes(stream[position : position + 4], "big")
        number += 1
    return max(0, number - 1)
