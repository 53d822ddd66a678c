/** The names that the captured outputs of resolvers ask for: each stands for one thing that a nameserver can do. */
import type { Answer } from 'dns-packet';
import type { DnsRule } from '../../lab/dns-server.ts';

const a = (name: string, data: string): Answer => ({ type: 'A', name, ttl: 30, data });
const aaaa = (name: string, data: string): Answer => ({ type: 'AAAA', name, ttl: 30, data });
const cname = (name: string, data: string): Answer => ({ type: 'CNAME', name, ttl: 30, data });

const MANY = Array.from({ length: 60 }, (_, index) => a('large.lab.example', `203.0.113.${String(index + 1)}`));
const CHAIN = [cname('alias.lab.example', 'edge.lab.example'), cname('edge.lab.example', 'api.lab.example')];

export const ZONE: readonly DnsRule[] = [
  { name: 'api.lab.example', recordType: 'A', reply: { answers: [a('api.lab.example', '203.0.113.10')] } },
  { name: 'both.lab.example', recordType: 'A', reply: { answers: [a('both.lab.example', '203.0.113.10'), a('both.lab.example', '203.0.113.12')] } },
  { name: 'both.lab.example', recordType: 'AAAA', reply: { answers: [aaaa('both.lab.example', '2001:db8::10')] } },
  { name: 'v6only.lab.example', recordType: 'AAAA', reply: { answers: [aaaa('v6only.lab.example', '2001:db8::10')] } },
  { name: 'alias.lab.example', recordType: 'A', reply: { answers: [...CHAIN, a('api.lab.example', '203.0.113.10')] } },
  { name: 'alias.lab.example', reply: { answers: CHAIN } },
  { name: 'dangling.lab.example', reply: { rcode: 'NXDOMAIN', answers: [cname('dangling.lab.example', 'gone.lab.example')] } },
  { name: 'broken.lab.example', reply: { rcode: 'SERVFAIL' } },
  { name: 'forbidden.lab.example', reply: { rcode: 'REFUSED' } },
  { name: 'silent.lab.example', reply: { drop: true } },
  { name: 'slow.lab.example', recordType: 'A', reply: { delayMs: 1200, answers: [a('slow.lab.example', '203.0.113.14')] } },
  { name: 'large.lab.example', recordType: 'A', reply: { answers: MANY } },
  { name: 'cut.lab.example', transport: 'udp', reply: { truncate: true } },
  { name: 'cut.lab.example', recordType: 'A', transport: 'tcp', reply: { answers: [a('cut.lab.example', '203.0.113.15')] } },
  { name: 'hangup.lab.example', reply: { close: true } },
  // These exist without an address: NOERROR, no records of the wanted type, the zone's SOA.
  { name: 'empty.lab.example', reply: {} },
  { name: 'api.lab.example', reply: {} },
  { name: 'v6only.lab.example', reply: {} },
  { name: 'slow.lab.example', reply: {} },
  { name: 'both.lab.example', reply: {} },
  { name: 'large.lab.example', reply: {} },
];
