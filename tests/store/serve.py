"""A real S3-compatible server in a process of its own: prints its port, and serves until killed."""

import sys
from threading import Event

from moto.moto_server.threaded_moto_server import ThreadedMotoServer

if __name__ == "__main__":
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    print(server.get_host_and_port()[1], flush=True)
    sys.stdin.close()
    Event().wait()
