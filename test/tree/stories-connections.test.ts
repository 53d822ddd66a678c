import { describe } from 'vitest';
import {
  onceMore, at, by, cannot, cniState, connects, counters, files, interfaces, neighbours, nodeState, noRoutes, pings, podState, resolves, route, routes, says, speaks, told, tools, traces, GOOD_LINK,
} from './facts.ts';
import type { ConnectOutcome } from '../../src/domain/facts.ts';
import { contrast, unavailable, type Told } from './situation.ts';
import { tellStories } from './story.ts';

const A = '203.0.113.10';
const TO = `tcp://${A}:5432`;
const HOST = 'db.example.com';
const NAMED = `tcp://${HOST}:5432`;
const NODE = contrast('node', 'node', 'n1');
const LAPTOP = contrast('laptop', 'outside');
const SIBLING = contrast('sibling', 'sibling', 'n2');
const NEIGHBOUR = contrast('neighbour', 'pod', 'n1');
const FAR = contrast('far', 'pod', 'n2');
const base = [tools('nc'), files()];

function allows(address: string, port: number): Told {
  return told({ kind: 'policy', address, port, transport: 'tcp' }, {
    kind: 'policy', direction: 'egress', pod: 'shop/orders-1', verdict: 'allowed', usual: 'allowed', doubts: [], selectedBy: [], deciding: [], suggestedPolicy: null, customPolicies: [], unreadable: [],
  });
}

function tries(...outcomes: readonly ConnectOutcome[]): readonly Told[] {
  return outcomes.map((outcome, attempt) => connects(A, 5432, outcome, { attempt, elapsedMs: outcome === 'timeout' ? 3000 : 20 }));
}

const quick = ['refused', 'refused'].map((outcome, attempt) => connects(A, 5432, outcome as ConnectOutcome, { attempt, elapsedMs: 0.2 }));
const silent = [...base, ...tries('timeout', 'timeout', 'timeout')];

const FIVE_REFUSALS = [0, 1, 2, 3, 4].map((attempt) => connects(A, 5432, 'refused', { attempt, elapsedMs: 20 }));
/** By a netcat, of which only the arrival of lines is timed; null: they came together. */
const byLines = (triesMs: readonly (number | null)[], otherMs: number | null): readonly Told[] =>
  by('nc-busybox', ...triesMs.map((elapsedMs, attempt) => connects(A, 5432, 'refused', { attempt, elapsedMs })), connects(A, 443, 'connected', { elapsedMs: otherMs }));
const counted = (changes: Readonly<Record<string, number>>): readonly Told[] => [0, 2].map((attempt) => told({ kind: 'counters', attempt }, ...counters({ changes: attempt === 0 ? null : changes })));

