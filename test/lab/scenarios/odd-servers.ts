/** Servers, balancers and middleboxes that answer now and not then, or in somebody else's place. */
import { OK, type LabCase, type Site } from '../lab-case.ts';
import type { Talk } from '../servers/spec.ts';
import { scenarios, type Scenario } from '../scenario.ts';

const WELL: Talk = { kind: 'http', replies: [OK] };
const SLAMS: Talk = { kind: 'hang-up', how: 'reset', when: 'at-once' };

function served(id: string, expected: Scenario['expected'], why: string, talk: Talk, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected === 'reachable' ? 'healthy' : expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.port(80);
      await lab.serve(site.v4, port, talk);
      return `http://${site.name}:${String(port)}/`;
    },
    ...more,
  };
}

/** Half of what comes to the site's port is sent on to another one; the second bit of the source port decides. */
async function balanced(lab: LabCase, site: Site, port: number, other: number): Promise<void> {
  const [address = ''] = site.v4;
  await lab.filter('srv', `-t nat -A PREROUTING -d ${address} -p tcp --dport ${String(port)} -m u32 --u32 "0>>22&0x3C@0>>16&0x2=0x2" -j DNAT --to-destination ${address}:${String(other)}`);
}

const now = scenarios(
  served('first-three-only', 'tcp.intermittent', 'three connections are answered, all others are accepted and reset', { kind: 'turns', talks: [WELL, WELL, WELL, SLAMS], then: 'the-last' }, { tolerable: ['app.connection-closed'] }),
  served('every-other-closes', 'tcp.intermittent', 'every other connection is closed without an answer', { kind: 'turns', talks: [WELL, { kind: 'hang-up', how: 'close', when: 'after-request' }], then: 'from-the-start' }, { tolerable: ['app.connection-closed'] }),
  {
    id: 'tcp.intermittent-dead-backend',
    expected: 'tcp.intermittent',
    tolerable: ['tcp.refused', 'app.connection-closed'],
    why: 'a balancer sends half of the connections to a member where nothing listens',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.http(site, 80);
      await balanced(lab, site, 80, 81);
      return `http://${site.name}/`;
    },
  },
  {
    id: 'tcp.intermittent-sick-backend',
    expected: 'tcp.intermittent',
    tolerable: ['app.connection-closed'],
    why: 'a balancer sends half of the connections to a member that hangs up',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.https(site, 443);
      await lab.serve(site.v4, 8443, { kind: 'hang-up', how: 'close', when: 'after-request' });
      await balanced(lab, site, 443, 8443);
      return `https://${site.name}/`;
    },
  },
  served('one-backend-502', 'app.http-server-error', 'a balancer answers 502 for every other connection', { kind: 'turns', talks: [WELL, { kind: 'http', replies: [{ status: 502, reason: 'Bad Gateway', headers: { server: 'nginx' } }] }], then: 'from-the-start' }, { tolerable: ['tcp.intermittent'] }),
  ...([['DROP', 150], ['REJECT --reject-with tcp-reset', 1500]] as const).map(([verdict, delayMs]): Scenario => ({
    id: `tcp.intermittent-connection-limit-${verdict === 'DROP' ? 'drops' : 'resets'}`,
    expected: 'tcp.intermittent',
    tolerable: ['ip.packet-loss', 'tcp.refused', 'tcp.filtered'],
    why: 'the host lets one client have no more than two connections, and others hold one: whoever asks three times at once loses some',
    inject: async (lab) => {
      const site = await lab.site();
      // A server that answers at once, on a short path, is done with one connection before the next begins: then nothing is lost.
      await lab.http(site, 80, { status: 200, delayMs });
      await lab.filter('srv', `-A INPUT -d ${site.v4[0] ?? ''} -p tcp --syn --dport 80 -m connlimit --connlimit-above 2 -j ${verdict}`);
      await lab.holdConnections('pod2', site.v4[0] ?? '', 80, 1);
      return `http://${site.name}/`;
    },
  })),
);

