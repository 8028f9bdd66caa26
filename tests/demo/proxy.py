#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: MIT
"""The way out of the demonstration server: an HTTP proxy on the loopback address that answers every request itself.

It ends CONNECT's TLS with a certificate of the test authority and never opens a connection to anywhere. Who begins with
TLS takes it for the far host itself, which direct.c makes of it. A rules file
says how a host behaves, one "host rule" a line, read again for every connection; a host that is not named is ok:
  ok         answers as the real host might: 200, 403 or 404
  407        asks for a login (and takes any)
  502 ...    any other number: the proxy refuses with that status
  hang       never answers
  reset      breaks the connection
  tls10      speaks TLS 1.0 only
  untrusted  shows a certificate of an unknown authority
  fetch:...  the same, and who wants that authority's certificate is sent to this port

All of them tell the time as it would be if this computer's clock were ahead by the seconds in the clock file.
"""

import argparse
import email.utils
import os
import pathlib
import select
import socket
import ssl
import struct
import threading
import time
import urllib.parse
import warnings

from certificates import Authority

PROXY_SCRIPT = b"""function FindProxyForURL(url, host)
{
    return dnsDomainIs(host, ".windows.net") ? "DIRECT" : "PROXY 127.0.0.1:8080";
}
"""
PAGES = {"/connecttest.txt": b"Microsoft Connect Test", "/ncsi.txt": b"Microsoft NCSI", "/proxy.pac": PROXY_SCRIPT}
IDLE_SECONDS = 60
TLS_HANDSHAKE = b"\x16"

# Old protocols are spoken on purpose.
warnings.simplefilter("ignore", DeprecationWarning)


class Proxy:
    def __init__(self, options):
        self.rules_file = pathlib.Path(options.rules)
        self.log_file = pathlib.Path(options.log) if options.log else None
        self.clock_file = pathlib.Path(options.clock) if options.clock else None
        certificates = pathlib.Path(options.certificates)
        self.trusted = Authority(certificates)
        self.untrusted = Authority(certificates / "untrusted", "Unknown Authority")
        self.listener = socket.create_server(("127.0.0.1", options.port), backlog=64)

    def rule(self, host):
        for line in self.rules_file.read_text().splitlines():
            words = line.split()
            if len(words) == 2 and words[0].lower() == host.lower():
                return words[1]
        return "ok"

    def date(self):
        ahead = float(self.clock_file.read_text() or 0) if self.clock_file else 0
        return email.utils.formatdate(time.time() - ahead, usegmt=True)

    def log(self, text):
        if self.log_file:
            with self.log_file.open("a") as log:
                log.write(text + "\n")

    def tls_context(self, host, rule):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if rule == "tls10":
            # Debian's OpenSSL speaks it only below its default security level.
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
        authority, options = self.trusted, {}
        if rule == "untrusted":
            authority = self.untrusted
        elif rule.startswith("fetch:"):
            port = rule.split(":")[1]
            authority = self.untrusted
            options = {"file": f"{host}-{port}", "issuer_at": f"http://127.0.0.1:{port}/authority.cer"}
        context.load_cert_chain(authority.issue(host, host=True, **options), authority.leaf_key)
        return context

    def start_tls(self, connection, host, rule):
        context = self.tls_context(host, rule)

        def choose(tls, name, _):
            if name and name.lower() != host.lower():
                tls.context = self.tls_context(name, rule)

        context.sni_callback = choose
        return context.wrap_socket(connection, server_side=True)

    def serve(self, connection):
        try:
            with connection:
                connection.settimeout(IDLE_SECONDS)
                self.answer(connection)
        except (OSError, ValueError):
            # The client went away, sent nonsense, or refused the certificate: all of these are wanted in tests.
            pass

    def answer_directly(self, connection):
        named = []
        context = self.tls_context("localhost", "ok")

        def choose(tls, name, _):
            named.append(name or "localhost")
            tls.context = self.tls_context(named[0], self.rule(named[0]))

        context.sni_callback = choose
        with context.wrap_socket(connection, server_side=True) as tls:
            _, target, _ = read_request(tls)
            self.log(f"GET https://{named[0]}{target} direct")
            self.respond_as(tls, named[0], target)

    def answer(self, connection):
        if connection.recv(1, socket.MSG_PEEK) == TLS_HANDSHAKE:
            self.answer_directly(connection)
            return
        method, target, headers = read_request(connection)
        tunnel = method == "CONNECT"
        url = urllib.parse.urlsplit("//" + target if tunnel else target)
        host = url.hostname or ""
        rule = self.rule(host)
        self.log(f"{method} {target} {rule}")
        if rule == "hang":
            connection.recv(1)
        elif rule == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif rule == "407" and "proxy-authorization" not in headers:
            self.respond(connection, 407, headers=["Proxy-Authenticate: Basic realm=\"proxy\""])
        elif rule.isdigit() and rule != "407":
            self.respond(connection, int(rule))
        elif tunnel:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with self.start_tls(connection, host, rule) as tls:
                _, target, _ = read_request(tls)
                # Wine asks for the whole URL here too.
                path = urllib.parse.urlsplit(target).path
                self.log(f"GET https://{host}{path}")
                self.respond_as(tls, host, path)
        else:
            self.respond_as(connection, host, url.path or "/")

    def respond(self, connection, status, body=b"", headers=()):
        lines = [f"HTTP/1.1 {status} Answer", f"Date: {self.date()}", f"Content-Length: {len(body)}",
                 "Content-Type: text/plain", "Connection: close", *headers]
        connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def respond_as(self, connection, host, path):
        if path in PAGES:
            self.respond(connection, 200, PAGES[path])
        elif ".backup." in host or ".blob." in host or ".queue." in host:
            self.respond(connection, 403)
        else:
            self.respond(connection, 200 if path == "/" else 404)

    def run(self, until):
        """Serves until the `until` descriptor is readable or its time is over."""
        descriptor, deadline = until
        while True:
            watched = [self.listener] + ([descriptor] if descriptor is not None else [])
            ready, _, _ = select.select(watched, [], [], max(0, deadline - time.monotonic()))
            if self.listener not in ready:
                return
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()


def read_request(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(4096)
        if not more or len(data) > 65536:
            raise ValueError("no request")
        data += more
    first, *lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    return method, target, {line.split(":")[0].strip().lower() for line in lines}


def main():
    parser = argparse.ArgumentParser(description="Loopback proxy of the demonstration server")
    parser.add_argument("--certificates", required=True, help="folder of the test authority")
    parser.add_argument("--rules", required=True)
    parser.add_argument("--port", type=int, default=0, help="0 = any free one")
    parser.add_argument("--port-file", help="gets the port once the proxy listens")
    parser.add_argument("--clock", help="file with the seconds that this computer's clock is ahead")
    parser.add_argument("--log", help="gets a line for each request")
    parser.add_argument("--until-pid", type=int, help="end when this process ends")
    parser.add_argument("--max-seconds", type=float, default=86400)
    options = parser.parse_args()

    proxy = Proxy(options)
    if options.port_file:
        # Complete as soon as it is there.
        new = pathlib.Path(options.port_file + ".new")
        new.write_text(f"{proxy.listener.getsockname()[1]}\n")
        new.rename(options.port_file)
    try:
        descriptor = os.pidfd_open(options.until_pid) if options.until_pid else None
    except ProcessLookupError:
        return
    proxy.run((descriptor, time.monotonic() + options.max_seconds))


if __name__ == "__main__":
    main()
