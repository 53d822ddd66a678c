import { describe } from 'vitest';
import { onceMore, at, cannot, clusterDns, connects, files, interfaces, neighbours, noRoutes, podState, resolves, routes, says, service, tools, GOOD_LINK } from './facts.ts';
import { contrast } from './situation.ts';
import { tellStories } from './story.ts';

const HOST = 'api.example.com';
const TO = `tcp://${HOST}:5432`;
const NS = '192.0.2.53';
const NS2 = '192.0.2.54';
const LOCAL = 'localhost.';
const CLUSTER = 'kubernetes.default.svc.cluster.local.';
const NODE = contrast('node', 'node');
const base = [tools('dig'), files({ nameservers: [NS] })];

describe('a name that does not resolve', () => {
  tellStories([
    { story: 'the nameserver says NXDOMAIN', to: TO, told: [...base, resolves(HOST, 'not-found'), says(NS, HOST, 'nxdomain')], ends: 'dns.nxdomain likely', evidence: ['query', 'resolve'] },
    {
      story: 'NXDOMAIN from elsewhere too', to: TO, contrasts: [NODE],
      told: [...base, resolves(HOST, 'not-found'), says(NS, HOST, 'nxdomain'), ...at('node', resolves(HOST, 'not-found'))],
      ends: 'dns.nxdomain certain', evidence: ['query', 'node resolve'],
    },
    {
      story: 'NXDOMAIN here, and the contrast could not be asked', to: TO, contrasts: [NODE],
      told: [...base, resolves(HOST, 'not-found'), says(NS, HOST, 'nxdomain'), ...at('node', cannot({ kind: 'resolve', name: HOST }))],
      ends: 'dns.nxdomain likely',
    },
    { story: 'the nameserver says 0.0.0.0, which is nobody', to: TO, told: [...base, resolves(HOST, ['0.0.0.0']), says(NS, HOST, ['0.0.0.0']), connects('0.0.0.0', 5432, 'refused')], ends: 'dns.split-horizon likely', detail: '0.0.0.0', evidence: ['query'] },
    { story: 'so it does, and this place listens there', to: TO, told: [...base, resolves(HOST, ['0.0.0.0']), says(NS, HOST, ['0.0.0.0']), connects('0.0.0.0', 5432, 'connected')], ends: 'reachable likely' },
    {
      story: 'NXDOMAIN here, an address elsewhere', to: TO, contrasts: [NODE],
      told: [...base, resolves(HOST, 'not-found'), says(NS, HOST, 'nxdomain'), ...at('node', resolves(HOST, ['203.0.113.9']))],
      ends: 'dns.split-horizon likely', contrast: 'node', evidence: ['node resolve'],
    },
    { story: 'an answer that is empty, or cut off: over TCP it has addresses', to: TO, told: [...base, resolves(HOST, 'not-found'), says(NS, HOST, 'no-data', 'udp', { incomplete: true }), says(NS, HOST, ['203.0.113.10'], 'tcp')], ends: 'inconclusive dns.tcp-blocked' },
    { story: 'an answer that is empty, or cut off: over TCP it is empty', to: TO, told: [...base, resolves(HOST, 'not-found'), says(NS, HOST, 'no-data', 'udp', { incomplete: true }), says(NS, HOST, 'no-data', 'tcp')], ends: 'dns.no-address certain' },
    { story: 'an answer that is empty, or cut off, and nobody answers over TCP', to: TO, told: [...base, resolves(HOST, 'not-found'), says(NS, HOST, 'no-data', 'udp', { incomplete: true }), says(NS, HOST, 'timeout', 'tcp')], ends: 'dns.no-address possible' },
    { story: 'an answer that was cut off, whole over TCP, and the resolver has none', to: TO, told: [...base, resolves(HOST, 'failed'), says(NS, HOST, [], 'udp', { truncated: true }), says(NS, HOST, ['203.0.113.10'], 'tcp')], ends: 'inconclusive dns.tcp-blocked' },
    { story: 'the name has no address', to: TO, told: [...base, resolves(HOST, 'not-found'), says(NS, HOST, 'no-data')], ends: 'dns.no-address certain' },
    { story: 'SERVFAIL', to: TO, told: [...base, resolves(HOST, 'try-again'), says(NS, HOST, 'servfail')], ends: 'dns.servfail certain' },
    { story: 'REFUSED', to: TO, told: [...base, resolves(HOST, 'try-again'), says(NS, HOST, 'refused')], ends: 'dns.refused certain' },
    {
      story: 'one nameserver says SERVFAIL, the other NXDOMAIN', to: TO,
      told: [tools('dig'), files({ nameservers: [NS, NS2] }), resolves(HOST, 'not-found'), says(NS, HOST, 'servfail'), says(NS2, HOST, 'nxdomain')],
      ends: 'dns.nxdomain likely',
    },
    {
      story: 'the large answer is truncated and TCP 53 is closed', to: TO,
      told: [...base, resolves(HOST, 'try-again'), says(NS, HOST, [], 'udp', { truncated: true }), says(NS, HOST, 'timeout', 'tcp')],
      ends: 'dns.tcp-blocked certain',
    },
    {
      story: 'the large answer is truncated and could not be asked for by TCP', to: TO,
      told: [...base, resolves(HOST, 'try-again'), says(NS, HOST, ['203.0.113.9'], 'udp', { truncated: true })],
      ends: 'inconclusive',
    },
    {
      story: 'libc fails and the nameserver has the address', to: TO,
      told: [...base, resolves(HOST, 'not-found'), says(NS, HOST, ['203.0.113.9'])], ends: 'inconclusive', by: 'dns.resolve/unclear',
    },
    { story: 'only libc could be asked and says no such name', to: TO, told: [tools('getent'), files({ nameservers: [NS] }), resolves(HOST, 'not-found')], ends: 'dns.nxdomain likely' },
    { story: 'only libc could be asked and says "bad address"', to: TO, told: [tools('busybox'), files(), resolves(HOST, 'failed')], ends: 'inconclusive dns.nxdomain' },
    { story: 'a Service of the type ExternalName leads nowhere', to: 'svc/pay:8080', pod: true,
      told: [podState('running'), ...base, service('pay', { type: 'ExternalName', externalName: 'gone.example' }), resolves('pay.shop.svc', 'not-found'), says(NS, 'pay.shop.svc.cluster.local', 'nxdomain')],
      ends: 'dns.external-name likely', detail: 'gone.example',
    },
  ]);
});