const slow = scenarios(
  served('slow-loris', 'app.slow-response', 'one octet in two seconds', { kind: 'drips', text: `HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok`, everyMs: 2000 }),
  served('header-only', 'app.slow-response', 'headers that promise a body which never comes', { kind: 'says', text: 'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n', then: 'stays', when: 'after-request' }, { tolerable: ['app.connection-closed'] }),
  served('half-an-answer', 'app.connection-closed', 'the connection ends in the middle of the body', { kind: 'says', text: 'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nhalf', then: 'closes', when: 'after-request' }),
  // A SETTINGS frame (RFC 9113 3.4, 6.5) and a GOAWAY with PROTOCOL_ERROR.
  served('http2-only', 'app.protocol-mismatch', 'the server speaks HTTP/2 alone, and says so in frames', { kind: 'says', text: '\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01', then: 'closes', when: 'after-request' }, { tolerable: ['app.connection-closed'] }),
  {
    id: 'tcp.intermittent-first-syn-lost',
    expected: 'tcp.intermittent',
    tolerable: ['ip.packet-loss'],
    why: 'the first SYN of each connection is dropped, and the second is not; echoes pass',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.http(site, 80);
      await lab.filter(1, '-N ONCE', '-A ONCE -m hashlimit --hashlimit-name once --hashlimit-above 1/hour --hashlimit-burst 1 --hashlimit-mode srcip,srcport,dstip,dstport -j RETURN', '-A ONCE -j DROP', `-A FORWARD -d ${site.v4[0] ?? ''} -p tcp --syn -j ONCE`);
      return `http://${site.name}/`;
    },
  },
  {
    id: 'tcp.filtered-accept-queue-full',
    expected: 'tcp.filtered',
    tolerable: ['tcp.intermittent', 'app.slow-response'],
    contrasts: ['outside'],
    why: 'the server accepts nobody any more and its queue is full: the kernel drops what comes, as a firewall would',
    inject: async (lab) => {
      const site = await lab.site();
      lab.spoilt = true;
      const server = `import socket,time; s=socket.socket(); s.bind(("${site.v4[0] ?? ''}",80)); s.listen(0); time.sleep(600)`;
      await lab.shell([`ip netns exec ${lab.topology.namespace('srv')} setsid python3 -c '${server}' > /dev/null 2>&1 < /dev/null &`, 'sleep 0.5'], []);
      await lab.holdConnections('pod2', site.v4[0] ?? '', 80, 3, { waits: true });
      await lab.shell(['sleep 0.3'], []);
      return `http://${site.name}/`;
    },
  },
  {
    id: 'healthy-syn-cookies',
    expected: 'reachable',
    why: 'the host answers every SYN with a cookie',
    inject: async (lab) => {
      const site = await lab.site();
      await lab.http(site, 80);
      await lab.sysctl('srv', 'net/ipv4/tcp_syncookies', '2', '1');
      return `http://${site.name}/`;
    },
  },
);

/** A box near the pod that takes all plain HTTP to itself. */
async function takesHttp(lab: LabCase, talk: Talk): Promise<void> {
  const box = await lab.serviceAddress();
  await lab.serve([box], 8880, talk, {}, 'lan');
  await lab.filter(1, `-t nat -A PREROUTING -i eth0 -p tcp --dport 80 -j DNAT --to-destination ${box}:8880`);
}

function portal(id: string, expected: Scenario['expected'], why: string, talk: Talk, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      await lab.http(site, 80);
      await takesHttp(lab, talk);
      return `http://${site.name}/`;
    },
    ...more,
  };
}

/** Cuts the connection when the client's hello names the host. */
const cutsName = (site: Site, how: string): string => `-A FORWARD -d ${site.v4[0] ?? ''} -p tcp --dport 443 -m string --algo bm --string ${site.name} -j ${how}`;

const between = scenarios(
  portal('portal-511', 'proxy.auth-required', 'a portal answers 511 for everybody (RFC 6585, 6)', { kind: 'http', replies: [{ status: 511, reason: 'Network Authentication Required', body: '<a href="http://portal.example/login">log in</a>' }] }),
  portal('transparent-403', 'proxy.denied', 'a filter answers 403 in the place of the site; from outside it is 200', { kind: 'http', replies: [{ status: 403, reason: 'Forbidden', headers: { server: 'squid/5.7' }, body: 'blocked by policy' }] }, { contrasts: ['outside'], tolerable: ['app.auth-rejected'] }),
  portal('transparent-403-alone', 'proxy.denied', 'a filter answers 403 in the place of the site, from nearer than the site is', { kind: 'http', replies: [{ status: 403, reason: 'Forbidden', body: 'blocked by policy' }] }, { tolerable: ['app.auth-rejected'] }),
  portal('portal-redirect', 'proxy.auth-required', 'a portal redirects everybody to its own page', { kind: 'http', replies: [{ status: 302, reason: 'Found', headers: { location: 'http://portal.example/login' } }] }, { contrasts: ['outside'] }),
  ...([['reset', 'REJECT --reject-with tcp-reset'], ['drop', 'DROP']] as const).flatMap(([id, how]) => [
    {
      id: `tcp.rejected-on-path-name-${id}`,
      expected: 'tcp.rejected-on-path' as const,
      tolerable: ['app.connection-closed', 'app.slow-response'] as const,
      contrasts: ['outside'] as const,
      why: 'a filter cuts the connection when the hello names the host; from outside the handshake succeeds',
      inject: async (lab: LabCase) => {
        const site = await lab.site();
        await lab.https(site, 443);
        await lab.filter(1, cutsName(site, how));
        return `https://${site.name}/`;
      },
    },
  ]),
  {
    id: 'dns.split-horizon-block-page',
    expected: 'dns.split-horizon',
    tolerable: ['tls.hostname-mismatch', 'tls.unknown-ca', 'tls.self-signed', 'tls.intercepted'],
    contrasts: ['outside'],
    why: 'the resolver answers with the address of a page that says why, whose certificate is for another name; outside gets the right one',
    inject: async (lab) => {
      const [site, page] = [await lab.site(), await lab.site()];
      await lab.https(site, 443);
      await lab.https(page, 443, await lab.goodTls([page.name]));
      lab.answers({ name: site.name, recordType: 'A', client: `${lab.plan.uplink.v4}0/24`, reply: { answers: [{ type: 'A', name: site.name, ttl: 5, data: page.v4[0] ?? '' }] } });
      return `https://${site.name}/`;
    },
  },
);

export const oddServerScenarios = scenarios(now, slow, between);