describe('a port that refuses', () => {
  tellStories([
    { story: 'it refuses and the host answers pings', to: TO, told: [...base, ...tries('refused', 'refused'), pings(A, 3, { avgMs: 20 })], ends: 'tcp.refused likely' },
    { story: 'it refuses here and elsewhere', to: TO, contrasts: [NODE], told: [...base, ...tries('refused', 'refused'), pings(A, 3, { avgMs: 20 }), ...at('node', connects(A, 5432, 'refused'))], ends: 'tcp.refused likely', evidence: ['ping', 'node connect'] },
    { story: 'it refuses, and elsewhere it is silent', to: TO, contrasts: [NODE], told: [...base, ...tries('refused', 'refused'), pings(A, 3, { avgMs: 20 }), ...at('node', connects(A, 5432, 'timeout'))], ends: 'tcp.refused likely' },
    { story: 'the name leads to the loopback, where another place has a server of its own', to: NAMED, contrasts: [NODE], told: [...base, resolves(HOST, ['127.0.0.1']), connects('127.0.0.1', 5432, 'refused'), ...at('node', connects('127.0.0.1', 5432, 'connected'))], ends: 'tcp.refused likely' },
    { story: 'it refuses, and elsewhere it connects', to: TO, contrasts: [NODE], told: [...base, ...tries('refused', 'refused'), ...at('node', connects(A, 5432, 'connected'))], ends: 'tcp.rejected-on-path likely', contrast: 'node', evidence: ['node connect'] },
    { story: 'the refusal is far faster than the path', to: TO, told: [...base, connects(A, 5432, 'refused', { elapsedMs: 1 }), connects(A, 5432, 'refused', { attempt: 1, elapsedMs: 1 }), pings(A, 3, { avgMs: 40 })], ends: 'tcp.rejected-on-path likely', detail: 'ms' },
    { story: 'the second try connects, and others could not be made', to: TO, told: [...base, ...tries('refused', 'connected')], ends: 'tcp.intermittent likely', detail: '1/2' },
    { story: 'nothing else could be asked', to: TO, told: [...base, connects(A, 5432, 'refused')], ends: 'tcp.refused likely' },
    { story: 'it is reset during the connect', to: TO, told: [...base, ...tries('reset', 'reset')], ends: 'tcp.refused likely' },
    { story: 'one of five refusals is faster than the path, which is no firewall', to: TO, told: [...base, ...[38, 14, 25, 8, 3.5].map((elapsedMs, attempt) => connects(A, 5432, 'refused', { attempt, elapsedMs })), pings(A, 3, { avgMs: 9 })], ends: 'tcp.refused likely' },
    { story: 'as many ICMP errors as refusals', to: TO, told: [...base, ...FIVE_REFUSALS, ...counted({ IcmpInDestUnreachs: 5 }), pings(A, 3, { avgMs: 20 })], ends: 'tcp.rejected-on-path likely', detail: 'ICMP', evidence: ['counters'] },
    { story: 'fewer ICMP errors than refusals', to: TO, told: [...base, ...FIVE_REFUSALS, ...counted({ IcmpInDestUnreachs: 3 }), pings(A, 3, { avgMs: 20 })], ends: 'tcp.refused likely' },
    { story: 'ICMP errors that may be of a trace', to: TO, told: [...base, ...FIVE_REFUSALS, ...counted({ IcmpInDestUnreachs: 9 }), told({ kind: 'trace', address: A, port: null }, unavailable('no-tool')), pings(A, 3, { avgMs: 20 })], ends: 'tcp.refused likely' },
    { story: 'as many ICMP errors as refusals, where others try to connect, too', to: TO, told: [...base, ...FIVE_REFUSALS, ...counted({ IcmpInDestUnreachs: 6, TcpAttemptFails: 14 }), pings(A, 3, { avgMs: 20 })], ends: 'tcp.refused likely' },
    { story: 'as many ICMP errors as refusals and others that failed', to: TO, told: [...base, ...FIVE_REFUSALS, ...counted({ IcmpInDestUnreachs: 6, TcpAttemptFails: 6 }), pings(A, 3, { avgMs: 20 })], ends: 'tcp.rejected-on-path likely', detail: 'ICMP', evidence: ['counters'] },
    { story: 'as many ICMP errors as refusals, while somebody traces', to: TO, told: [...base, ...FIVE_REFUSALS, ...counted({ IcmpInDestUnreachs: 6, IcmpInTimeExcds: 3, TcpAttemptFails: 5 }), pings(A, 3, { avgMs: 20 })], ends: 'tcp.refused likely' },
    { story: 'lines arrive faster than the path', to: TO, told: [...base, ...byLines([1.2, 3, null, 2.5, 1.1], 41), pings(A, 3, { avgMs: 40 })], ends: 'tcp.rejected-on-path likely', detail: '3.0 ms / 40.0 ms' },
    { story: 'lines arrive faster than the path, and so they do of a handshake', to: TO, told: [...base, ...byLines([1.2, 3, null, 2.5, 1.1], 2), pings(A, 3, { avgMs: 40 })], ends: 'tcp.refused likely' },
    { story: 'the lines of one try arrive apart', to: TO, told: [...base, ...byLines([null, 3.9, null, null, null], 43), pings(A, 3, { avgMs: 40 })], ends: 'tcp.refused likely' },
    { story: 'lines arrive as late as they may, and no echo says how long the way is', to: TO, told: [...base, ...byLines([1.2, 3, 2, 2.5, 1.1], 43), cannot({ kind: 'ping', address: A })], ends: 'tcp.refused likely' },
    { story: 'each refusal comes when the SYN is sent again', to: TO, told: [...base, ...[1016, 1002, 1030, 1009, 1011].map((elapsedMs, attempt) => connects(A, 5432, 'refused', { attempt, elapsedMs })), pings(A, 3, { avgMs: 0.1 })], ends: 'tcp.rejected-on-path likely', detail: '1016 ms' },
    { story: 'some tries are refused when the SYN is sent again, others hear nothing', to: TO, told: [...base, ...[1016, 3000, 2052, 3000, 3000].map((elapsedMs, attempt) => connects(A, 5432, elapsedMs === 3000 ? 'timeout' : 'refused', { attempt, elapsedMs })), pings(A, 3, { avgMs: 0.1 })], ends: 'tcp.rejected-on-path likely', detail: '2052 ms' },
    { story: 'only a later try is refused', to: TO, told: [...base, ...[3000, 3000, 1011, 3000, 3000].map((elapsedMs, attempt) => connects(A, 5432, elapsedMs === 3000 ? 'timeout' : 'refused', { attempt, elapsedMs })), pings(A, 3, { avgMs: 0.1 })], ends: 'tcp.rejected-on-path likely' },
    { story: 'one refusal of three was held up', to: TO, told: [...base, ...[1016, 1, 1].map((elapsedMs, attempt) => connects(A, 5432, 'refused', { attempt, elapsedMs }))], ends: 'tcp.refused likely' },
    { story: 'refused nearer than the host is', to: TO, contrasts: [NODE], told: [...base, ...quick, pings(A, 3, { avgMs: 0.2 }), traces(A, 5432, ['10.1.0.1', '198.51.100.1', A], true), traces(A, null, ['10.1.0.1', '198.51.100.1', null, A], true), ...at('node', connects(A, 5432, 'refused'))], ends: 'tcp.rejected-on-path likely', detail: 'TTL 3 < 4' },
    { story: 'refused where the host is, or by the last router before it', to: TO, contrasts: [NODE], told: [...base, ...quick, pings(A, 3, { avgMs: 0.2 }), traces(A, 5432, ['10.1.0.1', A], true), traces(A, null, ['10.1.0.1', A], true), ...at('node', connects(A, 5432, 'refused'))], ends: 'tcp.refused likely', evidence: ['trace'] },
    { story: 'refused by a host without a router in between', to: TO, contrasts: [NODE], told: [...base, ...quick, pings(A, 3, { avgMs: 0.2 }), traces(A, 5432, [A], true), traces(A, null, [A], true), ...at('node', connects(A, 5432, 'refused'))], ends: 'tcp.refused certain', evidence: ['trace'] },
    { story: 'refused, and nobody can tell from where', to: TO, contrasts: [NODE], told: [...base, ...quick, pings(A, 3, { avgMs: 0.2 }), ...at('node', connects(A, 5432, 'refused'))], ends: 'tcp.refused likely' },
    { story: 'something says that the protocol is not spoken there', to: TO, told: [...base, ...tries('protocol-unreachable')], ends: 'tcp.rejected-on-path likely' },
    { story: 'a blackhole route stands here', to: TO, told: [...base, ...tries('failed'), interfaces(), routes(route('0.0.0.0/0', '10.1.0.1'), route(`${A}/32`, null, 'blackhole')), neighbours()], ends: 'ip.no-route certain' },
    { story: 'a prohibit route stands here', to: TO, told: [...base, ...tries('not-permitted'), interfaces(), routes(route('0.0.0.0/0', '10.1.0.1'), route(`${A}/32`, null, 'prohibit')), neighbours()], ends: 'ip.no-route certain' },
    { story: 'unreachable, and the router that says so has an error for one packet', to: TO, told: [...base, ...tries('host-unreachable', 'timeout', 'timeout'), interfaces(), routes(), traces(A, 5432, ['10.1.0.1', '198.51.100.1!prohibited'], false, { sparing: true })], ends: 'ip.prohibited certain', detail: '198.51.100.1' },
    { story: 'a firewall on this machine forbids it', to: TO, told: [...base, ...tries('not-permitted')], ends: 'tcp.rejected-on-path likely' },
    { story: 'there is no source port left', to: TO, told: [...base, ...tries('address-not-available')], ends: 'tcp.ports-exhausted likely' },
    { story: 'bash says something that nobody knows', to: TO, told: [tools('bash'), files(), ...tries('failed')], ends: 'inconclusive' },
  ]);
});

