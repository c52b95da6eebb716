#!/usr/bin/env python3
"""Serves Git repositories on a free port of 127.0.0.1 until standard input ends.

    loopback.py PORT_FILE spawn PROGRAM ARGUMENT...
        gives each connection to a program, as inetd does: `git daemon --inetd`, `sshd -i`
    loopback.py PORT_FILE http ROOT [--login USER:PASSWORD] [--certificate FILE]
        serves the folder through `git http-backend`, over TLS if there is a certificate with its key

The port is written to PORT_FILE as soon as connections are taken.
"""

import argparse
import base64
import os
import socketserver
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def spawning(program):
    class Connection(socketserver.BaseRequestHandler):
        def handle(self):
            subprocess.run(program, stdin=self.request, stdout=self.request, check=False)

    socketserver.ThreadingTCPServer.daemon_threads = True
    return socketserver.ThreadingTCPServer(("127.0.0.1", 0), Connection)


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


def serving(options):
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
    options = parser.parse_args()

    server = spawning(options.program) if options.kind == "spawn" else serving(options)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    draft = options.port_file + ".draft"
    with open(draft, "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(draft, options.port_file)
    sys.stdin.read()
    # Connections that are still open end with the process.
    os._exit(0)


main()
