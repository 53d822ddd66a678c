/** Packets do not find the way; and the pod's own link. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CauseId } from '../../../src/domain/cause.ts';
import { OK, type LabCase, type Site } from '../lab-case.ts';
import { net4 } from '../plan.ts';
import { alsoFrom, scenarios, type Scenario } from '../scenario.ts';
import { web } from './web.ts';

const host = (address: string): string => `${address}/32`;

/** Asked by address: the fault would take the nameserver away as well, and that would be the first thing to say. */
function byAddress(id: string, expected: CauseId, why: string, spoil: (lab: LabCase, address: string) => Promise<void>, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      await lab.http(site, 80);
      await spoil(lab, site.v4[0] ?? '');
      return `http://${site.v4[0] ?? ''}/`;
    },
    ...more,
  };
}

const LIMITED = ['busybox', 'bash', 'slim', 'python3', 'ncat', 'nothing', 'curl+openssl', 'no-ping'] as const;

/** A limit of none, which the lab's routers begin with, leaves nothing saved: ip_error in net/ipv4/route.c spends one second's worth, icmp_send another. */
const SAVES_UP_MS = 5000;

/** As Linux routers are set when nobody changes it (icmp(7), icmp_ratelimit). */
async function rationed(lab: LabCase): Promise<void> {
  // What these routers have spent stays with them.
  lab.spoilt = true;
  for (const place of ['node', ...Array.from({ length: lab.plan.routers }, (_, index) => index + 1)] as const) await lab.sysctl(place as 'node' | number, 'net/ipv4/icmp_ratelimit', '1000', '0');
  await sleep(SAVES_UP_MS);
}

const routes = scenarios(
  alsoFrom(byAddress('default-missing', 'ip.no-route', 'the pod has no default route: ENETUNREACH at once', async (lab) => {
    lab.spoilt = true;
    await lab.ip('pod', ['route del default', null], ['-6 route del default', null]);
  }), LIMITED),
  byAddress('unreachable-route', 'ip.no-route', 'the pod’s own table says unreachable', async (lab, address) =>
    lab.ip('pod', [`route add unreachable ${host(address)}`, `route del unreachable ${host(address)}`])),
  byAddress('lost-with-name', 'ip.no-route', 'no default route, and the nameserver is beyond it', async (lab) => {
    lab.spoilt = true;
    await lab.ip('pod', ['route del default', null]);
  }),
  alsoFrom(web('router-route', 'ip.unreachable', 'the second router says host unreachable', (lab, address) =>
    lab.ip(2, [`route add unreachable ${host(address)}`, `route del unreachable ${host(address)}`])), ['busybox', 'python3', 'slim', 'no-ping']),
  {
    id: 'ip.unreachable-no-host',
    expected: 'ip.unreachable' as const,
    why: 'the last router finds nobody with that address, and says host unreachable',
    contrasts: ['outside' as const],
    tolerable: ['tcp.host-silent' as const],
    inject: (lab: LabCase) => `http://${lab.vacantAddress()}/`,
  },
  {
    id: 'ip.unreachable-no-network',
    expected: 'ip.unreachable' as const,
    why: 'the last router knows no way to that network',
    inject: (lab: LabCase) => `https://198.19.${String(lab.random.between(1, 250))}.7/`,
  },
  web('router-route', 'ip.prohibited', 'the second router has a prohibit route', (lab, address) =>
    lab.ip(2, [`route add prohibit ${host(address)}`, `route del prohibit ${host(address)}`]), { tolerable: ['tcp.rejected-on-path'] }),
  web('admin-prohibited', 'ip.prohibited', 'the first router rejects all packets to the host with 3/13', (lab, address) =>
    lab.filter(1, `-A FORWARD -d ${address} -j REJECT --reject-with icmp-admin-prohibited`), { contrasts: ['outside'], tolerable: ['tcp.rejected-on-path'] }),
  byAddress('rationed', 'ip.unreachable', 'the second router says host unreachable, and no more than one ICMP error a second', async (lab, address) => {
    await rationed(lab);
    await lab.ip(2, [`route add unreachable ${host(address)}`, `route del unreachable ${host(address)}`]);
  }, { contrasts: ['node'] }),
  byAddress('rationed', 'ip.prohibited', 'the second router prohibits it, and sends no more than one ICMP error a second', async (lab, address) => {
    await rationed(lab);
    await lab.ip(2, [`route add prohibit ${host(address)}`, `route del prohibit ${host(address)}`]);
  }, { tolerable: ['tcp.rejected-on-path', 'ip.unreachable'] }),
  byAddress('rationed', 'ip.routing-loop', 'two routers pass it round, and each sends no more than one ICMP error a second', async (lab, address) => {
    await rationed(lab);
    const back = `${lab.plan.transit.at(-1)?.v4 ?? ''}1`;
    await lab.ip(lab.plan.routers, [`route add ${host(address)} via ${back}`, `route del ${host(address)} via ${back}`]);
  }, { contrasts: ['node'], tolerable: ['tcp.host-silent', 'ip.unreachable'] }),
  web('two-routers', 'ip.routing-loop', 'the second router sends it back to the first', (lab, address) =>
    lab.ip(2, [`route add ${host(address)} via ${lab.plan.transit[0]?.v4 ?? ''}1`, `route del ${host(address)} via ${lab.plan.transit[0]?.v4 ?? ''}1`]), { tolerable: ['tcp.host-silent'] }),
  byAddress('last-router-sends-back', 'ip.routing-loop', 'the last router sends it back to the one before', async (lab, address) => {
    const back = `${lab.plan.transit.at(-1)?.v4 ?? ''}1`;
    await lab.ip(lab.plan.routers, [`route add ${host(address)} via ${back}`, `route del ${host(address)} via ${back}`]);
  }, { contrasts: ['node'], tolerable: ['tcp.host-silent'] }),
  web('first-router-blackhole', 'ip.path-dead-after', 'pod and node end before the first router’s next hop, the outside host connects', (lab, address) =>
    lab.ip(1, [`route add blackhole ${host(address)}`, `route del blackhole ${host(address)}`]), { contrasts: ['node', 'outside'], tolerable: ['tcp.filtered', 'tcp.host-silent'] }),
  web('second-router-drops', 'ip.path-dead-after', 'nothing passes the wire towards the host; from outside it answers', (lab, address) =>
    lab.filter(2, `-A FORWARD -i wan0 -d ${address} -j DROP`), { contrasts: ['node', 'outside'], tolerable: ['tcp.filtered', 'tcp.host-silent'] }),
);

