/** Names resolve, and connections do not come about. */
import type { CauseId } from '../../../src/domain/cause.ts';
import type { LabCase, Site } from '../lab-case.ts';
import { net4, type Place } from '../plan.ts';
import { alsoFrom, comparedWith, scenarios, type Scenario } from '../scenario.ts';

interface Situation {
  readonly lab: LabCase;
  readonly site: Site;
  readonly address: string;
  readonly port: number;
}

/** A web server that answers well but for what `spoil` does to the way there. */
function web(id: string, expected: CauseId, why: string, spoil: (it: Situation) => Promise<void>, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.port(80);
      await lab.http(site, port);
      await spoil({ lab, site, address: site.v4[0] ?? '', port });
      return `http://${site.name}:${String(port)}/`;
    },
    ...more,
  };
}

const refused = scenarios(
  alsoFrom(
    {
      id: 'tcp.refused-nothing-listens',
      expected: 'tcp.refused',
      why: 'the host answers ping, and refuses from everywhere after a whole round trip',
      contrasts: ['node', 'outside'],
      inject: async (lab) => {
        const site = await lab.site();
        return `tcp://${site.name}:${String(lab.port(5432))}`;
      },
    },
    ['busybox', 'bash', 'slim', 'python3', 'ncat', 'nothing', 'curl+openssl', 'no-ping'],
  ),
  {
    id: 'tcp.refused-wrong-port',
    expected: 'tcp.refused',
    why: 'the server listens next door, and this port refuses',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.https(site, 8443);
      return `https://${site.name}/`;
    },
  },
  {
    id: 'tcp.refused-ipv6',
    expected: 'tcp.refused',
    why: 'both families refuse',
    contrasts: ['outside'],
    inject: async (lab) => `tcp://${(await lab.site({ v4: 1, v6: 1 })).name}:6379`,
  },
);

const rejected = scenarios(
  web('node-port-unreachable', 'tcp.rejected-on-path', 'refused here, connected from the node', ({ lab, address, port }) =>
    lab.filter('node', `-A FORWARD -s ${lab.podAddress} -d ${address} -p tcp --dport ${String(port)} -j REJECT --reject-with icmp-port-unreachable`), { contrasts: ['node'] }),
  web('router-reset', 'tcp.rejected-on-path', 'refused here, connected from outside', ({ lab, address, port }) =>
    lab.filter(1, `-A FORWARD -d ${address} -p tcp --dport ${String(port)} -j REJECT --reject-with tcp-reset`), { contrasts: ['node', 'outside'] }),
  web('far-too-fast', 'tcp.rejected-on-path', 'the refusal comes long before the path could bring it', ({ lab, address, port }) =>
    lab.filter(1, `-A FORWARD -d ${address} -p tcp --dport ${String(port)} -j REJECT --reject-with tcp-reset`), { tolerable: ['tcp.refused'] }),
  web('far-too-fast-no-ping', 'tcp.rejected-on-path', 'likewise, with another port to take the round trip from, as ICMP is blocked', async ({ lab, site, address, port }) => {
    await lab.http(site, port === 443 ? 80 : 443);
    await lab.filter('srv', '-A INPUT -p icmp -j DROP');
    await lab.filter('node', `-A FORWARD -d ${address} -p tcp --dport ${String(port)} -j REJECT --reject-with tcp-reset`);
  }, { tolerable: ['tcp.refused'] }),
  web('by-the-host', 'tcp.rejected-on-path', 'the host’s own firewall answers with port-unreachable, which no TCP without a listener does (RFC 9293 3.10.7.1: a reset)', ({ lab, address, port }) =>
    lab.filter('srv', `-A INPUT -d ${address} -p tcp --dport ${String(port)} -j REJECT`), { contrasts: ['outside'] }),
  web('last-router', 'tcp.rejected-on-path', 'the last router answers with port-unreachable, after nearly the whole round trip', ({ lab, address, port }) =>
    lab.filter(lab.plan.routers, `-A FORWARD -d ${address} -p tcp --dport ${String(port)} -j REJECT`)),
  web('local-firewall', 'tcp.rejected-on-path', 'the pod itself rejects on its way out', ({ lab, port }) =>
    lab.filter('pod', `-A OUTPUT -p tcp --dport ${String(port)} -j REJECT --reject-with tcp-reset`), { contrasts: ['node', 'pod'] }),
  web('host-unreachable-one-port', 'tcp.rejected-on-path', 'only this port is answered with host-unreachable; the host answers ping', ({ lab, address, port }) =>
    lab.filter(1, `-A FORWARD -d ${address} -p tcp --dport ${String(port)} -j REJECT --reject-with icmp-host-unreachable`), { contrasts: ['outside'], tolerable: ['ip.unreachable'] }),
  web('host-prohibited-one-port', 'tcp.rejected-on-path', 'only this port is answered with host-prohibited', ({ lab, address, port }) =>
    lab.filter(2, `-A FORWARD -d ${address} -p tcp --dport ${String(port)} -j REJECT --reject-with icmp-host-prohibited`), { contrasts: ['outside'], tolerable: ['ip.prohibited'] }),
);

