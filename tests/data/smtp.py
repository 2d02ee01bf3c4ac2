"""A mail server for the tests: STARTTLS and AUTH, and as it is told to it defers, refuses, stalls or holds.

Its folder has `cert.pem` and `key.pem`; `mode` tells what to do, a line for each recipient: `ADDRESS BEHAVIOUR`.
Letters it has taken are lines of `inbox`, what it was asked to take lines of `asked`.
"""

import asyncio
import email
import email.policy
import json
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder = pathlib.Path(sys.argv[1])


def note(name, record):
    with open(folder / name, "a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def behaviour(address):
    mode = folder / "mode"
    lines = mode.read_text().splitlines() if mode.exists() else []
    return dict(line.split(" ", 1) for line in lines).get(address, "accept")


class Handler:
    def __init__(self):
        self.deferred = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        note("asked", {"to": address})
        match behaviour(address):
            case "refuse":
                return "550 5.1.1 there is nobody of that name"
            case "defer-once" if address not in self.deferred:
                self.deferred.add(address)
                return "451 4.7.1 come back later"
            case "stall":
                await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content() for part in letter.walk() if not part.is_multipart()}
        note(
            "inbox",
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "tls": session.ssl is not None,
                "user": session.auth_data.login.decode() if session.authenticated else None,
                "headers": {name: str(value) for name, value in letter.items()},
                "text": parts.get("text/plain"),
                "html": parts.get("text/html"),
                "defects": [str(defect) for part in letter.walk() for defect in part.defects],
            },
        )
        if behaviour(envelope.rcpt_tos[0]) == "hold":
            await asyncio.sleep(3600)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, given):
    known = LoginPassword(b"portal", b"under the old weir")
    return AuthResult(success=given == known, auth_data=given)


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    handler = Handler()

    def connection():
        return SMTP(
            handler,
            hostname="mail.riverton.example",
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=authenticate,
            timeout=3600,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(connection, "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
