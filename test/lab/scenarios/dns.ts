/** The name does not lead where it should. */
import type { CauseId } from '../../../src/domain/cause.ts';
import type { LabCase, Site } from '../lab-case.ts';
import { alsoFrom, scenarios, type Scenario } from '../scenario.ts';

type Spoil = (lab: LabCase, site: Site) => Promise<void> | void;

/** A site that is fine, asked for by name; `spoil` changes what becomes of the name. */
function named(id: string, expected: CauseId, why: string, spoil: Spoil, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const secure = lab.random.next() < 0.5;
      if (secure) await lab.https(site, 443);
      else await lab.http(site, 80);
      await spoil(lab, site);
      return `http${secure ? 's' : ''}://${site.name}/`;
    },
    ...more,
  };
}

const LIMITED = ['busybox', 'bash', 'slim', 'python3', 'ncat', 'nothing', 'curl+openssl', 'no-ping'] as const;

const answers = scenarios(
  alsoFrom(named('typo', 'dns.nxdomain', 'the nameserver says that there is no such name, here and elsewhere', (lab, site) => { lab.says(site.name, { rcode: 'NXDOMAIN' }); }, { contrasts: ['outside'] }), LIMITED),
  named('search-list', 'dns.nxdomain', 'neither the name nor any of its completions exists', (lab, site) => {
    lab.says(site.name, { rcode: 'NXDOMAIN' });
    lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\nsearch shop.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n`);
  }),
  named('tcp-port', 'dns.nxdomain', 'the alias leads to a name that does not exist', (lab, site) => {
    lab.says(site.name, { rcode: 'NXDOMAIN', answers: [{ type: 'CNAME', name: site.name, ttl: 5, data: lab.freshName() }] });
  }),
  named('no-records', 'dns.no-address', 'NOERROR without any address', (lab, site) => { lab.says(site.name, {}); }),
  named('alias-to-nothing', 'dns.no-address', 'an alias to a name without addresses', (lab, site) => {
    lab.says(site.name, { answers: [{ type: 'CNAME', name: site.name, ttl: 5, data: lab.freshName() }] });
  }),
  named('only-ipv6', 'dns.no-address', 'only AAAA, and the pod has no IPv6', async (lab, site) => {
    lab.answers({ name: site.name, recordType: 'A', reply: {} }, { name: site.name, recordType: 'AAAA', reply: { answers: [{ type: 'AAAA', name: site.name, ttl: 5, data: `${lab.plan.servers.v6}77` }] } });
    lab.spoilt = true;
    await lab.shell([`ip netns exec ${lab.topology.namespace('pod')} sh -c 'echo 1 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6'`], []);
  }, { tolerable: ['ip.ipv6-unroutable'] }),
  alsoFrom(named('rcode', 'dns.servfail', 'SERVFAIL', (lab, site) => { lab.says(site.name, { rcode: 'SERVFAIL' }); }), LIMITED),
  named('upstream-silent', 'dns.servfail', 'the nameserver answers for its own names, and is silent for all others', (lab) => {
    lab.answers(
      { name: 'localhost', recordType: 'A', reply: { answers: [{ type: 'A', name: 'localhost', ttl: 5, data: '127.0.0.1' }] } },
      { name: '*', reply: { drop: true } },
    );
  }, { tolerable: ['dns.resolver-unreachable'] }),
  named('all-names', 'dns.refused', 'REFUSED', (lab) => { lab.says('*', { rcode: 'REFUSED' }); }),
  named('this-client', 'dns.refused', 'REFUSED for this client, answered for another', (lab, site) => {
    lab.answers({ name: site.name, client: `${lab.plan.uplink.v4}0/24`, reply: { rcode: 'REFUSED' } });
  }, { contrasts: ['outside'] }),
  named('dropped-name', 'dns.refused', 'REFUSED for one name only', (lab, site) => { lab.says(site.name, { rcode: 'REFUSED' }); }),
);

const resolvers = scenarios(
  alsoFrom(named('vacant', 'dns.resolver-unreachable', 'nobody has the address in resolv.conf', (lab) => {
    lab.resolvConf(['pod'], `nameserver ${lab.plan.services.v4}254\n`);
  }), LIMITED),
  named('port-closed', 'dns.resolver-unreachable', 'the host is there, nothing listens on port 53', (lab) => { lab.nameserverTransports = []; }),
  named('filtered', 'dns.resolver-unreachable', 'packets to port 53 are dropped on the node', (lab) =>
    lab.filter('node', '-A FORWARD -p udp --dport 53 -j DROP', '-A FORWARD -p tcp --dport 53 -j DROP'), { contrasts: ['node'] }),
  named('both-dead', 'dns.resolver-unreachable', 'two nameservers, neither answers', (lab) => {
    lab.resolvConf(['pod'], `nameserver ${lab.plan.services.v4}254\nnameserver ${lab.plan.services.v4}253\noptions timeout:1 attempts:2\n`);
  }),
  named('silent', 'dns.resolver-unreachable', 'the nameserver takes queries and answers none', (lab) => { lab.says('*', { drop: true }); }),
  named('tcp-refused', 'dns.tcp-blocked', 'truncated, and TCP 53 refuses', (lab, site) => {
    lab.nameserverTransports = ['udp'];
    lab.says(site.name, { truncate: true });
  }),
  named('tcp-dropped', 'dns.tcp-blocked', 'truncated, and TCP 53 is dropped', async (lab, site) => {
    lab.says(site.name, { truncate: true });
    await lab.filter('node', '-A FORWARD -p tcp --dport 53 -j DROP');
  }),
  named('large-answer', 'dns.tcp-blocked', 'so many addresses that they need TCP, which is dropped', async (lab, site) => {
    lab.resolves(site.name, []);
    lab.answers({ name: site.name, recordType: 'A', reply: { answers: Array.from({ length: 90 }, (_, index) => ({ type: 'A', name: site.name, ttl: 5, data: `${lab.plan.servers.v4}${String(index + 10)}` })) } });
    await lab.filter('node', '-A FORWARD -p tcp --dport 53 -j DROP');
  }),
  named('first-nameserver-dead', 'dns.slow', 'every look-up waits for the first nameserver’s 5 s', (lab) => {
    lab.resolvConf(['pod'], `nameserver ${lab.plan.services.v4}254\nnameserver ${lab.nameserver}\n`);
  }),
  named('late-answers', 'dns.slow', 'answers are right and take 4.7 s and more', (lab) => {
    lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\n`);
    lab.answers(...lab.rules.map((rule) => ({ ...rule, reply: { ...rule.reply, delayMs: 4700 } })));
  }),
  named('aaaa-lost', 'dns.slow', 'the second query from one port is lost as long as the first has no answer: the race in connection tracking; the resolver asks again after 5 s', (lab) => {
    lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\n`);
    // Type AAAA, class IN, at the end of a question.
    return lab.filter('node', '-A FORWARD -p udp --dport 53 -m conntrack --ctstate NEW -m string --algo bm --hex-string "|00001c0001|" -j DROP');
  }),
);

/** Somebody else's server, which answers for names that it should not. */
async function otherServer(lab: LabCase, listens: boolean): Promise<Site> {
  const other = await lab.site();
  if (listens) await lab.https(other, 443);
  return other;
}

function hijacked(id: string, why: string, listens: boolean): Scenario {
  return {
    id: `dns.search-hijack-${id}`,
    expected: 'dns.search-hijack',
    tolerable: ['tls.hostname-mismatch'],
    why,
    inject: async (lab) => {
      const site = await lab.site();
      await lab.https(site, 443);
      const other = await otherServer(lab, listens);
      const zone = `office-${String(lab.random.between(1, 99))}.example`;
      lab.answers({ name: `*.${zone}`, recordType: 'A', reply: { answers: [{ type: 'A', name: `${site.name}.${zone}`, ttl: 5, data: other.v4[0] ?? '' }] } }, { name: `*.${zone}`, reply: {} });
      lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\nsearch ${zone}\noptions ndots:5\n`);
      return `https://${site.name}/`;
    },
  };
}