const filteredAtHost = web('at-the-host', 'tcp.filtered', 'silent from everywhere, and the host answers ping and other ports', ({ lab, address, port }) =>
  lab.filter('srv', `-A INPUT -d ${address} -p tcp --dport ${String(port)} -j DROP`), { contrasts: ['node', 'outside'] });

const filtered = scenarios(
  alsoFrom(filteredAtHost, ['busybox', 'bash', 'slim', 'python3', 'ncat', 'nothing', 'curl+openssl', 'no-ping']),
  web('at-the-last-router', 'tcp.filtered', 'silent from everywhere, other ports refuse', async ({ lab, address, port }) => {
    await lab.filter(lab.plan.routers, `-A FORWARD -d ${address} -p tcp --dport ${String(port)} -j DROP`);
    await lab.filter('srv', '-A INPUT -p icmp -j DROP');
  }, { contrasts: ['node', 'outside'] }),
  web('answers-dropped', 'tcp.filtered', 'the answers of this port vanish', ({ lab, address, port }) =>
    lab.filter('srv', `-A OUTPUT -s ${address} -p tcp --sport ${String(port)} -j DROP`), { contrasts: ['outside'] }),
  web('without-contrast', 'tcp.filtered', 'the host answers ping, the port does not', ({ lab, address, port }) =>
    lab.filter(1, `-A FORWARD -d ${address} -p tcp --dport ${String(port)} -j DROP`)),
);

const silent = scenarios(
  web('host-drops-all', 'tcp.host-silent', 'no port, no ping; the path ends at the last router', ({ lab, address }) =>
    lab.filter('srv', `-A INPUT -d ${address} -j DROP`), { contrasts: ['node', 'outside'] }),
  web('router-drops-all', 'tcp.host-silent', 'everything to the address vanishes at the last router', ({ lab, address }) =>
    lab.filter(lab.plan.routers, `-A FORWARD -d ${address} -j DROP`), { contrasts: ['node', 'outside'] }),
);

const onlyPods = scenarios(
  web('node-drops', 'tcp.filtered-from-pods', 'the node connects, its pods time out', ({ lab, address, port }) =>
    lab.filter('node', `-A FORWARD -d ${address} -p tcp --dport ${String(port)} -j DROP`), { contrasts: ['node'], tolerable: ['ip.not-masqueraded'] }),
  web('node-drops-pod-range', 'tcp.filtered-from-pods', 'everything from the pods to the host is dropped', ({ lab, address }) =>
    lab.filter('node', `-A FORWARD -s ${net4(lab.plan.pods)} -d ${address} -j DROP`), { contrasts: ['node', 'pod'], tolerable: ['ip.not-masqueraded', 'ip.path-dead-after'] }),
);

