#!/usr/bin/env python3
"""Keeps files in memory, behind each way to sign on that HTTP clients know, until standard input ends.

    logins.py PORT_FILE USER PASSWORD

Below /basic and /digest it takes user and password (RFC 7617, RFC 7616 with MD5), below /header the password in
`X-Access`; below /slow it answers never. Only PUT writes. Below /only-post, where nobody signs on, only POST does.
"""

import base64
import hashlib
import os
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port_file, user, password = sys.argv[1:]
files = {}


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


class Login(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def is_known(self):
        way = self.path.split("/")[1]
        given = self.headers.get("Authorization", "")
        if way == "basic":
            return given == "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        if way == "digest":
            return given.startswith("Digest ") and self.is_digest(given)
        if way == "header":
            # Python takes the bytes of a header for Latin letters.
            given = self.headers.get("X-Access", "")
            return given.encode("latin-1").decode() == password
        return True

    def is_digest(self, given):
        fields = dict(re.findall(r'(\w+)="?([^",]*)"?', given))
        secret = md5(f"{user}:{fields['realm']}:{password}")
        asked = md5(f"{self.command}:{fields['uri']}")
        middle = [fields[name] for name in ("nonce", "nc", "cnonce", "qop")]
        answer = md5(":".join([secret, *middle, asked]))
        return fields["username"] == user and fields["response"] == answer

    def answer(self, status, content=b""):
        self.send_response(status)
        if status == 401:
            way = "Digest qop=\"auth\", nonce=\"n\", " if "digest" in self.path else "Basic "
            self.send_header("WWW-Authenticate", way + 'realm="test"')
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def do_GET(self):
        if self.path.startswith("/slow"):
            time.sleep(600)
        if not self.is_known():
            self.answer(401)
        elif self.path in files:
            self.answer(200, files[self.path])
        else:
            self.answer(404)

    do_HEAD = do_GET

    def do_PUT(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        wanted = "POST" if self.path.startswith("/only-post") else "PUT"
        if not self.is_known():
            self.answer(401)
        elif self.command != wanted:
            self.answer(405)
        else:
            files[self.path] = content
            self.answer(201)

    do_POST = do_PUT

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Login)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
with open(port_file + ".draft", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(port_file + ".draft", port_file)
sys.stdin.read()
os._exit(0)
