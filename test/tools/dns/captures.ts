/** Every captured case: the real argv of the dialect for this question, or a form that people paste. */
import type { Parse } from '../../../src/domain/dialect.ts';
import type { ToolsFact } from '../../../src/domain/facts.ts';
import { dig } from '../../../src/tools/dig/dig.ts';
import { parseDig } from '../../../src/tools/dig/parse.ts';
import type { Query } from '../../../src/tools/dns-message/message.ts';
import { bashUdp } from '../../../src/tools/getaddrinfo/bash.ts';
import { curlResolve } from '../../../src/tools/getaddrinfo/curl.ts';
import { pingBusybox, pingIputils } from '../../../src/tools/getaddrinfo/ping.ts';
import { nodeLookup, perlGetaddrinfo, python3Getaddrinfo } from '../../../src/tools/getaddrinfo/scripts.ts';
import { getentAhosts, getentHosts, parseGetent } from '../../../src/tools/getent/getent.ts';
import { host, parseHost } from '../../../src/tools/host/host.ts';
import { nslookupBind, nslookupBusybox, nslookupSmall } from '../../../src/tools/nslookup/nslookup.ts';
import { parseNslookupBind } from '../../../src/tools/nslookup/parse-bind.ts';
import { parseNslookupBusybox } from '../../../src/tools/nslookup/parse-busybox.ts';

export interface Capture {
  /** test/tools/FOLDER/fixtures/DIALECT--NAME.out */
  readonly folder: string;
  readonly dialect: string;
  readonly name: string;
  readonly program: string;
  readonly argv: readonly string[];
  readonly parse: Parse;
  /** Captured by hand in a pod of a cluster whose CoreDNS answers with authority; its `program` is what the pod has. */
  readonly inCluster?: true;
}

const LIMITS = { connectTimeoutMs: 2000, commandTimeoutMs: 10_000 };
const NO_TOOLS: ToolsFact = { kind: 'tools', tools: {}, versions: {} };

interface Case {
  readonly name: string;
  readonly ask: Partial<Query> & Pick<Query, 'name'>;
}

const QUERY_CASES: readonly Case[] = [
  { name: 'answered', ask: { name: 'api.lab.example' } },
  { name: 'two-addresses', ask: { name: 'both.lab.example' } },
  { name: 'aaaa', ask: { name: 'both.lab.example', recordType: 'AAAA' } },
  { name: 'nameserver-ipv6', ask: { name: 'api.lab.example', nameserver: 'fd77::53' } },
  { name: 'alias', ask: { name: 'alias.lab.example' } },
  { name: 'alias-no-data', ask: { name: 'alias.lab.example', recordType: 'AAAA' } },
  { name: 'alias-nxdomain', ask: { name: 'dangling.lab.example' } },
  { name: 'nxdomain', ask: { name: 'nope.lab.example' } },
  { name: 'no-data', ask: { name: 'empty.lab.example' } },
  { name: 'servfail', ask: { name: 'broken.lab.example' } },
  { name: 'refused', ask: { name: 'forbidden.lab.example' } },
  { name: 'slow', ask: { name: 'slow.lab.example' } },
  { name: 'timeout', ask: { name: 'silent.lab.example' } },
  { name: 'dropped', ask: { name: 'api.lab.example', nameserver: '10.77.0.56' } },
  { name: 'port-closed', ask: { name: 'api.lab.example', nameserver: '10.77.0.55' } },
  { name: 'no-route', ask: { name: 'api.lab.example', nameserver: '192.0.2.53' } },
  { name: 'truncated', ask: { name: 'cut.lab.example' } },
  { name: 'truncated-tcp-closed', ask: { name: 'cut.lab.example', nameserver: '10.77.0.54' } },
  { name: 'tcp-answered', ask: { name: 'large.lab.example', transport: 'tcp' } },
  { name: 'tcp-nxdomain', ask: { name: 'nope.lab.example', transport: 'tcp' } },
  { name: 'tcp-port-closed', ask: { name: 'api.lab.example', nameserver: '10.77.0.54', transport: 'tcp' } },
  { name: 'tcp-dropped', ask: { name: 'api.lab.example', nameserver: '10.77.0.56', transport: 'tcp' } },
  { name: 'tcp-hang-up', ask: { name: 'hangup.lab.example', transport: 'tcp' } },
];

const QUERY_DIALECTS = [
  { dialect: dig, folder: 'dig', program: 'dig' },
  { dialect: nslookupBind, folder: 'nslookup', program: 'nslookup' },
  { dialect: host, folder: 'host', program: 'host' },
  { dialect: nslookupBusybox, folder: 'nslookup', program: 'busybox' },
] as const;

const queries = QUERY_DIALECTS.flatMap(({ dialect, folder, program }) =>
  QUERY_CASES.flatMap(({ name, ask }): readonly Capture[] => {
    const question: Query = { kind: 'query', nameserver: '10.77.0.53', recordType: 'A', transport: 'udp', ...ask };
    const argv = dialect.argv(question, LIMITS, NO_TOOLS);
    return argv === null ? [] : [{ folder, dialect: dialect.id, name, program, argv, parse: dialect.parse }];
  }),
);