const dualStack = (id: string, why: string, spoil: (lab: LabCase, site: Site) => Promise<void>): Scenario => ({
  id: `ip.ipv6-unroutable-${id}`,
  expected: 'ip.ipv6-unroutable',
  why,
  inject: async (lab) => {
    const site = await lab.site({ v4: 1, v6: 1 });
    await lab.https(site, 443);
    await spoil(lab, site);
    return `https://${site.name}/`;
  },
});

const families = scenarios(
  dualStack('dropped', 'IPv6 is dropped by a router, IPv4 connects', (lab) => lab.filter6(1, '-A FORWARD -p tcp -j DROP')),
  dualStack('no-route-at-router', 'a router knows no way for IPv6', (lab, site) =>
    lab.ip(2, [`-6 route add unreachable ${site.v6[0] ?? ''}/128`, `-6 route del unreachable ${site.v6[0] ?? ''}/128`])),
  dualStack('no-default', 'the pod has an IPv6 address and no IPv6 route', async (lab) => {
    lab.spoilt = true;
    await lab.ip('pod', ['-6 route del default', null]);
  }),
);

const addresses = scenarios(
  byAddress('no-rule', 'ip.not-masqueraded', 'the node connects; pod addresses leave as they are, and nothing comes back', (lab) =>
    lab.filter('node', '-t nat -F POSTROUTING'), { contrasts: ['node'], tolerable: ['tcp.filtered-from-pods'] }),
  web('left-out', 'ip.not-masqueraded', 'the host’s network is left out of the translation', (lab) =>
    lab.filter('node', `-t nat -I POSTROUTING -d ${lab.plan.servers.v4}0/24 -j RETURN`), { contrasts: ['node', 'outside'], tolerable: ['tcp.filtered-from-pods', 'ip.path-dead-after'] }),
  byAddress('on-link-route', 'ip.cidr-overlap', 'the pod takes the host for a neighbour: an on-link route covers it', async (lab) => {
    lab.spoilt = true;
    await lab.ip('pod', [`route add ${lab.plan.servers.v4}0/24 dev eth0`, null]);
  }, { contrasts: ['outside'], tolerable: ['tcp.host-silent'] }),
  byAddress('node-bridge', 'ip.cidr-overlap', 'the node has a container network in the host’s range', async (lab, address) => {
    lab.spoilt = true;
    await lab.ip('node', ['link add docker0 type bridge', null], [`addr add ${lab.plan.servers.v4}${address.endsWith('.3') ? '4' : '3'}/24 dev docker0`, null], ['link set docker0 up', null]);
  }, { contrasts: ['outside'], tolerable: ['tcp.host-silent', 'ip.unreachable', 'ip.path-dead-after'] }),
);

/** Packets larger than this are dropped in silence between the first two routers. */
const BLACKHOLE_BYTES = 1000;

