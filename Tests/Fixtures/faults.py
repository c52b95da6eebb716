#!/usr/bin/env python3
"""Stands before a server of 127.0.0.1 and does what networks and busy servers do, until standard input ends.

    faults.py PORT_FILE http|tcp SERVER_PORT LOG RULE...

A rule is FIRST-LAST, METHOD, PATH, FAULT, NUMBER, TEXT with tabs between: for requests (with tcp:
connections) number FIRST to LAST among those of this method whose path has this text; empty is any.
The first rule that applies counts. Faults of http:

    status CODE SECONDS     an error, with Retry-After if there are SECONDS; the server is not asked
    answer CODE TEXT        a status with this body; the server is not asked
    silence                 nothing is answered, and the connection stays
    lost                    the server is asked, and its answer is not passed on
    upload BYTES            a reset after this much of the request's body
    reset BYTES             a reset after this much of the answer's body
    truncate BYTES          the answer ends after this much, in good order
    wrong BYTES             one byte of the answer is another, the one after this many
    stall BYTES             nothing follows after this much of the answer
    slow RATE               the answer comes at this many bytes per second
    tag KIND                entity tags of the answer are those of another content (0), or of one in parts (1)

and of tcp: `upload`, `reset`, `stall` after so many bytes to or from the server, and `slow`.
LOG gets a line for each request before it is answered: method, path, range, what the fault was.
"""

import contextlib
import http.client
import os
import re
import socket
import socketserver
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PIECE = 65536
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "expect"}

socketserver.TCPServer.request_queue_size = 256


class Rule:
    def __init__(self, text):
        span, self.method, self.path, self.kind, number, self.text = text.split("\t", 5)
        self.first, self.last = map(int, span.split("-"))
        self.number = int(number)
        self.count = 0

    def applies(self, method, path):
        if self.method not in ("", method) or self.path not in path:
            return False
        self.count += 1
        return self.first <= self.count <= self.last


class Rules:
    def __init__(self, texts, log):
        self.rules = [Rule(text) for text in texts]
        self.log = log
        self.lock = threading.Lock()

    def fault(self, method, path, span=""):
        with self.lock:
            # Every rule counts, not only the first that applies.
            found = [rule for rule in self.rules if rule.applies(method, path)]
            kind = found[0].kind if found else ""
            with open(self.log, "a") as log:
                log.write("\t".join([method, path, span, kind]) + "\n")
            return found[0] if found else None


class Broken(Exception):
    """The connection to the client is to end with a reset."""


def other_tag(tag, is_of_parts):
    """A tag of the same form, with the number of parts if there is one; or what servers that compress give."""
    digits, dash, rest = tag.partition("-")
    if is_of_parts:
        (dash, rest) = ("-", '1"' if tag.endswith('"') else "1")
        digits = digits.rstrip('"')
    return digits.translate(str.maketrans("0123456789abcdef", "123456789abcdef0")) + dash + rest


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    # Wakes the thread that waits for more of the client: as long as it does, closing sends nothing.
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RD)


def stall():
    threading.Event().wait()


class Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    rules = None
    server_port = None

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self):
        fault = self.rules.fault(self.command, self.path, self.headers.get("Range", ""))
        if fault and fault.kind in ("status", "answer", "silence"):
            for _ in self.body(None):
                pass
            return self.refuse(fault)
        response = self.ask(fault)
        if fault and fault.kind == "lost":
            response.read()
            raise Broken
        self.pass_on(response, fault)

    def handle(self):
        try:
            super().handle()
        except (Broken, OSError, http.client.HTTPException):
            reset(self.connection)
            # The last reference to the socket goes first, so that nothing but the reset is sent.
            self.rfile.close()
            self.connection.close()

    def refuse(self, fault):
        if fault.kind == "silence":
            stall()
        self.send_response_only(fault.number)
        self.send_header("Date", self.date_time_string())
        body = fault.text.encode() if fault.kind == "answer" else b""
        if fault.text and not body:
            self.send_header("Retry-After", fault.text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def ask(self, fault):
        # One connection for each of the client's, as if they were one.
        if not hasattr(self, "upstream"):
            self.upstream = http.client.HTTPConnection("127.0.0.1", self.server_port)
        self.upstream.putrequest(
            self.command, self.path, skip_host=True, skip_accept_encoding=True
        )
        is_chunked = "chunked" in self.headers.get("Transfer-Encoding", "")
        body = [b"".join(self.body(fault))] if is_chunked else self.body(fault)
        for name, value in self.headers.items():
            if name.lower() not in HOP_BY_HOP:
                self.upstream.putheader(name, value)
        if is_chunked:
            self.upstream.putheader("Content-Length", str(len(body[0])))
        self.upstream.endheaders()
        for piece in body:
            self.upstream.send(piece)
        return self.upstream.getresponse()

    def body(self, fault):
        limit = fault.number if fault and fault.kind == "upload" else None
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            pieces = self.chunks()
        else:
            pieces = self.pieces(self.rfile, int(self.headers.get("Content-Length", 0)))
        done = 0
        for piece in pieces:
            done += len(piece)
            if limit is not None and done >= limit:
                raise Broken
            yield piece
        if limit is not None:
            raise Broken

    def chunks(self):
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield from self.pieces(self.rfile, size)
            self.rfile.readline()
        self.rfile.readline()

    @staticmethod
    def pieces(stream, size):
        while size and (piece := stream.read(min(PIECE, size))):
            size -= len(piece)
            yield piece

    def pass_on(self, response, fault):
        # What is empty is read below, so that the connection serves the next request.
        is_empty = response.status in (204, 304) or response.length == 0
        has_body = self.command != "HEAD" and not is_empty
        self.send_response_only(response.status, response.reason)
        has_other_tag = fault and fault.kind == "tag"
        for name, value in response.getheaders():
            if has_other_tag and name.lower() == "etag":
                value = other_tag(value, fault.number == 1)
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        content = None
        if has_body and response.length is None:
            content = response.read()
            self.send_header("Content-Length", str(len(content)))
        elif has_body and has_other_tag:
            content = response.read()
        if has_other_tag and content:
            element = re.compile(rb"(?<=<ETag>)[^<]*(?=</ETag>)")
            content = element.sub(lambda m: other_tag(m.group().decode(), fault.number == 1).encode(), content)
        self.end_headers()
        if content is not None:
            self.send_body([content], fault)
        elif has_body and response.length:
            self.send_body(self.pieces(response, response.length), fault)
        else:
            # Also of an empty body, or the connection serves no second request.
            response.read()

    def send_body(self, pieces, fault):
        kind, number = (fault.kind, fault.number) if fault else ("", 0)
        done = 0
        for piece in pieces:
            end = done + len(piece)
            if kind in ("reset", "truncate", "stall") and end > number:
                self.wfile.write(piece[: number - done])
                self.stop(kind)
                return
            if kind == "wrong" and done <= number < end:
                place = number - done
                piece = piece[:place] + bytes([piece[place] ^ 1]) + piece[place + 1 :]
            if kind == "slow":
                write_slowly(self.wfile.write, piece, number)
            else:
                self.wfile.write(piece)
            done = end

    def stop(self, kind):
        self.wfile.flush()
        if kind == "stall":
            stall()
        if kind == "reset":
            # What was sent must arrive before the reset overtakes it.
            time.sleep(0.05)
            raise Broken
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_WR)

    def log_message(self, *_):
        pass


def write_slowly(write, piece, rate):
    step = max(1, rate // 20)
    for start in range(0, len(piece), step):
        write(piece[start : start + step])
        time.sleep(step / rate)


class Connection(socketserver.BaseRequestHandler):
    rules = None
    server_port = None

    def handle(self):
        fault = self.rules.fault("CONNECT", "")
        server = socket.create_connection(("127.0.0.1", self.server_port))
        upward = fault if fault and fault.kind == "upload" else None
        downward = fault if fault and not upward else None
        threads = [
            threading.Thread(target=self.pump, args=pair, daemon=True)
            for pair in ((self.request, server, upward), (server, self.request, downward))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        server.close()

    def pump(self, source, target, fault):
        done = 0
        try:
            while piece := source.recv(PIECE):
                done += len(piece)
                if fault and fault.kind == "slow":
                    write_slowly(target.sendall, piece, fault.number)
                    continue
                if fault and done > fault.number:
                    if fault.kind == "stall":
                        stall()
                    reset(self.request)
                    self.request.close()
                    break
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        if fault and fault.kind != "slow" and done > fault.number:
            # The other direction waits for the server, which has lost its client.
            for end in (source, target):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


def main():
    port_file, kind, port, log, *rules = sys.argv[1:]
    open(log, "a").close()
    handler = Request if kind == "http" else Connection
    handler.rules = Rules(rules, log)
    handler.server_port = int(port)
    servers = {"http": ThreadingHTTPServer, "tcp": socketserver.ThreadingTCPServer}
    servers[kind].daemon_threads = True
    server = servers[kind](("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(port_file + ".draft", "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(port_file + ".draft", port_file)
    sys.stdin.read()
    os._exit(0)


main()