const RESOLVE_CASES = [
  { name: 'answered', ask: 'api.lab.example' },
  { name: 'both-families', ask: 'both.lab.example' },
  { name: 'ipv6-only', ask: 'v6only.lab.example' },
  { name: 'search-list', ask: 'api' },
  { name: 'alias', ask: 'alias.lab.example' },
  { name: 'hosts-file', ask: 'pinned' },
  { name: 'no-such-name', ask: 'nope' },
  { name: 'no-address', ask: 'empty.lab.example.' },
  { name: 'servfail', ask: 'broken.lab.example.' },
  { name: 'timeout', ask: 'silent.lab.example.' },
] as const;

const RESOLVE_DIALECTS = [
  { dialect: getentAhosts, folder: 'getent', program: 'getent' },
  { dialect: getentHosts, folder: 'getent', program: 'getent' },
  { dialect: python3Getaddrinfo, folder: 'getaddrinfo', program: 'python3' },
  { dialect: perlGetaddrinfo, folder: 'getaddrinfo', program: 'perl' },
  { dialect: nodeLookup, folder: 'getaddrinfo', program: 'node' },
  { dialect: bashUdp, folder: 'getaddrinfo', program: 'bash' },
  { dialect: curlResolve, folder: 'getaddrinfo', program: 'curl' },
  { dialect: pingIputils, folder: 'getaddrinfo', program: 'ping' },
  { dialect: pingBusybox, folder: 'getaddrinfo', program: 'busybox' },
  { dialect: nslookupSmall, folder: 'nslookup', program: 'busybox-small' },
] as const;

const resolutions = RESOLVE_DIALECTS.flatMap(({ dialect, folder, program }) =>
  RESOLVE_CASES.flatMap(({ name, ask }): readonly Capture[] => {
    const argv = dialect.argv({ kind: 'resolve', name: ask }, LIMITS, NO_TOOLS);
    return argv === null ? [] : [{ folder, dialect: dialect.id, name, program, argv, parse: dialect.parse }];
  }),
);

const pasted = (folder: string, dialect: string, program: string, parse: Parse, forms: Readonly<Record<string, string>>): readonly Capture[] =>
  Object.entries(forms).map(([name, command]) => ({ folder, dialect, name: `pasted-${name}`, program, argv: command.split(' '), parse }));

const forms = [
  ...pasted('dig', 'dig', 'dig', parseDig, {
    plain: 'dig api.lab.example',
    short: 'dig +short alias.lab.example',
    'short-nothing': 'dig +short nope.lab.example',
    'answer-only': 'dig +noall +answer alias.lab.example',
    'two-types': 'dig both.lab.example A both.lab.example AAAA',
    search: 'dig +search api',
    'truncated-then-tcp': 'dig +noedns large.lab.example',
    'truncated-then-tcp-closed': 'dig +noedns @10.77.0.54 cut.lab.example',
    mx: 'dig empty.lab.example MX',
    'bad-option': 'dig +nonsense api.lab.example',
    'unknown-server': 'dig @nope.lab.example api.lab.example',
  }),
  ...pasted('nslookup', 'nslookup-bind', 'nslookup', parseNslookupBind, {
    plain: 'nslookup both.lab.example',
    search: 'nslookup api',
    'search-nxdomain': 'nslookup nope',
    'no-data': 'nslookup empty.lab.example',
  }),
  ...pasted('nslookup', 'nslookup-busybox', 'busybox', parseNslookupBusybox, {
    plain: 'nslookup both.lab.example',
    search: 'nslookup api',
    'search-nxdomain': 'nslookup nope',
    nxdomain: 'nslookup nope.lab.example',
    'hosts-file': 'nslookup pinned',
    usage: 'nslookup',
  }),
  ...pasted('nslookup', 'nslookup-busybox-small', 'busybox-small', parseNslookupBusybox, { server: 'nslookup both.lab.example 10.77.0.53' }),
  ...pasted('host', 'host', 'host', parseHost, {
    plain: 'host both.lab.example',
    search: 'host api',
    nxdomain: 'host nope.lab.example',
  }),
  ...pasted('getent', 'getent', 'getent', parseGetent, { 'unknown-database': 'getent nonsense api' }),
];

const clusterQuery = (name: string, recordType: 'A' | 'AAAA'): Capture => {
  const nameserver = '10.96.0.10';
  const ask: Query = { kind: 'query', name: 'orders.shop.svc.cluster.local', nameserver, recordType, transport: 'udp' };
  const argv = nslookupBusybox.argv(ask, LIMITS, NO_TOOLS) ?? [];
  return { folder: 'nslookup', dialect: nslookupBusybox.id, name, program: 'busybox', argv, parse: nslookupBusybox.parse, inCluster: true };
};

const inCluster: readonly Capture[] = [
  clusterQuery('authoritative', 'A'),
  clusterQuery('authoritative-no-data', 'AAAA'),
  { folder: 'getent', dialect: 'getent', name: 'exec-no-such-name', program: 'getent', argv: ['getent', 'ahosts', 'no-such-name.example'], parse: parseGetent, inCluster: true },
];

export const CAPTURES: readonly Capture[] = [...queries, ...resolutions, ...forms, ...inCluster];
