/** Networks that look odd and work. */
import type { ProtocolName } from '../servers/spec.ts';
import { OK, type LabCase } from '../lab-case.ts';
import { alsoFrom, scenarios, type Scenario } from '../scenario.ts';

type Inject = Scenario['inject'];

function healthy(id: string, why: string, inject: Inject, more: Partial<Scenario> = {}): Scenario {
  return { id: `healthy-${id}`, expected: 'reachable', why, inject, ...more };
}

async function plainSite(lab: LabCase): Promise<string> {
  const site = await lab.site();
  await lab.http(site, 80);
  return `http://${site.name}/`;
}

const USUAL_PORT: Readonly<Record<ProtocolName, number>> = { postgres: 5432, mysql: 3306, redis: 6379, amqp: 5672, smtp: 25, mongodb: 27_017, kafka: 9092, grpc: 80 };

const protocols = (Object.keys(USUAL_PORT) as ProtocolName[]).map((name) =>
  healthy(name, `${name} answers as its protocol says`, async (lab) => {
    const site = await lab.site();
    const port = lab.port(USUAL_PORT[name]);
    await lab.serve(site.v4, port, { kind: 'protocol', name, state: 'ok' });
    return `${name}://${site.name}:${String(port)}`;
  }),
);

const answers = scenarios(
  alsoFrom(
    healthy('https', 'nothing is wrong', async (lab) => {
      const site = await lab.site();
      const port = lab.port(443);
      await lab.https(site, port);
      return `https://${site.name}:${String(port)}/health`;
    }),
    ['busybox', 'bash', 'slim', 'python3', 'ncat', 'nothing', 'curl+openssl', 'no-ping'],
  ),
  healthy('http-301', 'a redirect is an answer', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80, { status: 301, reason: 'Moved Permanently', headers: { location: `https://${site.name}/` } });
    return `http://${site.name}/`;
  }),
  healthy('http-204', 'an empty answer is an answer', async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443, {}, { status: 204, reason: 'No Content' });
    return `https://${site.name}/ping`;
  }),
  healthy('http-1.0', 'HTTP/1.0 without keep-alive', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 8080, { ...OK, version: '1.0' });
    return `http://${site.name}:8080/`;
  }),
  healthy('http-chunked', 'the body comes in chunks', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80, { ...OK, chunked: true });
    return `http://${site.name}/`;
  }),
  healthy('slow-answer', 'the first byte takes 1.5 s, and comes', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80, { ...OK, delayMs: 1500 });
    return `http://${site.name}/report`;
  }),
  healthy('slow-tls', 'the handshake takes a second', async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443, { helloDelayMs: 1000 });
    return `https://${site.name}/`;
  }),
  healthy('large-body', 'a large body comes whole', async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443, {}, { ...OK, body: 'x'.repeat(400_000) });
    return `https://${site.name}/export`;
  }),
  healthy('tcp-silent-server', 'a bare port: it stays open and says nothing, and other ports are closed', async (lab) => {
    const site = await lab.site();
    const port = lab.random.between(3000, 30_000);
    await lab.serve(site.v4, port, { kind: 'silent' });
    return `tcp://${site.name}:${String(port)}`;
  }),
  healthy('tcp-banner', 'a bare port that greets', async (lab) => {
    const site = await lab.site();
    await lab.serve(site.v4, 22, { kind: 'says', text: 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n', then: 'stays', when: 'at-once' });
    return `${site.name}:22`;
  }),
  healthy('tcp-other-ports-filtered', 'port 1 and all others are dropped; this one answers', async (lab) => {
    const site = await lab.site();
    await lab.serve(site.v4, 6443, { kind: 'silent' });
    await lab.filter('srv', '-A INPUT -p tcp ! --dport 6443 -j DROP');
    return `tcp://${site.name}:6443`;
  }),
  healthy('redirect-elsewhere', 'a redirect to another host, which nobody follows here', async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443, {}, { status: 302, reason: 'Found', headers: { location: `https://${lab.freshName()}/login` } });
    return `https://${site.name}/`;
  }),
  healthy('closes-after-answer', 'no length, no keep-alive: the end of the connection ends the body', async (lab) => {
    const site = await lab.site();
    await lab.serve(site.v4, 80, { kind: 'says', text: 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nwell\n', then: 'closes', when: 'after-request' });
    return `http://${site.name}/`;
  }),
  healthy('odd-banner', 'octets that no protocol is known for, and then it stays', async (lab) => {
    const site = await lab.site();
    await lab.serve(site.v4, 7777, { kind: 'says', text: '\x01\x7f\xfe\x02hello\x03', then: 'stays', when: 'at-once' });
    return `tcp://${site.name}:7777`;
  }),
  healthy('small-segments', 'a router lets only small segments be agreed upon, and they get through', async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443, {}, { ...OK, body: 's'.repeat(20_000) });
    await lab.filter(1, '-t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 300');
    return `https://${site.name}/`;
  }),
  healthy('proxy-error-page-200', 'server: envoy with 200 is the dependency behind an ingress', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80, { ...OK, headers: { server: 'envoy', 'x-envoy-upstream-service-time': '4' } });
    return `http://${site.name}/`;
  }),
);