describe('a port that keeps silent', () => {
  tellStories([
    { story: 'the host answers pings', to: TO, told: [...silent, pings(A, 3), ...GOOD_LINK], ends: 'tcp.filtered likely', evidence: ['ping'] },
    { story: 'another port refuses', to: TO, told: [...silent, pings(A, 0), connects(A, 443, 'refused'), ...GOOD_LINK], ends: 'tcp.filtered likely' },
    { story: 'packets of every TTL end at the same router', to: TO, told: [...silent, pings(A, 0), traces(A, 5432, ['198.51.100.1', '198.51.100.1', null, '198.51.100.1']), ...GOOD_LINK], ends: 'ip.path-dead-after likely', by: 'ip.trace/same-ttl', detail: '198.51.100.1' },
    { story: 'the trace reaches the host', to: TO, told: [...silent, pings(A, 0), traces(A, 5432, ['10.1.0.1', A], true), ...GOOD_LINK], ends: 'tcp.filtered likely', evidence: ['trace'] },
    { story: 'silent from elsewhere too, and the host answers pings', to: TO, contrasts: [NODE], told: [...silent, pings(A, 3), ...GOOD_LINK, ...at('node', connects(A, 5432, 'timeout'))], ends: 'tcp.filtered certain', evidence: ['node connect'] },
    { story: 'silent here; the other place has no route there', to: TO, contrasts: [LAPTOP], told: [...silent, pings(A, 3), ...GOOD_LINK, ...at('laptop', connects(A, 5432, 'network-unreachable'))], ends: 'tcp.filtered likely' },
    { story: 'the host answers nothing', to: TO, told: [...silent, pings(A, 0), traces(A, 5432, ['10.1.0.1', '198.51.100.1', null, null]), ...GOOD_LINK, connects(A, 443, 'timeout'), connects(A, 80, 'timeout'), connects(A, 22, 'timeout')], ends: 'tcp.host-silent possible', detail: '198.51.100.1' },
    { story: 'the host answers nothing, from nowhere', to: TO, contrasts: [NODE], told: [...silent, pings(A, 0), traces(A, 5432, ['10.1.0.1', '198.51.100.1', null]), ...GOOD_LINK, connects(A, 443, 'timeout'), connects(A, 80, 'timeout'), connects(A, 22, 'timeout'), ...at('node', connects(A, 5432, 'timeout'))], ends: 'tcp.host-silent likely' },
    { story: 'ping, trace and the rest are not there', to: TO, told: silent, ends: 'inconclusive tcp.filtered' },
    { story: 'a try connects after all', to: TO, told: [...base, ...tries('timeout', 'connected', 'timeout'), pings(A, 3)], ends: 'tcp.intermittent likely', detail: '2/3' },
    { story: 'a router says prohibited', to: TO, told: [...silent, pings(A, 0), interfaces(), traces(A, 5432, ['10.1.0.1', '198.51.100.1!prohibited'])], ends: 'ip.prohibited certain', detail: '198.51.100.1' },
    { story: 'a router says host unreachable', to: TO, told: [...silent, interfaces(), pings(A, 0, { errors: [{ from: '198.51.100.1', error: 'host-unreachable' }] })], ends: 'ip.unreachable certain', detail: '198.51.100.1' },
    { story: 'routers pass it round, and only a sparing trace sees it', to: TO, told: [...base, connects(A, 5432, 'host-unreachable', { elapsedMs: 40 }), ...GOOD_LINK, { ...traces(A, 5432, ['10.1.0.1', '198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2']), question: { kind: 'trace', address: A, port: 5432, sparing: true } }, traces(A, 5432, ['10.1.0.1', '198.51.100.1', null, null])], ends: 'ip.routing-loop certain' },
    { story: 'routers pass it round', to: TO, told: [...silent, pings(A, 0), traces(A, 5432, ['10.1.0.1', '198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2'])], ends: 'ip.routing-loop certain' },
    { story: 'routers pass it round, seen from elsewhere where it fails too', to: TO, contrasts: [NODE], told: [...silent, ...at('node', connects(A, 5432, 'timeout'), traces(A, 5432, ['198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2']))], ends: 'ip.routing-loop likely', contrast: 'node' },
    { story: 'the gateway is dead', to: TO, told: [...silent, pings(A, 0), interfaces(), routes(), neighbours({ '10.1.0.1': 'failed' })], ends: 'link.gateway-unreachable certain', detail: '10.1.0.1' },
    { story: 'the gateway is dead, because the carrier is gone by now', to: TO, told: [...silent, pings(A, 0), interfaces(), { ...interfaces({ carrier: false }), question: { kind: 'interfaces', again: true } }, routes(), neighbours({ '10.1.0.1': 'failed' })], ends: 'link.interface-down certain', detail: 'NO-CARRIER' },
    { story: 'the interface is down', to: TO, told: [...silent, interfaces({ up: false, addresses: [] }), routes(), neighbours()], ends: 'link.interface-down certain' },
    { story: 'the table has no way there any more', to: TO, told: [...silent, interfaces(), noRoutes(), neighbours()], ends: 'ip.no-route certain', by: 'link.interfaces/down' },
    { story: 'the address lies in the pod\'s own network', to: 'tcp://10.1.0.99:5432', pod: true, told: [podState('running'), ...base, connects('10.1.0.99', 5432, 'timeout'), interfaces(), routes(), neighbours({ '10.1.0.99': 'failed' })], ends: 'ip.cidr-overlap likely' },
    { story: 'a neighbour of this machine is off', to: 'tcp://10.1.0.99:5432', told: [...base, connects('10.1.0.99', 5432, 'timeout'), interfaces(), routes(), neighbours({ '10.1.0.99': 'incomplete' })], ends: 'tcp.host-silent likely' },
  ]);
});

