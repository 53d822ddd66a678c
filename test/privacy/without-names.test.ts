import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { withoutNames } from '../../src/privacy/index.ts';
import { runEvent } from '../../src/run-file/schema/events.ts';
import { REFUSED_RUN, started } from '../report/refused-run.ts';
import { arbitraryOf } from '../run-file/arbitrary.ts';

function output(...texts: readonly string[]): RunEvent {
  return { kind: 'output', atMs: 1, command: 'c1', lines: texts.map((text) => ({ stream: 'stdout', text, atMs: 1 })) };
}

/** What becomes of lines of output in a run of pod orders-6f7c, container app, in shop on n1 of prod, to db.example. */
function replaced(...texts: readonly string[]): readonly string[] {
  const [, last] = withoutNames([started(), output(...texts)]);
  if (last?.kind !== 'output') throw new Error('no output');
  return last.lines.map(({ text }) => text);
}

describe('a run without names', () => {
  it('has a token for each of them that says what it is, the same wherever it stands', () => {
    const events = withoutNames(REFUSED_RUN);
    const text = JSON.stringify(events);
    for (const name of ['orders-6f7c', 'shop', '"n1"', 'prod', 'db.example', '198.51.100.10']) expect(text).not.toContain(name);
    expect(events[0]).toMatchObject({ target: { kind: 'pod', context: 'context-1', namespace: 'namespace-1', pod: 'pod-1', container: 'container-1', node: 'node-1', pickedFrom: 'deploy/name-1' }, dependency: { url: 'postgres://host-1', host: 'host-1', port: 5432 } });
    expect(events[1]).toMatchObject({ vantage: { id: 'target', name: 'namespace-1/pod-1/container-1', prefix: ['kubectl', '--context', 'context-1', '-n', 'namespace-1', 'exec', 'pod-1', '-c', 'container-1', '--'] } });
    expect(events[6]).toMatchObject({ lines: [{ text: 'nc: connect to public-address-1 port 5432 (tcp) failed: Connection refused' }] });
  });

  it('keeps ids, causes, ports, times and the walk through the tree', () => {
    const events = withoutNames(REFUSED_RUN);
    const kept = (event: RunEvent): unknown => (event.kind === 'concluded' ? { ...event.conclusion, verdict: { ...event.conclusion.verdict, parameters: null, commands: null, untestable: null }, notes: null } : event.kind === 'tree-moved' ? event : event.kind);
    expect(events.map(kept)).toEqual(REFUSED_RUN.map(kept));
  });

  it.each([
    // Addresses: what kind they are, and what everybody has
    ['10.0.0.7 172.16.0.1 192.168.1.1 8.8.8.8 100.64.0.9 169.254.1.1 224.0.0.5', 'private-address-1 private-address-2 private-address-3 public-address-1 shared-address-1 link-local-address-1 multicast-address-1'],
    ['10.0.0.7:443, (10.0.0.8) 10.0.0.7.', 'private-address-1:443, (private-address-2) private-address-1.'],
    ['default via 10.244.0.1 dev eth0; 10.244.0.0/24 255.255.255.0 0.0.0.0/0', 'default via private-address-1 dev eth0; private-address-2/24 255.255.255.0 0.0.0.0/0'],
    ['127.0.0.1 ::1 localhost 0.0.0.0', '127.0.0.1 ::1 localhost 0.0.0.0'],
    ['[2001:db8::1]:443 fe80::1%eth0 fd00::7/64 ::ffff:10.0.0.7', '[public-ipv6-address-1]:443 link-local-ipv6-address-1%eth0 private-ipv6-address-1/64 private-address-1'],
    ['at 22:07:04 curl 7.88.1 TLSv1.3 1.2.3', 'at 22:07:04 curl 7.88.1 TLSv1.3 1.2.3'],
    ['/proc/net/tcp\t   0: 0800F40A:BB0A 0B6433C6:1538 06 00000000:00000000', '/proc/net/tcp\t   0: private-address-1:BB0A public-address-1:1538 06 00000000:00000000'],
    ['/proc/net/route\teth0\t00000000\t0100F40A\t0003\t0\t0\t0\t00000000', '/proc/net/route\teth0\t00000000\tprivate-address-1\t0003\t0\t0\t0\t00000000'],
    ['fe80000000000000000000fffe000001 40 20 80 eth0', 'link-local-ipv6-address-1 40 20 80 eth0'],
    ['link/ether 02:42:0a:f4:00:08 brd ff:ff:ff:ff:ff:ff', 'link/ether hardware-address-1 brd ff:ff:ff:ff:ff:ff'],
    ['2: eth0@if12: <BROADCAST>', '2: eth0@if12: <BROADCAST>'],
    // Hosts
    ['api.pay.example answers, mail.pay.example. does not', 'host-1 answers, host-2. does not'],
    ['https://API.pay.example:8443/v1?x=1 *.pay.example', 'https://host-1:8443/v1?x=1 *.host-2'],
    ['billing.shop.svc.cluster.local billing.shop.svc kubernetes.default.svc', 'service-1.namespace-1.svc.cluster.local service-1.namespace-1.svc kubernetes.default.svc'],
    ['db.example.corp.internal', 'host-1.host-2'],
    ['lookup legacy on 10.96.0.10:53: no such host; legacy is gone', 'lookup host-1 on private-address-1:53: no such host; host-1 is gone'],
    ['8.0.244.10.in-addr.arpa', 'host-1'],
    ['nameserver in /etc/resolv.conf; server.go:42; libssl.so.3; tls.expired; node.kubernetes.io/not-ready', 'nameserver in /etc/resolv.conf; server.go:42; libssl.so.3; tls.expired; node.kubernetes.io/not-ready'],
    // Objects of the cluster
    ['pods "web-1" not found; configmap/prices; NetworkPolicy bank/deny-all', 'pods "pod-1" not found; configmap/name-1; NetworkPolicy namespace-1/name-2'],
    ['api-7d69854697-z7pzj fluentd-x7k2p coredns in kube-system', 'pod-1 pod-2 coredns in kube-system'],
    ['shop/orders-6f7c/app on n1', 'namespace-1/pod-1/container-1 on node-1'],
    ['shop-config SHOP=1 workshop', 'namespace-1-config namespace-1=1 workshop'],
    // People
    ['User "ana" cannot list; ana may not', 'User "user-1" cannot list; user-1 may not'],
    ['ana@bastion: /home/luis/.kube/config C:\\Users\\eva\\x', 'user-1@host-1: /home/user-2/.kube/config C:\\Users\\user-3\\x'],
    ['emailAddress=ops@pay.example', 'emailAddress=user-1@host-1'],
    ['system:serviceaccount:bank:robot', 'system:serviceaccount:namespace-1:user-1'],
    // Certificates
    ['subject=C = ES, O = "Pay, Inc.", CN = api.pay.example', 'subject=C = ES, O = "name-1.", CN = host-1'],
    ['issuer=/C=ES/O=Pay/CN=Pay Root CA', 'issuer=/C=ES/O=name-1/CN=name-2'],
    // Data that writes them otherwise
    [`MIIB${'QUJD'.repeat(14)}`, '[data]'],
    ['\\x16\\x03\\x01\\x02\\x00\\x01\\x00', '[data]'],
  ])('%s', (text, expected) => {
    // Numbers are those of the things in this line alone.
    const seen = new Map<string, number>();
    const renumbered = (line: string): string => line.replace(/\b([a-z0-9]+(?:-[a-z0-9]+)*?)-(\d+)\b/gu, (token, kind: string) => {
      const known = [...seen.keys()].filter((one) => one.startsWith(`${kind} `));
      if (!seen.has(`${kind} ${token}`)) seen.set(`${kind} ${token}`, known.length + 1);
      return `${kind}-${String(seen.get(`${kind} ${token}`))}`;
    });
    expect(renumbered(replaced(text)[0] ?? '')).toBe(expected);
  });

  it('knows a name that is told for one only later', () => {
    const joined: RunEvent = { kind: 'vantage-joined', atMs: 2, vantage: { id: 'contrast:blue', role: 'contrast', kind: 'via', name: 'blue', node: null, pod: null, relation: 'unknown', prefix: ['ssh', 'gate'] } };
    const [, first, second] = withoutNames([started(), output('gate says no to blue'), joined]);
    expect(first).toMatchObject({ lines: [{ text: 'place-1 says no to place-2' }] });
    expect(second).toMatchObject({ vantage: { id: 'contrast:place-2', name: 'place-2', prefix: ['ssh', 'place-1'] } });
  });

  it('leaves scripts out', () => {
    const [, event] = withoutNames([started(), { kind: 'command-started', atMs: 1, command: 'c1', key: 'k', vantage: 'target', layer: 'transport', argv: ['sh', '-c', 'echo\norders-6f7c', 'sh', '10.0.0.1'] }]);
    expect(event).toMatchObject({ argv: ['sh', '-c', '[script]', 'sh', 'private-address-1'] });
  });

  it('gives events that are events, whatever they hold', () => {
    const event = arbitraryOf(runEvent) as fc.Arbitrary<RunEvent>;
    fc.assert(
      fc.property(fc.array(event, { maxLength: 3 }), (events) => {
        for (const one of withoutNames(events)) expect(runEvent.safeParse(one).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
