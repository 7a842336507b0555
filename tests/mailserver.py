"""A mail server to talk to: as much of RFC 5321 as a mail needs, and what it can refuse."""

import socketserver
import threading
from email import message_from_bytes
from email.policy import default


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline().decode():
            word = line[:4].upper()
            refused = next(
                (said for part, said in self.server.refuses.items() if part.upper() in line.upper()), None
            )
            if refused:
                self.say(refused)
            elif word == "DATA":
                self.say("354 go on")
                self.take(b"".join(iter(self.rfile.readline, b".\r\n")))
            else:
                self.say("221 bye" if word == "QUIT" else "250 ok")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def take(self, mail):
        said = self.server.says_of_content
        if said.startswith("250"):
            self.server.mails.append(message_from_bytes(mail, policy=default))
        self.say(said)


class MailServer(socketserver.ThreadingTCPServer):
    """`mails` that it has taken; `refuses` is {part of a line: answer}, such as {"RCPT TO:<a@": "550 nobody"}."""

    daemon_threads = allow_reuse_address = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Conversation)
        self.mails, self.refuses, self.says_of_content = [], {}, "250 ok"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()
