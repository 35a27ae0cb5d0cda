# SPDX-License-Identifier: GPL-2.0-or-later
"""A server that dies within a query: goes between a client and the server at PORT
until a client sends a message of type MESSAGE (a number; 8: run a query, 2: get a
document), and ends. It prints the port at which it listens itself."""
import os
import select
import socket
import sys


def main(port, message):
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    pairs = {}
    while True:
        for ready in select.select([listening, *pairs], [], [])[0]:
            if ready is listening:
                client = listening.accept()[0]
                server = socket.create_connection(("127.0.0.1", int(port)))
                pairs[client], pairs[server] = (server, True), (client, False)
                continue
            other, is_client = pairs[ready]
            data = ready.recv(1 << 16)
            if is_client and data and data[0] == int(message):
                os._exit(0)
            if data:
                other.sendall(data)
            else:
                del pairs[ready], pairs[other]
                ready.close()
                other.close()
                break


main(*sys.argv[1:])
