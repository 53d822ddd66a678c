/** Ways that routers, firewalls and resolvers go wrong now and then. */
import type { CauseId } from '../../../src/domain/cause.ts';
import { OK, type LabCase, type Site } from '../lab-case.ts';
import { alsoFrom, scenarios, type Scenario } from '../scenario.ts';
import { web } from './web.ts';

const rejects = scenarios(
  web('net-prohibited', 'ip.prohibited', 'the first router rejects all packets to the host with 3/9', (lab, address) =>
    lab.filter(1, `-A FORWARD -d ${address} -j REJECT --reject-with icmp-net-prohibited`), { tolerable: ['tcp.rejected-on-path'] }),
  web('host-prohibited-all', 'ip.prohibited', 'the last router rejects all packets to the host with 3/10', (lab, address) =>
    lab.filter(lab.plan.routers, `-A FORWARD -d ${address} -j REJECT --reject-with icmp-host-prohibited`), { tolerable: ['tcp.rejected-on-path'] }),
  web('proto-unreachable', 'tcp.rejected-on-path', 'a router rejects TCP with protocol-unreachable', (lab, address) =>
    lab.filter(2, `-A FORWARD -d ${address} -p tcp -j REJECT --reject-with icmp-proto-unreachable`)),
  alsoFrom(web('policy-rule', 'ip.prohibited', 'a rule of the first router’s policy routing prohibits it', (lab, address) =>
    lab.ip(1, [`rule add to ${address} prohibit`, `rule del to ${address} prohibit`]), { tolerable: ['tcp.rejected-on-path'] }), ['slim', 'python3']),
);

const routes = scenarios(
  web('policy-blackhole', 'ip.path-dead-after', 'a rule of the first router’s policy routing leads into nothing', (lab, address) =>
    lab.ip(1, [`rule add to ${address} blackhole`, `rule del to ${address} blackhole`]), { contrasts: ['node', 'outside'], tolerable: ['tcp.filtered', 'tcp.host-silent'] }),
  web('way-back-filtered', 'ip.path-dead-after', 'the second router knows another way back to the pods’ node, and drops what comes in by this one (rp_filter)', async (lab) => {
    lab.spoilt = true;
    await lab.sysctl(2, 'net/ipv4/conf/wan0/rp_filter', '1', '0');
    await lab.ip(2, [`route replace ${lab.plan.uplink.v4}0/24 dev ${lab.plan.routers === 2 ? 'eth3' : 'eth2'}`, null]);
  }, { contrasts: ['node', 'outside'], tolerable: ['tcp.filtered', 'tcp.host-silent'] }),
  web('pod-rule-prohibits', 'ip.no-route', 'the pod’s own policy routing prohibits it', (lab, address) =>
    lab.ip('pod', [`rule add to ${address} prohibit`, `rule del to ${address} prohibit`]), { tolerable: ['tcp.rejected-on-path'] }),
  web('pod-blackhole', 'ip.no-route', 'the pod’s own table has a blackhole', (lab, address) =>
    lab.ip('pod', [`route add blackhole ${address}/32`, `route del blackhole ${address}/32`])),
  alsoFrom(web('low-ttl', 'ip.path-dead-after', 'what leaves the pod has a TTL that ends at the second router', (lab) =>
    lab.filter('pod', '-t mangle -A OUTPUT -p tcp -j TTL --ttl-set 3', '-t mangle -A OUTPUT -p udp ! --dport 53 -j TTL --ttl-set 3', '-t mangle -A OUTPUT -p icmp -j TTL --ttl-set 3'), { contrasts: ['node'], tolerable: ['ip.routing-loop'] }), ['python3', 'slim']),
);

const families = scenarios(
  {
    id: 'ip.ipv6-unroutable-prohibited',
    expected: 'ip.ipv6-unroutable',
    tolerable: ['tcp.some-addresses-fail'],
    why: 'a router prohibits IPv6, IPv4 connects',
    inject: async (lab) => {
      const site = await lab.site({ v4: 1, v6: 1 });
      await lab.https(site, 443);
      await lab.filter6(1, '-A FORWARD -p tcp -j REJECT --reject-with icmp6-adm-prohibited');
      return `https://${site.name}/`;
    },
  },
);

function stalls(id: string, why: string, spoil: (lab: LabCase, address: string) => Promise<void>): Scenario {
  return {
    id: `ip.pmtu-blackhole-${id}`,
    expected: 'ip.pmtu-blackhole',
    tolerable: ['app.slow-response', 'link.mtu-mismatch'],
    why,
    inject: async (lab) => {
      const site = await lab.site();
      await lab.https(site, 443, {}, { ...OK, body: 'z'.repeat(20_000) });
      await spoil(lab, site.v4[0] ?? '');
      return `https://${site.name}/`;
    },
  };
}

const sizes = scenarios(
  stalls('way-back-only', 'only the way back drops what is large', (lab, address) => lab.filter(2, `-A FORWARD -s ${address} -p tcp -m length --length 1001:65535 -j DROP`)),
);

function named(id: string, expected: CauseId, why: string, spoil: (lab: LabCase, site: Site) => Promise<void>, more: Partial<Scenario> = {}): Scenario {
  return { id: `${expected}-${id}`, expected, why, inject: async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    await spoil(lab, site);
    return `http://${site.name}/`;
  }, ...more };
}

const names = scenarios(
  named('half-lost', 'dns.slow', 'half of all packets to the nameserver’s port are lost, and nothing else is', async (lab) => {
    lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\n`);
    await lab.filter('node', '-A FORWARD -p udp --dport 53 -m statistic --mode random --probability 0.5 -j DROP');
  }, { tolerable: ['ip.packet-loss', 'dns.resolver-unreachable'] }),
  named('half-lost-both-ways', 'dns.slow', 'half of all questions and half of all answers are lost', async (lab) => {
    lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\noptions timeout:2 attempts:2\n`);
    await lab.filter('node', '-A FORWARD -p udp --dport 53 -m statistic --mode random --probability 0.5 -j DROP', '-A FORWARD -p udp --sport 53 -m statistic --mode random --probability 0.5 -j DROP');
  }, { tolerable: ['ip.packet-loss', 'dns.resolver-unreachable'] }),
  named('large-answers-lost', 'dns.slow', 'the resolver offers EDNS, and answers that are larger than 512 octets are dropped', async (lab, site) => {
    lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\noptions edns0\n`);
    lab.resolves(site.name, []);
    lab.answers({ name: site.name, recordType: 'A', reply: { answers: Array.from({ length: 22 }, () => ({ type: 'A' as const, name: site.name, ttl: 5, data: site.v4[0] ?? '' })) } });
    await lab.filter('node', '-A FORWARD -p udp --sport 53 -m length --length 541:65535 -j DROP');
  }, { tolerable: ['dns.tcp-blocked', 'dns.resolver-unreachable', 'ip.packet-loss'] }),
);

export const oddPathScenarios = scenarios(rejects, routes, families, sizes, names);
