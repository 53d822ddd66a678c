import { afterColon, endpoint, inBrackets, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const ip: CauseTexts<'ip'> = {
  'ip.no-route': {
    title: 'No route to the destination',
    wrong: 'The pod’s routing table has no way to this address.',
    evidence: 'The kernel says “Network is unreachable” at once, and `ip route get` fails.',
    next: [
      'See the table: `kubectl -n <namespace> exec <pod> -c <container> -- ip route` (or `cat /proc/net/route`).',
      'Without a default route, the CNI did not finish: look at its log on <node>, and start the pod anew.',
    ],
    summary: (p) => `There is no route from here to ${p.host}${inBrackets(p)}${afterColon(p)}.`,
  },
  'ip.ipv6-unroutable': {
    title: 'Only IPv6 fails',
    wrong: 'The name has IPv6 and IPv4 addresses; the IPv6 one cannot be reached from here.',
    evidence: 'The IPv6 address fails (unreachable or timeout) and the IPv4 address connects.',
    next: [
      'Make the client prefer IPv4 (/etc/gai.conf, -Djava.net.preferIPv4Stack=true, --dns-result-order=ipv4first), or have the AAAA record removed.',
      'Or give the cluster an IPv6 route.',
      'Compare: `curl -4 -v https://<host>:<port>/` and `curl -6 -v https://<host>:<port>/`',
    ],
    summary: (p) => `${endpoint(p)} cannot be reached over IPv6 from here${afterColon(p)}.`,
  },
  'ip.unreachable': {
    title: 'A router says unreachable',
    wrong: 'A router on the path reports that it cannot deliver to this host or network.',
    evidence: 'ICMP host or network unreachable from a hop (!H, !N), or EHOSTUNREACH after a pause.',
    next: [
      'Find the router that says so: `traceroute -n <address>` (the hop marked !H or !N), and tell its owner.',
      'Check that the address is right and in use.',
    ],
    limits: 'Linux routers send a client about one ICMP error a second, and none at all to one that keeps trying (icmp_ratelimit): then nobody hears it, and the host seems silent.',
    summary: (p) => `A router on the way says that ${p.host}${inBrackets(p)} is unreachable${afterColon(p)}.`,
  },
  'ip.prohibited': {
    title: 'A router prohibits it',
    wrong: 'A router or firewall on the path says that this traffic is administratively prohibited.',
    evidence: 'ICMP type 3 code 9, 10 or 13, shown as !X.',
    next: [
      'Find who says so: `traceroute -n <address>` (the hop marked !X).',
      'Ask its owner to allow this cluster’s addresses to <address> port <port>.',
    ],
    limits: 'Linux routers send a client about one ICMP error a second, and none at all to one that keeps trying (icmp_ratelimit): then nobody hears it, and the host seems silent.',
    summary: (p) => `A router on the way prohibits traffic to ${p.host}${inBrackets(p)}${afterColon(p)}.`,
  },
  'ip.routing-loop': {
    title: 'Routing loop',
    wrong: 'Routers pass the packets around between them until they expire.',
    evidence: 'The trace repeats the same hops up to its limit, or a router says that the TTL was exceeded.',
    next: ['Give the owner of the repeating hops the trace: `traceroute -n <address>`', 'Look for recent route changes (VPN, default routes pointing at each other).'],
    summary: (p) => `Packets to ${p.host}${inBrackets(p)} go in a circle between routers${afterColon(p)}.`,
  },
  'ip.path-dead-after': {
    title: 'The path ends after a hop',
    wrong: 'Packets are lost behind a certain hop.',
    evidence: 'No hop answers beyond it from here, while the trace of a contrast goes on.',
    next: [
      'Give the owner of the last hop that answers both traces: `traceroute -n <address>`',
      'Use TCP for the trace: `traceroute -n -T -p <port> <address>`; many routers drop UDP and ICMP probes.',
    ],
    limits: 'Routers that do not answer probes are common; silence alone proves nothing.',
    summary: (p) => `The path to ${p.host}${inBrackets(p)} ends on the way${afterColon(p)}${withContrast(p, (name) => `; from ${name} it goes on`)}.`,
  },
  'ip.pmtu-blackhole': {
    title: 'Large packets vanish',
    wrong: 'Small packets get through and large ones are lost, and nobody reports it to the sender.',
    evidence: 'The connection opens and stalls with large data; there is a sharp limit in the payload size, and a smaller MSS works.',
    next: [
      'Find the limit: `ping -M do -s 1372 <address>` and larger.',
      'Lower the pods’ MTU in the CNI’s configuration, or clamp the MSS on the node: `iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu`',
      'Have firewalls let “fragmentation needed” (ICMP type 3 code 4, ICMPv6 packet too big) through.',
    ],
    summary: (p) => `Large packets on the way to ${endpoint(p)}${inBrackets(p)} vanish${afterColon(p)}.`,
  },
  'ip.cidr-overlap': {
    title: 'The address lies in the cluster’s own range',
    wrong: 'The destination’s address belongs to the pod or service range, or to an on-link network, so packets never leave.',
    evidence: 'The address lies within a cluster range or matches a local route.',
    next: [
      'Compare the ranges: `kubectl get nodes -o jsonpath="{.items[*].spec.podCIDRs}"`, and the API server’s --service-cluster-ip-range.',
      'Renumber one side, or reach the destination through a translated address.',
    ],
    summary: (p) => `The address of ${p.host}${inBrackets(p)} lies in the cluster’s own range, so packets never leave it${afterColon(p)}.`,
  },
  'ip.not-masqueraded': {
    title: 'Pods leave with their own addresses',
    wrong: 'Packets leave with the pod’s address, and answers to it do not find the way back.',
    evidence: 'The node connects, the pod does not, no policy denies it, and the destination is outside the ranges that are masqueraded.',
    next: [
      'See the rules on the node: `iptables -t nat -S POSTROUTING`, and the ip-masq-agent’s nonMasqueradeCIDRs.',
      'Add the destination to what is masqueraded, or route the pod range back from there.',
    ],
    limits: 'From the pod, a missing translation and a firewall against the pod range look alike (tcp.filtered-from-pods).',
    summary: (p) => `Pods reach out to ${endpoint(p)}${inBrackets(p)} with their own addresses, and no answer comes back${afterColon(p)}${withContrast(p, (name) => `; ${name} gets through`)}.`,
  },
  'ip.packet-loss': {
    title: 'Packets are lost on the path',
    wrong: 'A share of the packets is lost, so connections are slow or fail now and then.',
    evidence: 'The loss continues to the last hop, and TCP is slow, retransmits or fails intermittently.',
    next: [
      'Show where it begins: `mtr -rwbzc 100 <host>`; only loss that continues to the last line counts.',
      'Give the owner of that hop the report, in both directions if possible.',
    ],
    limits: 'Routers limit their own ICMP answers: loss at one hop that later hops do not show is nothing.',
    summary: (p) => `Packets on the way to ${p.host}${inBrackets(p)} are lost${afterColon(p)}.`,
  },
};
