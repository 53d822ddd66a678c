"""A wire with a delay between two network namespaces: two TUN devices, and every packet copied from one to the other.

    delay-link.py NAME_A NAME_B DELAY_MS

Prints `ready` when both devices exist; ends when its standard input does. The kernel need not know netem.
"""
import collections
import fcntl
import os
import select
import signal
import struct
import sys
import time

TUNSETIFF = 0x400454CA  # linux/if_tun.h
IFF_TUN_NO_PI = 0x1001


def tun(name):
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN_NO_PI))
    return fd


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's ctrl-c reaches the whole group; the lab ends this one itself
    a, b = tun(sys.argv[1]), tun(sys.argv[2])
    delay = float(sys.argv[3]) / 1000
    other = {a: b, b: a}
    waiting = collections.deque()
    print("ready", flush=True)
    while True:
        timeout = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        readable, _, _ = select.select([a, b, 0], [], [], timeout)
        if 0 in readable and not os.read(0, 4096):
            return
        for fd in (a, b):
            while fd in readable:
                try:
                    waiting.append((time.monotonic() + delay, other[fd], os.read(fd, 65536)))
                except BlockingIOError:
                    break
                except OSError:  # the device is down
                    time.sleep(0.01)
                    break
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, fd, packet = waiting.popleft()
            try:
                os.write(fd, packet)
            except OSError:  # down, or its queue is full: a wire loses packets too
                pass


main()
