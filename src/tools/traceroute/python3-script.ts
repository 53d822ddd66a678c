/**
 * A traceroute that needs no rights: the kernel keeps ICMP errors of an ordinary socket on its error queue (IP_RECVERR, ip(7)), with the
 * router that sent them. Arguments: address, port (empty: UDP to ports 33434 and up), hops, seconds to wait for each, length of
 * UDP packets with their headers (0: short ones), seconds between two probes.
 *
 * One probe a TTL; the next one follows as soon as it is answered. It stops sending once the destination or an error answers, so a TCP trace opens few connections.
 * `open` is said only when getpeername proves a connection. It prints
 *
 *     netdiag-trace METHOD ADDRESS
 *     hop TTL SENDER icmp4|icmp6 TYPE CODE MS
 *     end TTL ADDRESS open|refused|data MS
 *     local TTL MESSAGE                          our own kernel's error
 *     silent TTL
 *     done
 */
export const PYTHON_TRACE_SCRIPT = `
import os, select, socket, struct, sys, time
address, port, hops, wait, size, pace = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]), float(sys.argv[6])
v6, tcp = ':' in address, port != ''
level, ttl_option, recverr = (41, 16, 25) if v6 else (0, 2, 11)
poller, probes, newest, ended = select.poll(), {}, [], False

def say(*words):
    print(*words, flush=True)

def sender(data):
    family = struct.unpack_from('=H', data, 16)[0] if len(data) >= 24 else 0
    if family == socket.AF_INET6: return socket.inet_ntop(family, data[24:40])
    return socket.inet_ntop(family, data[20:24]) if family == socket.AF_INET else '-'

def launch(ttl):
    s = socket.socket(socket.AF_INET6 if v6 else socket.AF_INET, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM)
    s.setblocking(False)
    s.setsockopt(level, recverr, 1)
    s.setsockopt(level, ttl_option, ttl)
    start = time.monotonic()
    try:
        s.connect(socket.getaddrinfo(address, int(port) if tcp else 33433 + ttl, flags=socket.AI_NUMERICHOST)[0][4])
        if not tcp: s.send(b'netdiag'.ljust(size - (48 if v6 else 28)))
    except BlockingIOError: pass
    except OSError as error:
        say('local', ttl, error.strerror)
        return True
    newest.append(s.fileno())
    probes[s.fileno()] = (s, ttl, start)
    poller.register(s, select.POLLERR | (select.POLLOUT if tcp else select.POLLIN))
    return False

def queued(s, ttl, ms):
    for cmsg_level, kind, data in s.recvmsg(512, 512, socket.MSG_ERRQUEUE)[1]:
        if cmsg_level != level or kind != recverr: continue
        errno, origin, icmp_type, code = struct.unpack_from('=IBBB', data)
        if origin not in (2, 3): say('local', ttl, os.strerror(errno))
        else: say('hop', ttl, sender(data), 'icmp6' if origin == 3 else 'icmp4', icmp_type, code, ms)
        return icmp_type != (3 if origin == 3 else 11)
    return None

def answered(s, ttl, ms):
    try:
        s.getpeername() if tcp else s.recv(512)
        say('end', ttl, address, 'open' if tcp else 'data', ms)
    except OSError as error:
        number = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or error.errno
        if number == 111: say('end', ttl, address, 'refused', ms)
        else: say('local', ttl, os.strerror(number))
    return True

def read(s, ttl, start):
    ms = '%.3f' % ((time.monotonic() - start) * 1000)
    try: final = queued(s, ttl, ms)
    except OSError: final = None
    return answered(s, ttl, ms) if final is None else final

say('netdiag-trace', 'tcp' if tcp else 'udp', address)
ttl, due = 1, time.monotonic()
deadline = due + wait + hops * pace
while time.monotonic() < deadline and (probes or (ttl <= hops and not ended)):
    sending = ttl <= hops and not ended
    if sending and (time.monotonic() >= due or newest[-1] not in probes):
        ended = launch(ttl)
        ttl, due = ttl + 1, time.monotonic() + pace
    for fd, _ in poller.poll(max(1, min(100, (due - time.monotonic()) * 1000)) if sending else 100):
        poller.unregister(fd)
        s, its_ttl, start = probes.pop(fd)
        final = read(s, its_ttl, start)
        s.close()
        if final and not ended: deadline = min(deadline, time.monotonic() + 0.5)
        ended = ended or final
for s, silent, _ in sorted(probes.values(), key=lambda probe: probe[1]): say('silent', silent)
say('done')
`;