const certificates = scenarios(
  healthy('long-chain', 'leaf and three intermediates', async (lab) => {
    const site = await lab.site();
    const second = await lab.leaf({ commonName: 'Regional CA 2', isAuthority: true });
    const third = await lab.leaf({ commonName: 'Regional CA 3', isAuthority: true }, second);
    const leaf = await lab.leaf({ names: [site.name] }, third);
    const certificate = [leaf, third, second, lab.authorities.intermediate].map((one) => one.certificate).join('');
    await lab.https(site, 443, { key: leaf.key, certificate });
    return `https://${site.name}/`;
  }),
  healthy('wildcard-certificate', 'the name fits the wildcard', async (lab) => {
    const site = await lab.site();
    const leaf = await lab.leaf({ names: [`*.${lab.plan.zone}`] });
    await lab.https(site, 443, { key: leaf.key, certificate: leaf.certificate + lab.authorities.intermediate.certificate });
    return `https://${site.name}/`;
  }),
  healthy('rsa-tls12-only', 'TLS 1.2 with RSA is fine', async (lab) => {
    const site = await lab.site();
    const leaf = await lab.leaf({ names: [site.name], rsa: true });
    await lab.https(site, 443, { key: leaf.key, certificate: leaf.certificate + lab.authorities.intermediate.certificate, maxVersion: 'TLSv1.2' });
    return `https://${site.name}/`;
  }),
  healthy('tls13-only', 'TLS 1.3 alone is fine', async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443, { minVersion: 'TLSv1.3' });
    return `https://${site.name}/`;
  }),
  healthy('root-sent-too', 'the server sends the root as well: superfluous, and fine', async (lab) => {
    const site = await lab.site();
    const good = await lab.goodTls([site.name]);
    await lab.https(site, 443, { ...good, certificate: good.certificate + lab.authorities.root.certificate });
    return `https://${site.name}/`;
  }),
  healthy('expires-tomorrow', 'still valid', async (lab) => {
    const site = await lab.site();
    const leaf = await lab.leaf({ names: [site.name], toDay: 1 });
    await lab.https(site, 443, { key: leaf.key, certificate: leaf.certificate + lab.authorities.intermediate.certificate });
    return `https://${site.name}/`;
  }),
  healthy('address-certificate', 'an address as host, and in the certificate; no SNI', async (lab) => {
    const site = await lab.site();
    const address = site.v4[0] ?? '';
    await lab.https(site, 8443, await lab.goodTls([address]));
    return `https://${address}:8443/`;
  }),
  healthy('tls-only', 'a bare TLS port', async (lab) => {
    const site = await lab.site();
    await lab.serve(site.v4, 8883, { kind: 'silent' }, { tls: await lab.goodTls([site.name]) });
    return `tls://${site.name}:8883`;
  }),
  healthy('rediss', 'Redis inside TLS', async (lab) => {
    const site = await lab.site();
    await lab.serve(site.v4, 6379, { kind: 'protocol', name: 'redis', state: 'ok' }, { tls: await lab.goodTls([site.name]) });
    return `rediss://${site.name}`;
  }),
  healthy('name-optional', 'the server needs no SNI and does not mind it', async (lab) => {
    const site = await lab.site();
    const leaf = await lab.leaf({ names: ['default.invalid', site.name] });
    await lab.https(site, 443, { key: leaf.key, certificate: leaf.certificate + lab.authorities.intermediate.certificate });
    return `https://${site.name}/`;
  }),
);