describe('a resolver that keeps silent', () => {
  const silent = [resolves(HOST, 'try-again'), says(NS, HOST, 'timeout')];
  tellStories([
    { story: 'it answers nothing at all', to: TO, told: [...base, ...silent, says(NS, LOCAL, 'timeout'), ...GOOD_LINK], ends: 'dns.resolver-unreachable likely', detail: NS },
    { story: 'it answers localhost, so its upstream is gone', to: TO, told: [...base, ...silent, says(NS, LOCAL, ['127.0.0.1'])], ends: 'dns.servfail likely', by: 'dns.resolver/upstream' },
    { story: 'it answers localhost each time, and the name never', to: TO, told: [...base, ...silent, says(NS, LOCAL, ['127.0.0.1']), ...[1, 2, 3, 4].flatMap((attempt) => [onceMore(attempt, says(NS, HOST, 'timeout')), onceMore(attempt, says(NS, LOCAL, ['127.0.0.1']))])], ends: 'dns.servfail likely', by: 'dns.resolver/upstream' },
    { story: 'it answers localhost each time, and the name with SERVFAIL or not at all', to: TO, told: [...base, ...silent, says(NS, LOCAL, ['127.0.0.1']), ...[1, 2, 3, 4].flatMap((attempt) => [onceMore(attempt, says(NS, HOST, attempt < 3 ? 'servfail' : 'timeout')), onceMore(attempt, says(NS, LOCAL, ['127.0.0.1']))])], ends: 'dns.servfail likely', by: 'dns.resolver/upstream' },
    { story: 'it answers localhost, and the name another time', to: TO, told: [...base, ...silent, says(NS, LOCAL, ['127.0.0.1']), onceMore(2, says(NS, HOST, ['203.0.113.9'])), onceMore(3, says(NS, LOCAL, 'timeout'))], ends: 'dns.slow likely', by: 'dns.resolver/loses-questions', detail: '2/4' },
    { story: 'no question of ours is answered, and the look-up is another time', to: TO, told: [...base, ...silent, says(NS, LOCAL, 'timeout'), onceMore(2, resolves(HOST, ['203.0.113.9'])), ...GOOD_LINK], ends: 'dns.slow likely', by: 'dns.resolver/loses-questions' },
    { story: 'nobody could ask it again', to: TO, told: [...base, ...silent, ...GOOD_LINK], ends: 'inconclusive dns.resolver-unreachable' },
    { story: 'the pod has no interface', to: TO, told: [...base, ...silent, says(NS, LOCAL, 'timeout'), interfaces({ loopback: true, name: 'lo' }), routes(), neighbours()], ends: 'link.interface-down likely' },
    { story: 'the pod has no route', to: TO, told: [...base, ...silent, says(NS, LOCAL, 'unreachable'), interfaces(), noRoutes(), neighbours()], ends: 'ip.no-route likely' },
    { story: 'the gateway is dead', to: TO, told: [...base, ...silent, says(NS, LOCAL, 'timeout'), interfaces(), routes(), neighbours({ '10.1.0.1': 'failed' })], ends: 'link.gateway-unreachable likely' },
    {
      story: 'a local stub is down: no route is no reason', to: TO,
      told: [tools('dig'), files({ nameservers: ['127.0.0.53'] }), resolves(HOST, 'try-again'), says('127.0.0.53', HOST, 'timeout'), says('127.0.0.53', LOCAL, 'timeout'), interfaces(), noRoutes(), neighbours()],
      ends: 'dns.resolver-unreachable likely',
    },
    {
      story: 'CoreDNS has no ready endpoint', to: TO, pod: true,
      told: [podState('running'), ...base, ...silent, says(NS, CLUSTER, 'timeout'), clusterDns(NS, 0)], ends: 'dns.cluster-dns-down certain', evidence: ['cluster-dns'],
    },
    {
      story: 'resolv.conf names a resolver that is not the cluster\'s', to: TO, pod: true,
      told: [podState('running'), ...base, ...silent, says(NS, CLUSTER, 'timeout'), clusterDns('10.96.0.10', 2), says('10.96.0.10', HOST, ['203.0.113.9'])], ends: 'dns.wrong-resolver certain',
    },
    {
      story: 'NodeLocal DNSCache stands in front of the cluster\'s', to: TO, pod: true,
      told: [podState('running'), tools('dig'), files({ nameservers: ['169.254.20.10'] }), resolves(HOST, 'try-again'), says('169.254.20.10', HOST, 'timeout'), says('169.254.20.10', CLUSTER, 'timeout'), clusterDns('10.96.0.10', 2), ...GOOD_LINK],
      ends: 'dns.resolver-unreachable likely',
    },
    {
      story: 'the cluster\'s DNS may not be read', to: TO, pod: true,
      told: [podState('running'), ...base, ...silent, says(NS, CLUSTER, 'timeout'), cannot({ kind: 'cluster-dns' }), ...GOOD_LINK], ends: 'dns.resolver-unreachable likely',
    },
  ]);
});