/** Somebody near takes every connection and says nothing. */
async function acceptAll(lab: LabCase, place: Place | 1): Promise<void> {
  if (place === 1) {
    const box = await lab.serviceAddress();
    await lab.serve([box], 15_001, { kind: 'silent' }, {}, 'lan');
    await lab.filter(1, `-t nat -A PREROUTING -i eth0 -p tcp -j DNAT --to-destination ${box}:15001`);
    return;
  }
  await lab.topology.agent(place).serve({ kind: 'stream', address: '127.0.0.1', port: 15_001, talk: { kind: 'silent' } });
  await lab.filter(place, '-t nat -A OUTPUT -p tcp ! -d 127.0.0.0/8 -j REDIRECT --to-ports 15001');
}

const fake = scenarios(
  { id: 'tcp.fake-accept-sidecar', expected: 'tcp.fake-accept', why: 'ports that cannot be open connect too, and the host is down', inject: async (lab) => {
    const site = await lab.site();
    await acceptAll(lab, 'pod');
    return `tcp://${site.name}:5432`;
  } },
  { id: 'tcp.fake-accept-middlebox', expected: 'tcp.fake-accept', why: 'a router accepts for anyone', inject: async (lab) => {
    const site = await lab.site();
    await acceptAll(lab, 1);
    return `${site.name}:9000`;
  } },
  { id: 'tcp.fake-accept-postgres', expected: 'tcp.fake-accept', tolerable: ['app.slow-response'], why: 'accepted at once, no word of the protocol, and every port connects', contrasts: ['outside'], inject: async (lab) => {
    const site = await lab.site();
    await acceptAll(lab, 1);
    return `postgres://${site.name}`;
  } },
  { id: 'tcp.fake-accept-https', expected: 'tcp.fake-accept', tolerable: ['app.slow-response'], why: 'accepted at once, no TLS, and every port connects', inject: async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443);
    await acceptAll(lab, 1);
    return `https://${site.name}/`;
  } },
);

/** The second bit of the source port decides, so that each connection as a whole fares well or badly: a dead member of a balancer. */
const HALF_OF_CONNECTIONS = '-m u32 --u32 "0>>22&0x3C@0>>16&0x2=0x2"';

const partial = scenarios(
  { id: 'tcp.some-addresses-fail-one-dead', expected: 'tcp.some-addresses-fail', why: 'one of three addresses is silent', inject: async (lab) => {
    const site = await lab.site({ v4: 3 });
    await lab.http(site, 80);
    await lab.filter('srv', `-A INPUT -d ${site.v4[lab.random.between(0, 2)] ?? ''} -j DROP`);
    return `http://${site.name}/`;
  } },
  { id: 'tcp.some-addresses-fail-one-refuses', expected: 'tcp.some-addresses-fail', why: 'one of two addresses refuses', inject: async (lab) => {
    const site = await lab.site({ v4: 2 });
    await lab.http({ ...site, v4: [site.v4[1] ?? ''] }, 80);
    return `http://${site.name}/`;
  } },
  { id: 'tcp.some-addresses-fail-ipv6-refuses', expected: 'tcp.some-addresses-fail', why: 'the IPv6 address is reached, and refuses: no fault of routing', inject: async (lab) => {
    const site = await lab.site({ v4: 1, v6: 1 });
    await lab.http({ ...site, v6: [] }, 80);
    return `http://${site.name}/`;
  } },
  web('half-dropped', 'tcp.intermittent', 'half of the connections are dropped', ({ lab, address }) =>
    lab.filter(1, `-A FORWARD -d ${address} -p tcp ${HALF_OF_CONNECTIONS} -j DROP`), { tolerable: ['ip.packet-loss'] }),
  web('half-reset', 'tcp.intermittent', 'half of the connections are refused', ({ lab, address }) =>
    lab.filter(2, `-A FORWARD -d ${address} -p tcp ${HALF_OF_CONNECTIONS} -j REJECT --reject-with tcp-reset`)),
  balancer('http', async (lab, site, port) => {
    await lab.http(site, port);
    return `http://${site.name}:${String(port)}/`;
  }),
  balancer('https', async (lab, site, port) => {
    await lab.https(site, port, {});
    return `https://${site.name}:${String(port)}/`;
  }),
  balancer('redis', async (lab, site, port) => {
    await lab.serve(site.v4, port, { kind: 'protocol', name: 'redis', state: 'ok' });
    return `redis://${site.name}:${String(port)}`;
  }),
);

