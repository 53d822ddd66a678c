"""Two ends for capturing sockets: `serve` on dst, `use` in the pod."""
import socket, sys, time

if sys.argv[1] == 'serve':
    for port in (443, 8443):
        server = socket.create_server(('::', port), family=socket.AF_INET6, dualstack_ipv6=True)
        globals()['server%d' % port] = server
    kept = server443.accept()[0]
    closed = server8443.accept()[0]
    closed.close()
    time.sleep(60)
else:
    listening = socket.create_server(('127.0.0.1', 8080))
    both = socket.create_server(('::', 9090), family=socket.AF_INET6, dualstack_ipv6=True)
    established = socket.create_connection(('10.77.3.2', 443))
    close_wait = socket.create_connection(('10.77.3.2', 8443))
    mapped = socket.socket(socket.AF_INET6)
    mapped.connect(('::ffff:10.77.3.2', 443))
    native = socket.create_connection(('fd77:3::2', 443))
    waiting = socket.socket()
    waiting.setblocking(False)
    waiting.connect_ex(('10.77.56.1', 5432))
    time.sleep(60)