describe('a name that leads to the wrong address', () => {
  const dead = '203.0.113.1';
  const right = '203.0.113.2';
  tellStories([
    {
      story: 'the hosts file overrides the nameserver', to: TO,
      told: [tools('nc'), files({ hosts: { [dead]: [HOST] } }), resolves(HOST, [dead]), says(NS, HOST, [right]), connects(dead, 5432, 'timeout')],
      ends: 'dns.stale-hosts certain', evidence: ['files', 'query', 'resolve'], detail: dead,
    },
    {
      story: 'the hosts file agrees with the nameserver', to: TO,
      told: [tools('nc'), files({ hosts: { [dead]: [HOST] } }), resolves(HOST, [dead]), says(NS, HOST, [dead]), connects(dead, 5432, 'refused'), connects(dead, 5432, 'refused', { attempt: 1 })],
      ends: 'tcp.refused likely',
    },
    {
      story: 'the hosts file overrides and the nameserver could not be asked', to: TO,
      told: [tools('nc'), files({ hosts: { [dead]: [HOST] } }), resolves(HOST, [dead]), connects(dead, 5432, 'refused')],
      ends: 'tcp.refused likely',
    },
    {
      story: 'a search domain answers for the name', to: TO,
      told: [
        tools('nc'), files({ search: ['corp.example'] }), resolves(HOST, [dead]), says(NS, HOST, [right]), says(NS, `${HOST}.corp.example`, [dead]), connects(dead, 5432, 'timeout'),
      ],
      ends: 'dns.search-hijack likely', detail: `${HOST}.corp.example`, evidence: ['query', 'resolve'],
    },
    {
      story: 'answers rotate and no search domain is to blame', to: TO,
      told: [
        tools('nc'), files({ search: ['corp.example'] }), resolves(HOST, [dead]), says(NS, HOST, [right]), says(NS, `${HOST}.corp.example`, 'nxdomain'), connects(dead, 5432, 'refused'),
      ],
      ends: 'tcp.refused likely',
    },
    {
      story: 'another place gets another address, which works', to: TO, contrasts: [NODE],
      told: [
        tools('nc'), files(), resolves(HOST, [dead]), connects(dead, 5432, 'timeout'),
        ...at('node', resolves(HOST, [right]), connects(right, 5432, 'connected'), connects(dead, 5432, 'timeout')),
      ],
      ends: 'dns.split-horizon likely', contrast: 'node', evidence: ['node connect', 'node resolve'],
    },
  ]);
});