/** A balancer on one address gives every other connection to a server that is dead, and ends it. */
function balancer(label: string, serve: (lab: LabCase, site: Site, port: number) => Promise<string>): Scenario {
  return {
    id: `tcp.intermittent-balancer-${label}`,
    expected: 'tcp.intermittent',
    why: 'every other connection is accepted and ended: the same words, said again, are answered',
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.random.between(1500, 20_000);
      const dead = port + 10_000;
      await lab.serve(site.v4, dead, { kind: 'hang-up', how: 'close', when: 'at-once' });
      const to = await serve(lab, site, port);
      await lab.filter('srv', `-t nat -A PREROUTING -p tcp --dport ${String(port)} -m statistic --mode nth --every 2 --packet ${String(lab.random.between(0, 1))} -j REDIRECT --to-ports ${String(dead)}`);
      return to;
    },
  };
}

const exhausted = scenarios(
  { id: 'tcp.ports-exhausted-narrow-range', expected: 'tcp.ports-exhausted', why: 'EADDRNOTAVAIL: every source port to this destination is taken', inject: async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    await takeAllPorts(lab, site.v4[0] ?? '', 80);
    return `http://${site.name}/`;
  } },
  { id: 'tcp.ports-exhausted-nat', expected: 'tcp.ports-exhausted', tolerable: ['tcp.intermittent', 'tcp.filtered-from-pods'], contrasts: ['node'], why: 'the node has no port left to translate to: its own connections work, the pods’ do not, to one destination', inject: async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    await lab.filter('node', `-t nat -I POSTROUTING -s ${net4(lab.plan.pods)} -p tcp --dport 80 -o eth0 -j MASQUERADE --to-ports 40000-40003`);
    await lab.holdConnections('pod2', site.v4[0] ?? '', 80, 4);
    return `http://${site.name}/`;
  } },
);

async function takeAllPorts(lab: LabCase, address: string, port: number): Promise<void> {
  lab.spoilt = true;
  const ns = lab.topology.namespace('pod');
  await lab.shell([`ip netns exec ${ns} sh -c 'echo 40000 40003 > /proc/sys/net/ipv4/ip_local_port_range'`], []);
  await lab.holdConnections('pod', address, port, 4);
}

const datagrams = scenarios(
  { id: 'udp.no-answer-dns-silent', expected: 'udp.no-answer', why: 'a protocol probe gets nothing', inject: async (lab) => {
    const other = await lab.serviceAddress();
    await lab.topology.agent('lan').serve({ kind: 'datagram', address: other, port: 53, does: 'silent' });
    return `dns://${other}`;
  } },
  { id: 'udp.no-answer-dns-filtered', expected: 'udp.no-answer', why: 'UDP 53 is dropped on the way', inject: async (lab) => {
    const other = await lab.secondNameserver();
    await lab.filter(1, `-A FORWARD -p udp -d ${other} --dport 53 -j DROP`);
    return `dns://${other}`;
  } },
  { id: 'tcp.refused-udp', expected: 'tcp.refused', why: 'port unreachable from the host itself', inject: async (lab) => `dns://${await lab.serviceAddress()}` },
);

export const tcpScenarios = scenarios(
  refused, rejected, filtered, silent, onlyPods, fake, partial, exhausted, datagrams,
  comparedWith(filteredAtHost, ['outside']),
);