const views = scenarios(
  hijacked('refuses', 'the search domain’s wildcard answers first, with a host that refuses', false),
  hijacked('other-server', 'the wildcard leads to another server, with another certificate', true),
  named('unknown-inside', 'dns.split-horizon', 'NXDOMAIN inside, answered outside', (lab, site) => {
    lab.answers({ name: site.name, client: `${lab.plan.uplink.v4}0/24`, reply: { rcode: 'NXDOMAIN' } });
  }, { contrasts: ['outside'] }),
  named('other-address-inside', 'dns.split-horizon', 'inside gets an address that refuses, outside one that works', async (lab, site) => {
    const dead = await lab.site();
    lab.answers({ name: site.name, recordType: 'A', client: `${lab.plan.uplink.v4}0/24`, reply: { answers: [{ type: 'A', name: site.name, ttl: 5, data: dead.v4[0] ?? '' }] } });
  }, { contrasts: ['outside'] }),
  named('blocked-by-zero', 'dns.split-horizon', 'a nameserver that blocks the name answers 0.0.0.0', (lab, site) => { lab.says(site.name, { answers: [{ type: 'A', name: site.name, ttl: 5, data: '0.0.0.0' }] }); }),
  named('private-address-inside', 'dns.split-horizon', 'inside gets a private address to which no way leads', (lab, site) => {
    lab.answers({ name: site.name, recordType: 'A', client: `${lab.plan.uplink.v4}0/24`, reply: { answers: [{ type: 'A', name: site.name, ttl: 5, data: `10.200.${String(lab.random.between(0, 255))}.9` }] } });
  }, { contrasts: ['outside'] }),
  named('old-address', 'dns.stale-hosts', 'the hosts file has an address that refuses, DNS has the right one', async (lab, site) => {
    const old = await lab.site();
    lab.hosts('pod', [`${old.v4[0] ?? ''}\t${site.name}`]);
  }),
  named('dead-address', 'dns.stale-hosts', 'the hosts file has an address that nobody has', (lab, site) => {
    lab.hosts('pod', [`${lab.vacantAddress()}\t${site.name} alias`]);
  }),
  named('silent-address', 'dns.stale-hosts', 'the hosts file has an address that is silent', async (lab, site) => {
    const old = await lab.site();
    await lab.filter('srv', `-A INPUT -d ${old.v4[0] ?? ''} -j DROP`);
    lab.hosts('pod', [`${old.v4[0] ?? ''}\t${site.name}`]);
  }),
  {
    id: 'dns.stale-hosts-other-server',
    expected: 'dns.stale-hosts' as const,
    tolerable: ['tls.hostname-mismatch' as const],
    why: 'the hosts file leads to another server, whose certificate does not fit; DNS has the right one',
    inject: async (lab: LabCase) => {
      const site = await lab.site();
      await lab.https(site, 443);
      const other = await otherServer(lab, true);
      lab.hosts('pod', [`${other.v4[0] ?? ''}\t${site.name}`]);
      return `https://${site.name}/`;
    },
  },
);

export const dnsScenarios = scenarios(answers, resolvers, views);