describe('a port that is silent here and open elsewhere', () => {
  const pod = [podState('running'), ...silent, pings(A, 0), ...GOOD_LINK];
  const open = (name: string): readonly Told[] => at(name, connects(A, 5432, 'connected'));
  const shut = (name: string): readonly Told[] => at(name, connects(A, 5432, 'timeout'));
  const healthy = [nodeState(true), cniState(true)];
  tellStories([
    { story: 'only pods fail', to: TO, pod: true, contrasts: [NODE], told: [...pod, ...healthy, ...open('node')], ends: 'tcp.filtered-from-pods likely', contrast: 'node' },
    { story: 'pods of this node fail, a replica on another connects', to: TO, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...pod, ...healthy, ...open('sibling'), ...shut('neighbour')], ends: 'node.single-node-fault certain', contrast: 'sibling' },
    { story: 'a replica on another node connects, and nobody of this one could be asked', to: TO, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...pod, ...healthy, ...open('sibling'), ...at('neighbour', cannot({ kind: 'connect', address: A, port: 5432, attempt: 0 }))], ends: 'node.single-node-fault likely', contrast: 'sibling' },
    { story: 'another pod of another node connects, and policies are not known', to: TO, pod: true, contrasts: [FAR], told: [...pod, ...healthy, ...open('far')], ends: 'inconclusive policy.allowed-but-dropped' },
    { story: 'another pod of another node connects, and policies allow it', to: TO, pod: true, contrasts: [FAR], told: [...pod, ...healthy, ...open('far'), allows(A, 5432)], ends: 'node.single-node-fault likely', contrast: 'far' },
    { story: 'a pod of this very node connects, and policies allow it', to: TO, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...pod, ...healthy, ...open('sibling'), ...open('neighbour'), allows(A, 5432)], ends: 'policy.allowed-but-dropped likely' },
    { story: 'a pod of this very node connects', to: TO, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...pod, ...healthy, ...open('sibling'), ...open('neighbour')], ends: 'inconclusive policy.allowed-but-dropped' },
    { story: 'only the node answers the trace', to: TO, pod: true, contrasts: [NODE], told: [...pod, ...healthy, traces(A, 5432, ['10.1.0.1', null, null]), ...open('node'), ...at('node', traces(A, 5432, ['198.51.100.1', '198.51.100.2', A], true))], ends: 'ip.not-masqueraded likely', evidence: ['trace', 'node trace'] },
    { story: 'our path ends where the other goes on', to: TO, pod: true, contrasts: [NODE], told: [...pod, ...healthy, traces(A, 5432, ['10.1.0.1', '198.51.100.1', null, null]), ...open('node'), ...at('node', traces(A, 5432, ['198.51.100.1', '198.51.100.9', '198.51.100.10', A], true))], ends: 'ip.path-dead-after likely', detail: '198.51.100.1' },
    { story: 'the node is not ready', to: TO, pod: true, contrasts: [SIBLING], told: [...pod, nodeState(false), ...open('sibling')], ends: 'node.not-ready likely' },
    { story: 'the node has no network', to: TO, pod: true, contrasts: [SIBLING], told: [...pod, nodeState(true, true), ...open('sibling')], ends: 'node.network-unavailable certain' },
    { story: 'the network plugin\'s agent is down', to: TO, pod: true, contrasts: [SIBLING], told: [...pod, nodeState(true), cniState(false), ...open('sibling')], ends: 'node.cni-agent-failing likely', detail: 'CNI' },
    { story: 'nodes may not be read', to: TO, pod: true, contrasts: [NODE], told: [...pod, cannot({ kind: 'node-state' }), cannot({ kind: 'cni-state' }), ...open('node')], ends: 'tcp.filtered-from-pods likely' },
  ]);
});

