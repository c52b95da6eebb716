#!/usr/bin/env python3
"""Serves on a free port of 127.0.0.1 until standard input ends; then everything it started ends too.

    loopback.py PORT_FILE spawn PROGRAM ARGUMENT...
        gives each connection to a program, as inetd does: `git daemon --inetd`, `sshd -i`
    loopback.py PORT_FILE http ROOT [--login USER:PASSWORD] [--certificate FILE]
        serves the folder through `git http-backend`, over TLS if there is a certificate with its key
    loopback.py PORT_FILE files ROOT
        serves the files of the folder, without ranges
    loopback.py PORT_FILE run PORT PROGRAM ARGUMENT...
        runs a server that takes connections on PORT itself; 0 if nobody connects to it

The port is written to PORT_FILE as soon as connections are taken; `failed` if the program ends before.
"""

import argparse
import base64
import contextlib
import ctypes
import functools
import os
import signal
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer

# Of <sys/prctl.h>.
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

# As many clients as there are may connect at once.
socketserver.TCPServer.request_queue_size = 256


def spawning(program):
    class Connection(socketserver.BaseRequestHandler):
        def handle(self):
            subprocess.run(program, stdin=self.request, stdout=self.request, check=False)

    socketserver.ThreadingTCPServer.daemon_threads = True
    return socketserver.ThreadingTCPServer(("127.0.0.1", 0), Connection)


def running(port, program):
    """The number of the port once the program answers there."""
    libc = ctypes.CDLL(None)
    # What this process cannot end any more, because it was killed itself, the kernel ends.
    child = subprocess.Popen(
        program,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL),
    )
    while child.poll() is None:
        if port == 0:
            return 0
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
            continue
        if is_listening(descendants(child.pid), port):
            return port
        time.sleep(0.02)
    return "failed"


def is_listening(programs, port):
    """Whether one of them takes connections on the port; a stranger may have been faster."""
    sockets = set()
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError), open("/proc/net/" + table) as lines:
            fields = [line.split() for line in lines]
            sockets |= {
                f"socket:[{field[9]}]"
                for field in fields[1:]
                if field[3] == "0A" and int(field[1].rpartition(":")[2], 16) == port
            }
    return any(sockets & opened(program) for program in programs)


def opened(program):
    folder = f"/proc/{program}/fd"
    try:
        return {os.readlink(f"{folder}/{name}") for name in os.listdir(folder)}
    except OSError:
        return set()


def descendants(program):
    """It, and what it started."""
    found, parents = [program], {process: parent(process) for process in processes()}
    for process in found:
        found += [child for child, ancestor in parents.items() if ancestor == process]
    return found


def end():
    """Ends every process that was started from here, and that those started, and then this one."""
    while children := [process for process in processes() if parent(process) == os.getpid()]:
        for child in children:
            os.kill(child, signal.SIGKILL)
            # Its own children are ours from now on.
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)
    os._exit(0)


def processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def parent(process):
    try:
        with open(f"/proc/{process}/stat") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except OSError:
        return None


class GitRequest(BaseHTTPRequestHandler):
    """One request, answered by the CGI program of Git."""

    protocol_version = "HTTP/1.1"
    root = None
    login = None

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        body = self.body()
        if self.login and self.headers.get("Authorization") != self.expected():
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="test"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_PROJECT_ROOT": self.root,
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
        }
        program = ["git", "http-backend"]
        made = subprocess.run(
            program, env=environment, input=body, stdout=subprocess.PIPE, check=False
        )
        self.forward(made.stdout)

    def forward(self, made):
        head, _, content = made.partition(b"\r\n\r\n")
        fields = [line.split(": ", 1) for line in head.decode().split("\r\n")]
        status = next((value for name, value in fields if name == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for name, value in fields:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def expected(self):
        return "Basic " + base64.b64encode(self.login.encode()).decode()

    def body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content = b""
        while size := int(self.rfile.readline(), 16):
            content += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return content

    def log_message(self, *_):
        pass


class QuietFiles(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass


def serving(options):
    if options.kind == "files":
        files = functools.partial(QuietFiles, directory=options.root)
        return ThreadingHTTPServer(("127.0.0.1", 0), files)
    GitRequest.root = options.root
    GitRequest.login = options.login
    server = ThreadingHTTPServer(("127.0.0.1", 0), GitRequest)
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    return server


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port_file")
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("spawn").add_argument("program", nargs=argparse.REMAINDER)
    http = kinds.add_parser("http")
    http.add_argument("root")
    http.add_argument("--login")
    http.add_argument("--certificate")
    kinds.add_parser("files").add_argument("root")
    run = kinds.add_parser("run")
    run.add_argument("port", type=int)
    run.add_argument("program", nargs=argparse.REMAINDER)
    options = parser.parse_args()

    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: end())
    threading.Thread(target=lambda: (sys.stdin.read(), end()), daemon=True).start()
    if options.kind == "run":
        tell(running(options.port, options.program), options.port_file)
        signal.pause()
    server = spawning(options.program) if options.kind == "spawn" else serving(options)
    tell(server.server_address[1], options.port_file)
    server.serve_forever()


def tell(port, port_file):
    with open(port_file + ".draft", "w") as file:
        file.write(str(port))
    os.rename(port_file + ".draft", port_file)


main()