const names = scenarios(
  healthy('slow-dns', 'each answer takes 1.2 s, and is right', async (lab) => {
    lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\n`);
    const site = await lab.site();
    await lab.http(site, 80);
    const delayed = lab.rules.map((rule) => ({ ...rule, reply: { ...rule.reply, delayMs: 1200 } }));
    lab.answers(...delayed);
    return `http://${site.name}/`;
  }),
  healthy('second-nameserver-dead', 'the first answers; nobody asks the second', async (lab) => {
    lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\nnameserver ${lab.plan.services.v4}253\n`);
    return plainSite(lab);
  }),
  healthy('cname-chain', 'three aliases, then the address', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    const [a, b] = [lab.freshName(), lab.freshName()];
    const name = lab.freshName();
    lab.says(name, {
      answers: [
        { type: 'CNAME', name, ttl: 5, data: a },
        { type: 'CNAME', name: a, ttl: 5, data: b },
        { type: 'CNAME', name: b, ttl: 5, data: site.name },
        { type: 'A', name: site.name, ttl: 5, data: site.v4[0] ?? '' },
      ],
    });
    return `http://${name}/`;
  }),
  healthy('several-addresses', 'four addresses, all of them fine', async (lab) => {
    const site = await lab.site({ v4: 4 });
    await lab.https(site, 443);
    return `https://${site.name}/`;
  }),
  healthy('round-robin', 'the answer is another one each time, and each is fine', async (lab) => {
    const site = await lab.site({ v4: 3 });
    await lab.http(site, 80);
    const reply = (data: string): { answers: { type: 'A'; name: string; ttl: number; data: string }[] } => ({ answers: [{ type: 'A', name: site.name, ttl: 1, data }] });
    const [first = '', ...rest] = site.v4;
    lab.answers({ name: site.name, recordType: 'A', reply: reply(first), thenReplies: rest.map(reply) });
    return `http://${site.name}/`;
  }),
  healthy('search-list-completes', 'a short name that the search list completes', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    lab.resolvConf(['pod'], `nameserver ${lab.nameserver}\nsearch other.invalid ${lab.plan.zone}\noptions ndots:2\n`);
    return `http://${site.name.split('.')[0] ?? ''}/`;
  }),
  healthy('hosts-entry-right', 'the hosts file says what DNS says', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    lab.hosts('pod', [`${site.v4[0] ?? ''}\t${site.name}`]);
    return `http://${site.name}/`;
  }),
  healthy('hosts-entry-only', 'only the hosts file knows the name, and the server is there', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    lab.says(site.name, { rcode: 'NXDOMAIN' });
    lab.hosts('pod', [`${site.v4[0] ?? ''}\t${site.name}`]);
    return `http://${site.name}/`;
  }),
  healthy('large-answer-by-tcp', 'the answer is truncated, and TCP 53 works', async (lab) => {
    const site = await lab.site({ v4: 3 });
    await lab.http(site, 80);
    lab.answers({ name: site.name, recordType: 'A', transport: 'udp', reply: { truncate: true } });
    return `http://${site.name}/`;
  }),
  healthy('aaaa-servfail', 'the nameserver fails for AAAA and answers A', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    lab.answers({ name: site.name, recordType: 'AAAA', reply: { rcode: 'SERVFAIL' } });
    return `http://${site.name}/`;
  }),
  healthy('split-horizon-fine', 'inside gets another address than outside, and it works', async (lab) => {
    const [inside, outside] = [await lab.site(), await lab.site()];
    await lab.http(inside, 80);
    lab.answers({ name: outside.name, recordType: 'A', client: `${lab.plan.uplink.v4}0/24`, reply: { answers: [{ type: 'A', name: outside.name, ttl: 5, data: inside.v4[0] ?? '' }] } });
    return `http://${outside.name}/`;
  }, { contrasts: ['outside'] }),
  healthy('dns-server', 'a nameserver as the dependency', (lab) => `dns://${lab.nameserver}`),
  healthy('udp-echo', 'a UDP service that answers', async (lab) => {
    const site = await lab.site();
    const port = lab.random.between(4000, 9000);
    await lab.topology.agent('srv').serve({ kind: 'datagram', address: site.v4[0] ?? '', port, does: 'echoes' });
    return `udp://${site.name}:${String(port)}`;
  }, { contrasts: [] }),
);