describe('an address that cannot be reached', () => {
  const six = '2001:db8::10';
  tellStories([
    { story: 'there is no route', to: TO, told: [...base, ...tries('network-unreachable'), interfaces(), noRoutes()], ends: 'ip.no-route certain', evidence: ['routes'] },
    { story: 'it is unreachable at once, and routes cannot be read', to: TO, told: [...base, connects(A, 5432, 'network-unreachable', { elapsedMs: 1 })], ends: 'ip.no-route likely' },
    { story: 'a prohibit route stands in the way', to: TO, told: [...base, ...tries('host-unreachable'), interfaces(), routes(route('0.0.0.0/0', null, 'prohibit'))], ends: 'ip.no-route certain' },
    { story: 'a far router says so', to: TO, told: [...base, connects(A, 5432, 'host-unreachable', { elapsedMs: 60 }), ...GOOD_LINK, traces(A, 5432, ['10.1.0.1', '198.51.100.1!host-unreachable'])], ends: 'ip.unreachable certain' },
    { story: 'nobody says who, and the host answers pings: it is about this port', to: TO, told: [...base, ...tries('host-unreachable', 'host-unreachable'), ...GOOD_LINK, pings(A, 2)], ends: 'tcp.rejected-on-path likely', by: 'path.far/port-rejected', evidence: ['connect', 'ping'] },
    { story: 'nobody says who, another port is refused, and elsewhere it connects', to: TO, contrasts: [LAPTOP], told: [...base, ...tries('host-unreachable', 'host-unreachable'), ...GOOD_LINK, connects(A, 443, 'refused'), ...at('laptop', connects(A, 5432, 'connected'))], ends: 'tcp.rejected-on-path likely', by: 'path.near/port-rejected', contrast: 'laptop' },
    { story: 'nobody says who', to: TO, told: [...base, connects(A, 5432, 'host-unreachable', { elapsedMs: 60 }), ...GOOD_LINK], ends: 'ip.unreachable possible' },
    { story: 'nobody says who, after as long as a router looks for a host', to: TO, told: [...base, connects(A, 5432, 'host-unreachable', { elapsedMs: 3080 }), ...GOOD_LINK], ends: 'ip.unreachable likely' },
    { story: 'nobody says who, after as long as a router looks for a host, and to some connects only', to: TO, told: [...base, connects(A, 5432, 'host-unreachable', { elapsedMs: 3080 }), connects(A, 80, 'timeout', { elapsedMs: 4000 }), ...GOOD_LINK], ends: 'ip.unreachable possible' },
    { story: 'our own kernel says so after ARP failed', to: TO, told: [...base, connects(A, 5432, 'host-unreachable', { elapsedMs: 3050 }), interfaces(), routes(), neighbours({ '10.1.0.1': 'failed' }), pings(A, 0, { errors: [{ from: '10.1.0.7', error: 'host-unreachable' }] })], ends: 'link.gateway-unreachable certain' },
    { story: 'the interface is gone', to: TO, told: [...base, ...tries('network-unreachable'), interfaces({ name: 'lo', loopback: true, addresses: ['127.0.0.1/8'] }), noRoutes(), neighbours()], ends: 'link.interface-down certain' },
    { story: 'an IPv6 literal without an IPv6 route', to: `tcp://[${six}]:5432`, told: [...base, connects(six, 5432, 'network-unreachable'), interfaces(), routes()], ends: 'ip.ipv6-unroutable likely' },
    { story: 'the name has only AAAA and the pod no IPv6', to: NAMED, told: [...base, resolves(HOST, [six]), connects(six, 5432, 'network-unreachable'), interfaces(), routes(), says('192.0.2.53', HOST, 'no-data')], ends: 'dns.no-address certain' },
    { story: 'IPv4 is silent; that IPv6 has no route is not why', to: NAMED, told: [...base, resolves(HOST, [six, A]), connects(six, 5432, 'network-unreachable'), ...tries('timeout', 'timeout', 'timeout'), pings(A, 3), ...GOOD_LINK], ends: 'tcp.filtered likely' },
    { story: 'a far router says so of IPv4; that IPv6 has no route is not why', to: NAMED, told: [...base, resolves(HOST, [six, A]), connects(six, 5432, 'network-unreachable'), connects(A, 5432, 'host-unreachable', { elapsedMs: 60 }), ...GOOD_LINK, traces(A, 5432, ['10.1.0.1', '198.51.100.1!host-unreachable'])], ends: 'ip.unreachable certain' },
    { story: 'IPv4 refuses; that IPv6 has no route is not why', to: NAMED, told: [...base, resolves(HOST, [six, A]), connects(six, 5432, 'network-unreachable'), ...tries('refused', 'refused'), pings(A, 3, { avgMs: 20 })], ends: 'tcp.refused likely' },
  ]);
});

