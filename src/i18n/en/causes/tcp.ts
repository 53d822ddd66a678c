import { afterColon, endpoint, inBrackets, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const tcp: CauseTexts<'tcp' | 'udp'> = {
  'tcp.refused': {
    title: 'Nothing listens on that port',
    wrong: 'The host answers that nobody listens on this port.',
    evidence: 'A reset after the path’s own round trip, the same from a contrast, while the host answers otherwise.',
    next: [
      'Check the port: a typing error, or the service moved.',
      'Have the owner start the service, or see what it listens on: `ss -ltn` on <host>. A service bound to 127.0.0.1 refuses everybody else.',
      'Try it again: `nc -vz <host> <port>`',
    ],
    limits: 'A near firewall can refuse in the host’s name. Another vantage, or the time of the answer against the path’s round trip, tells them apart.',
    summary: (p) => `${endpoint(p)}${inBrackets(p)} refuses the connection${withContrast(p, (name) => `, from ${name} as well`)}: nothing listens there${afterColon(p)}.`,
  },
  'tcp.rejected-on-path': {
    title: 'A firewall rejects the connection',
    wrong: 'Something on the path refuses the connection in place of the server.',
    evidence: 'An ICMP port, host or prohibited message, or a reset much faster than the path, or refused here and open elsewhere.',
    next: [
      'Ask the firewall’s owner to allow this cluster’s addresses to <address> port <port>.',
      'Find the place that answers: `traceroute -T -p <port> <host>`',
      'Check security groups, egress gateways and NetworkPolicies of CNIs that reject rather than drop.',
    ],
    summary: (p) => `A firewall on the way rejects connections to ${endpoint(p)}${inBrackets(p)}${afterColon(p)}${withContrast(p, (name) => `; ${name} gets through`)}.`,
  },
  'tcp.filtered': {
    title: 'Packets to this port are dropped',
    wrong: 'Packets to this port vanish without an answer, from here and from elsewhere.',
    evidence: 'A timeout from every vantage, while another port or another host on the same path answers.',
    next: [
      'Ask the destination’s owner about its firewall or security group for port <port>, naming the address that your cluster leaves with.',
      'See how far the packets get: `traceroute -T -p <port> <host>`',
      'Check that the port is the right one: a service that moved is often filtered, not refused.',
    ],
    limits: 'From outside, a firewall that drops, a host that ignores the port and a server that is overloaded, its queue of connections full, look alike.',
    summary: (p) => `Packets to ${endpoint(p)}${inBrackets(p)} are dropped${withContrast(p, (name) => `, from ${name} as well`)}${afterColon(p)}.`,
  },
  'tcp.host-silent': {
    title: 'The address answers nothing at all',
    wrong: 'Nobody answers at this address, on any port, from anywhere we can look.',
    evidence: 'No port, no ping and no hop beyond the last router, from every vantage.',
    next: [
      'Check that the address is the right one: `dig +short <host>`, and the provider’s current list.',
      'Ask the host’s owner whether it is up.',
      'See where the path ends: `traceroute <address>`',
    ],
    limits: 'A firewall that drops everything looks like a host that is down, and so does a Linux router that has no ICMP error left: see ip.unreachable.',
    summary: (p) => `${p.host}${inBrackets(p)} answers nothing at all, on port ${String(p.port)} or otherwise${withContrast(p, (name) => `, nor from ${name}`)}${afterColon(p)}.`,
  },
  'tcp.filtered-from-pods': {
    title: 'Only pods are dropped',
    wrong: 'The destination is reachable from the node or this machine, but not from pods, and no policy explains it.',
    evidence: 'The pod times out, a vantage outside the pod network connects, and no NetworkPolicy denies it.',
    next: [
      'Look for a firewall rule or route that knows the node’s addresses but not the pod range: `kubectl get node <node> -o jsonpath="{.spec.podCIDRs}"`',
      'Check whether pods leave translated (ip.not-masqueraded): `iptables -t nat -S POSTROUTING` on the node.',
      'Ask the destination whether its allow-list has the address that pods leave with.',
    ],
    summary: (p) => `${endpoint(p)}${inBrackets(p)} drops what comes from pods${afterColon(p)}${withContrast(p, (name) => `; ${name} gets through`)}.`,
  },
  'tcp.fake-accept': {
    title: 'Something else accepts the connection',
    wrong: 'A device or sidecar on the path accepts connections that the server never sees.',
    evidence: 'A port that cannot be open connects as well, and no banner, TLS or answer ever comes.',
    next: [
      'Look for a sidecar, a transparent proxy, or a load balancer without healthy backends.',
      'Prove it: `nc -vz <host> 1` should not connect.',
      'Ask the load balancer’s owner for the health of its backends.',
    ],
    limits: 'A “connected” alone never proves that the real server was reached.',
    summary: (p) => `The connection to ${endpoint(p)}${inBrackets(p)} is accepted by something on the way, not by the server${afterColon(p)}.`,
  },
  'tcp.some-addresses-fail': {
    title: 'Some of the name’s addresses fail',
    wrong: 'The name has several addresses and part of them do not accept connections.',
    evidence: 'Connecting to each address separately succeeds for some and fails for others.',
    next: [
      'Have the dead address taken out of DNS, or repaired.',
      'Try each one: `for a in $(dig +short <host>); do nc -vz -w 3 "$a" <port>; done`',
      'Until then, make the client try the next address quickly (a short connect timeout, Happy Eyeballs).',
    ],
    summary: (p) => `Some addresses of ${endpoint(p)} accept the connection and others do not${afterColon(p)}.`,
  },
  'tcp.intermittent': {
    title: 'Some tries fail at random',
    wrong: 'Connections to the same address sometimes work and sometimes fail.',
    evidence: 'Over N tries to one address, between 5 and 95 % fail.',
    next: [
      'Look for loss on the path: `mtr -rwc 100 -T -P <port> <host>`',
      'On the node, look at the counters of the connection table: `conntrack -S` (insert_failed, drop) and `nstat -az | grep -i -e retrans -e listen`',
      'Ask for the port use of the cloud’s NAT gateway: SNAT exhaustion fails exactly like this.',
    ],
    limits: 'The pod sees only that tries fail; the counters that say why are on the node, the NAT and the server.',
    summary: (p) => `Connections to ${endpoint(p)}${inBrackets(p)} fail now and then${afterColon(p)}.`,
  },
  'tcp.ports-exhausted': {
    title: 'No source ports left',
    wrong: 'The pod, or the NAT in front of it, has used up its source ports towards this destination.',
    evidence: 'EADDRNOTAVAIL, a pile of TIME_WAIT sockets, and only this destination is affected.',
    next: [
      'Count them: `kubectl -n <namespace> exec <pod> -c <container> -- ss -tan state time-wait`',
      'Reuse connections (keep-alive, a pool) instead of opening one a request.',
      'Give the NAT more addresses or ports.',
    ],
    limits: 'A NAT’s exhaustion shows here only as timeouts; its own metrics prove it.',
    summary: (p) => `There are no free source ports left towards ${endpoint(p)}${afterColon(p)}.`,
  },
  'tcp.conntrack-full': {
    title: 'The node’s connection table is full',
    wrong: 'The node cannot track new connections and drops them.',
    evidence: 'The kernel says “nf_conntrack: table full, dropping packet”, or the count stands at the maximum; every pod of the node suffers.',
    next: [
      'On the node <node>: `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max; dmesg | grep conntrack`',
      'Raise nf_conntrack_max (kube-proxy: conntrack.maxPerCore), and find the pod that opens so many connections.',
    ],
    limits: 'The table and its counters are the node’s, and a pod cannot read them: this is named only when the node is among the places to compare with. Without it, a full table looks like loss: ip.packet-loss or tcp.intermittent where some connections still get in, tcp.filtered or tcp.filtered-from-pods where none does.',
    summary: (p) => `The connection table of the node is full, so new connections to ${endpoint(p)} are dropped${afterColon(p)}.`,
  },
  'tcp.idle-timeout': {
    title: 'Idle connections are cut',
    wrong: 'Something on the path forgets connections that are quiet for a while; the next request on them fails.',
    evidence: 'Fresh connections work at once; the log shows resets or timeouts after a steady idle time.',
    next: [
      'Turn on TCP keepalive, or set the pool’s maximum idle time below the limit (often 350 s on cloud NATs and load balancers, 240 s on some).',
      'Retry once on a reset of a pooled connection, for requests that may be repeated.',
    ],
    limits: 'A run does not wait out an idle time: only resets at a steady distance in the application’s log name this cause. Without such a log the verdict is reachable, because fresh connections work.',
    summary: (p) => `Fresh connections to ${endpoint(p)} work; idle ones are cut on the way${afterColon(p)}.`,
  },
  'udp.no-answer': {
    title: 'The UDP service does not answer',
    wrong: 'Nothing came back from the UDP service.',
    evidence: 'A request of the service’s own protocol gets no answer. `nc -u` proves nothing: it reports success without one.',
    next: [
      'Try a client of the protocol itself, such as `dig @<host>` or an SNMP or NTP query.',
      'Ask the owner whether the request arrives: UDP has no refusal that firewalls let through.',
    ],
    limits: 'In UDP, silence can mean dropped, not listening, or a request the service chose to ignore.',
    summary: (p) => `The UDP service at ${endpoint(p)} does not answer${afterColon(p)}.`,
  },
};