function blackhole(id: string, why: string, spoil: (lab: LabCase) => Promise<void>, expected: CauseId = 'ip.pmtu-blackhole', contrasts: Scenario['contrasts'] = ['outside']): Scenario {
  return {
    id: `${expected}-${id}`,
    expected,
    notYet: true,
    tolerable: ['app.slow-response', 'ip.pmtu-blackhole', 'link.mtu-mismatch'],
    contrasts: contrasts ?? [],
    why,
    inject: async (lab) => {
      const site = await lab.site();
      await lab.https(site, 443, {}, { ...OK, body: 'z'.repeat(20_000) });
      await spoil(lab);
      return `https://${site.name}/`;
    },
  };
}

const sizes = scenarios(
  blackhole('dropped-both-ways', 'small packets pass, large ones vanish', (lab) => lab.filter(2, `-A FORWARD -p tcp -m length --length ${String(BLACKHOLE_BYTES)}:65535 -j DROP`)),
  blackhole('icmp-withheld', 'a link of 1000 octets, whose router may not say so', async (lab) => {
    // What hosts have learnt of the way stays with them.
    lab.spoilt = true;
    await lab.ip(1, ['link set wan0 mtu 1000', 'link set wan0 mtu 1500']);
    await lab.ip(2, ['link set wan0 mtu 1000', 'link set wan0 mtu 1500']);
    for (const place of [1, 2] as const) await lab.filter(place, '-A OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP');
  }),
  blackhole('node-uplink', 'the node’s uplink takes 1400 octets, the pod’s interface says 1500, and nobody says so', async (lab) => {
    lab.spoilt = true;
    await lab.ip('node', ['link set eth0 mtu 1400', 'link set eth0 mtu 1500']);
    await lab.ip(1, ['link set eth0 mtu 1400', 'link set eth0 mtu 1500']);
    for (const place of ['node', 1] as const) await lab.filter(place, '-A OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP');
  }, 'link.mtu-mismatch'),
  blackhole('tunnel', 'pods are to travel in an overlay of 1380 octets, whose device drops what is larger and says nothing', async (lab) => {
    // The way of the pods' packets alone: the node's own are not carried by the overlay.
    await lab.filter('node', `-A FORWARD -s ${net4(lab.plan.pods)} -m length --length 1381:65535 -j DROP`, `-A FORWARD -d ${net4(lab.plan.pods)} -m length --length 1381:65535 -j DROP`);
  }, 'link.mtu-mismatch', ['node', 'outside']),
);

const loss = scenarios(
  web('third-lost', 'ip.packet-loss', 'a third of all packets is lost, carried to the last hop', (lab) =>
    lab.filter(1, '-A FORWARD -m statistic --mode random --probability 0.35 -j DROP'), { tolerable: ['tcp.intermittent', 'tcp.filtered'] }),
  web('answers-lost', 'ip.packet-loss', 'the way back loses 40 %', (lab) =>
    lab.filter(2, '-A FORWARD -o wan0 -m statistic --mode random --probability 0.4 -j DROP'), { tolerable: ['tcp.intermittent', 'tcp.filtered'], contrasts: ['outside'] }),
);

const links = scenarios(
  alsoFrom(byAddress('down', 'link.interface-down', 'the interface is down', async (lab) => {
    lab.spoilt = true;
    await lab.ip('pod', ['link set eth0 down', null]);
  }, { tolerable: ['ip.no-route'] }), LIMITED),
  web('no-address', 'link.interface-down', 'the interface has no address', async (lab) => {
    lab.spoilt = true;
    await lab.ip('pod', ['addr flush dev eth0 scope global', null]);
  }),
  web('gone', 'link.interface-down', 'there is no interface but lo', async (lab) => {
    lab.spoilt = true;
    await lab.ip('pod', ['link del eth0', null]);
  }),
  byAddress('peer-down', 'link.interface-down', 'the node’s end is down: no carrier', async (lab) => {
    lab.spoilt = true;
    await lab.ip('node', ['link set vethpod down', null]);
  }, { contrasts: ['node'] }),
  alsoFrom(byAddress('no-arp', 'link.gateway-unreachable', 'the node’s end answers no ARP', async (lab) => {
    lab.spoilt = true;
    const device = lab.plan.attach === 'bridge' ? 'cni0' : 'vethpod';
    await lab.ip('node', [`link set ${device} arp off`, null]);
    await lab.ip('pod', ['neigh flush all', null]);
  }, { contrasts: ['node'] }), ['busybox', 'python3', 'slim', 'no-ping']),
  byAddress('gateway-gone', 'link.gateway-unreachable', 'nobody has the gateway’s address', async (lab) => {
    lab.spoilt = true;
    const devices = lab.plan.attach === 'bridge' ? ['cni0'] : ['vethpod', 'vethpod2'];
    for (const device of devices) await lab.ip('node', [`addr flush dev ${device}`, null]);
    await lab.ip('pod', ['neigh flush all', null]);
  }),
);

export const ipScenarios = scenarios(routes, families, addresses, sizes, loss, links);
