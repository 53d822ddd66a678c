import type { ChannelDialect } from '../../domain/dialect.ts';
import { CHANNEL_LINGER_SECONDS, parseChannelReport } from '../channel/report.ts';
import { connectLimitSeconds } from '../connect/limit.ts';

const SCRIPT = `
import os, select, socket, sys, time
host, port, transport, limit, linger, segment = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]), float(sys.argv[5]), int(sys.argv[6])
def say(text):
    os.write(2, (text + "\\n").encode())
def write_all(data):
    while data:
        data = data[os.write(1, data):]
hello = b""
while not hello.endswith(b"\\n"):
    byte = os.read(0, 1)
    if not byte:
        sys.exit(1)
    hello += byte
os.write(2, hello)
say("netdiag-connect to %s %d %s" % (host, port, transport))
try:
    if transport == "udp":
        family, kind, _, _, address = socket.getaddrinfo(host, port, 0, socket.SOCK_DGRAM)[0]
        peer = socket.socket(family, kind)
        peer.connect(address)
    else:
        family, kind, _, _, address = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0]
        peer = socket.socket(family, kind)
        if segment:
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, segment)
        peer.settimeout(limit)
        peer.connect(address)
        peer.settimeout(None)
    say("netdiag-connected")
    sources, deadline = [0, peer], None
    while deadline is None or time.monotonic() < deadline:
        ready, _, _ = select.select(sources, [], [], None if deadline is None else max(0, deadline - time.monotonic()))
        if peer in ready:
            data = peer.recv(65536)
            if data:
                write_all(data)
            elif transport == "tcp":
                break
        if 0 in ready:
            data = os.read(0, 65536)
            if data:
                peer.sendall(data)
            else:
                sources, deadline = [peer], time.monotonic() + linger
                if transport == "tcp":
                    peer.shutdown(socket.SHUT_WR)
except BrokenPipeError:
    pass
except OSError as error:
    if isinstance(error, socket.timeout) and error.errno is None:
        say("netdiag-connect timeout -")
    else:
        say("netdiag-connect failed - %s" % (error.strerror or error))
    sys.exit(1)
`;

function pythonChannelOf(command: 'python3' | 'python'): ChannelDialect {
  return {
    id: command,
    tool: command,
    implementation: 'python3',
    tellsConnected: true,
    argv: ({ address, port, transport, segmentBytes = 0 }, limits) => [
      ...[command, '-c', SCRIPT, address, String(port), transport, connectLimitSeconds(limits), String(CHANNEL_LINGER_SECONDS), String(segmentBytes)],
    ],
    parse: parseChannelReport,
  };
}

export const python3Channel = pythonChannelOf('python3');
export const pythonChannel = pythonChannelOf('python');