describe('a bare port that connects', () => {
  const B = '203.0.113.11';
  const six = '2001:db8::10';
  const slowly = resolves(HOST, [A], { elapsedMs: 5010 });
  const spoken = speaks({ address: A, port: 5432, protocol: 'none' }, 'open');
  const again = [connects(A, 5432, 'connected', { attempt: 1 }), connects(A, 5432, 'connected', { attempt: 2 })];
  const closedPorts = [connects(A, 47, 'refused'), connects(A, 61, 'refused')];
  const open = [...base, connects(A, 5432, 'connected'), spoken, ...again, ...closedPorts];
  const named = [tools('nc'), files(), spoken, connects(A, 5432, 'connected'), ...again, ...closedPorts];
  const v6 = interfaces({ addresses: ['10.1.0.7/24', '2001:db8:1::7/64'] });
  const oneShown = resolves(HOST, [A], { incomplete: true });
  const ofBoth = says('192.0.2.53', HOST, [six], 'udp', { recordType: 'AAAA' });
  const noSix = says('192.0.2.53', HOST, 'no-data', 'udp', { recordType: 'AAAA' });
  tellStories([
    { story: 'it stays open', to: TO, told: open, ends: 'reachable likely', evidence: ['connect', 'exchange'] },
    { story: 'a server greets', to: TO, told: [...base, connects(A, 5432, 'connected'), speaks({ address: A, port: 5432, protocol: 'none' }, 'open', 'ssh', 'SSH-2.0'), ...again], ends: 'reachable certain' },
    { story: 'what is spoken on it could not be asked', to: TO, told: [...base, connects(A, 5432, 'connected')], ends: 'reachable likely' },
    { story: 'ports that cannot be open accept too', to: TO, told: [...base, connects(A, 5432, 'connected'), spoken, ...again, connects(A, 47, 'connected'), connects(A, 61, 'connected')], ends: 'tcp.fake-accept likely' },
    { story: 'only one of the ports that cannot be open accepts', to: TO, told: [...base, connects(A, 5432, 'connected'), spoken, ...again, connects(A, 47, 'connected'), connects(A, 61, 'timeout')], ends: 'reachable likely' },
    { story: 'it accepts and closes at once', to: TO, told: [...base, connects(A, 5432, 'connected'), speaks({ address: A, port: 5432, protocol: 'none' }, 'closed'), ...closedPorts], ends: 'app.connection-closed likely' },
    { story: 'a later try times out', to: TO, told: [...base, connects(A, 5432, 'connected'), spoken, connects(A, 5432, 'timeout', { attempt: 1 }), connects(A, 5432, 'connected', { attempt: 2 }), ...closedPorts], ends: 'tcp.intermittent likely', detail: '1/5' },
    { story: 'one of two addresses is dead', to: NAMED, told: [...named, resolves(HOST, [A, B]), connects(B, 5432, 'timeout')], ends: 'tcp.some-addresses-fail certain', detail: B },
    { story: 'one of two addresses is dead, and a further exchange was broken off', to: NAMED, told: [...named, resolves(HOST, [A, B]), connects(B, 5432, 'timeout'), onceMore(2, speaks({ address: A, port: 5432, protocol: 'none' }, 'closed'))], ends: 'tcp.some-addresses-fail certain', detail: B },
    { story: 'one of two addresses could not be tried', to: NAMED, told: [...named, resolves(HOST, [A, B])], ends: 'reachable likely' },
    { story: 'IPv6 is there and gets no answer', to: NAMED, told: [...named, resolves(HOST, [A, six]), connects(six, 5432, 'timeout'), v6], ends: 'ip.ipv6-unroutable certain' },
    { story: 'IPv6 is there and the port refuses on it', to: NAMED, told: [...named, resolves(HOST, [A, six]), connects(six, 5432, 'refused'), v6], ends: 'tcp.some-addresses-fail certain' },
    { story: 'the pod has no IPv6, and the name has an AAAA', to: NAMED, told: [...named, resolves(HOST, [A, six]), connects(six, 5432, 'network-unreachable'), interfaces()], ends: 'reachable likely' },
    { story: 'the tool shows one address, and the nameserver a dead one of the other family', to: NAMED, told: [...named, oneShown, says('192.0.2.53', HOST, [A]), ofBoth, connects(six, 5432, 'refused'), v6], ends: 'tcp.some-addresses-fail certain', detail: six },
    { story: 'the tool shows one address, and the nameserver a second dead one', to: NAMED, told: [...named, oneShown, says('192.0.2.53', HOST, [A, B]), noSix, connects(B, 5432, 'timeout')], ends: 'tcp.some-addresses-fail certain', detail: B },
    { story: 'the tool shows one address, and the nameserver others: another name answered', to: NAMED, told: [...named, oneShown, says('192.0.2.53', HOST, [B]), noSix, connects(B, 5432, 'timeout')], ends: 'reachable likely' },
    { story: 'two look-ups took five seconds', to: NAMED, told: [...named, slowly, onceMore(1, slowly), resolves('localhost', ['127.0.0.1'])], ends: 'dns.slow likely', detail: '5.0 s' },
    { story: 'look-ups ran into the two seconds that resolv.conf allows', to: NAMED, told: [files({ options: ['timeout:2'] }), ...named.filter(({ question }) => question.kind !== 'files'), resolves(HOST, [A], { elapsedMs: 2003 }), onceMore(1, resolves(HOST, [A], { elapsedMs: 2004 })), resolves('localhost', ['127.0.0.1'])], ends: 'dns.slow likely', detail: '2.0 s' },
    { story: 'look-ups took two seconds, which no resolver waits', to: NAMED, told: [...named, resolves(HOST, [A], { elapsedMs: 2003 }), onceMore(1, resolves(HOST, [A], { elapsedMs: 2004 })), resolves('localhost', ['127.0.0.1'])], ends: 'reachable likely', notes: [] },
    { story: 'one look-up took five seconds, and no other', to: NAMED, told: [...named, slowly, onceMore(1, resolves(HOST, [A])), resolves('localhost', ['127.0.0.1'])], ends: 'reachable likely', notes: ['dns.slow'] },
    { story: 'one look-up took five seconds, and another one did not end', to: NAMED, told: [...named, slowly, onceMore(1, told({ kind: 'resolve', name: HOST }, unavailable('timed-out'))), resolves('localhost', ['127.0.0.1'])], ends: 'dns.slow likely' },
    { story: 'all look-ups take seconds, and localhost as well', to: NAMED, told: [...named, slowly, onceMore(1, slowly), onceMore(2, slowly), resolves('localhost', ['127.0.0.1'], { elapsedMs: 4200 })], ends: 'reachable likely', notes: [] },
    { story: 'a later connection is closed at once', to: TO, told: [...open, onceMore(2, speaks({ address: A, port: 5432, protocol: 'none' }, 'closed'))], ends: 'tcp.intermittent likely', detail: '1/2' },
    { story: 'further connections stay open as well', to: TO, told: [...open, onceMore(1, spoken), onceMore(2, spoken), onceMore(3, spoken)], ends: 'reachable likely' },
  ]);
});