const paths = scenarios(
  healthy('icmp-blocked', 'ICMP is dropped everywhere, and HTTP answers: ping proves nothing', async (lab) => {
    for (const place of ['node', 1, 2] as const) await lab.filter(place, '-A FORWARD -p icmp -j DROP');
    await lab.filter('srv', '-A INPUT -p icmp -j DROP');
    return plainSite(lab);
  }),
  healthy('silent-hops', 'routers send no time-exceeded: stars in the middle', async (lab) => {
    for (const place of [1, 2] as const) await lab.filter(place, '-A OUTPUT -p icmp -j DROP');
    return plainSite(lab);
  }),
  healthy('icmp-loss', 'half of the echo requests are lost, TCP is not', async (lab) => {
    await lab.filter(1, '-A FORWARD -p icmp -m statistic --mode random --probability 0.5 -j DROP');
    return plainSite(lab);
  }),
  healthy('ipv6-fine', 'both families work', async (lab) => {
    const site = await lab.site({ v4: 1, v6: 1 });
    await lab.https(site, 443);
    return `https://${site.name}/`;
  }),
  healthy('ipv6-literal', 'an IPv6 address as host', async (lab) => {
    const site = await lab.site({ v4: 0, v6: 1 });
    await lab.http(site, 8080);
    return `http://[${site.v6[0] ?? ''}]:8080/`;
  }),
  healthy('ipv6-only-name', 'only AAAA, and IPv6 works', async (lab) => {
    const site = await lab.site({ v4: 0, v6: 2 });
    await lab.http(site, 80);
    return `http://${site.name}/`;
  }),
  healthy('dual-stack-name-pod-without-ipv6', 'the pod has no IPv6 address: nobody expects the AAAA to work', async (lab) => {
    const site = await lab.site({ v4: 1, v6: 1 });
    await lab.https(site, 443);
    lab.spoilt = true;
    await lab.shell([`ip netns exec ${lab.topology.namespace('pod')} sh -c 'echo 1 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6'`], []);
    return `https://${site.name}/`;
  }),
  healthy('small-mtu-with-icmp', 'a link of 1280 octets, and the router says so', async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443, {}, { ...OK, body: 'y'.repeat(60_000) });
    await lab.ip(1, ['link set wan0 mtu 1280', 'link set wan0 mtu 1500']);
    await lab.ip(2, ['link set wan0 mtu 1280', 'link set wan0 mtu 1500']);
    // What the hosts have learned of the path would help the next scenario over its own fault.
    for (const place of ['srv', 'pod', 'node', 'out'] as const) await lab.ip(place, ['route flush cache', 'route flush cache']);
    return `https://${site.name}/`;
  }),
  healthy('one-segment-lost', 'the first SYN is lost, the second gets through', async (lab) => {
    await lab.filter(1, '-A FORWARD -p tcp --syn --dport 80 -m limit --limit 1/hour --limit-burst 1 -j DROP');
    return plainSite(lab);
  }),
  healthy('contrast-blocked', 'another pod is blocked; this one is not', async (lab) => {
    await lab.filter('pod2', '-A OUTPUT -p tcp --dport 80 -j DROP');
    return plainSite(lab);
  }, { contrasts: ['pod', 'node'] }),
);

const proxies = scenarios(
  healthy('proxy-connect', 'https through a proxy that lets it', async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443);
    const proxy = await lab.serviceAddress();
    await lab.serve([proxy], 3128, { kind: 'proxy', rule: 'open', addresses: { [site.name]: site.v4[0] ?? '' } }, {}, 'lan');
    lab.environment['HTTPS_PROXY'] = `http://${proxy}:3128`;
    return `https://${site.name}/`;
  }),
  healthy('proxy-only-way', 'direct is closed, and the proxy that the environment names works', async (lab) => {
    const site = await lab.site();
    await lab.https(site, 443);
    const proxy = await lab.serviceAddress();
    await lab.serve([proxy], 8080, { kind: 'proxy', rule: 'open', addresses: { [site.name]: site.v4[0] ?? '' } }, {}, 'lan');
    lab.environment['https_proxy'] = `http://${proxy}:8080`;
    await lab.filter('node', `-A FORWARD -s ${lab.podAddress} -d ${site.v4[0] ?? ''} -j DROP`);
    lab.says(site.name, { rcode: 'NXDOMAIN' });
    return `https://${site.name}/`;
  }),
  healthy('no-proxy', 'a dead proxy is configured, and no_proxy names the host', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    lab.environment['http_proxy'] = `http://${lab.plan.services.v4}251:3128`;
    lab.environment['no_proxy'] = `localhost,.${lab.plan.zone}`;
    return `http://${site.name}/`;
  }),
  healthy('proxy-with-password', 'a proxy that asks, and gets, a password', async (lab) => {
    const site = await lab.site();
    await lab.http(site, 80);
    const proxy = await lab.serviceAddress();
    await lab.serve([proxy], 3128, { kind: 'proxy', rule: 'asks-password', password: 'app:s3cret', addresses: { [site.name]: site.v4[0] ?? '' } }, {}, 'lan');
    lab.environment['http_proxy'] = `http://app:s3cret@${proxy}:3128`;
    return `http://${site.name}/`;
  }),
);

export const healthyScenarios = scenarios(answers, protocols, certificates, names, paths, proxies);
