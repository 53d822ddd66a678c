import { describe } from 'vitest';
import {
  at, cannot, cniState, connects, files, interfaces, neighbours, nodeState, noRoutes, pings, podState, resolves, route, routes, says, speaks, tools, traces, GOOD_LINK,
} from './facts.ts';
import type { ConnectOutcome } from '../../src/domain/facts.ts';
import { contrast, type Told } from './situation.ts';
import { tellStories } from './story.ts';

const A = '203.0.113.10';
const TO = `tcp://${A}:5432`;
const HOST = 'db.example.com';
const NAMED = `tcp://${HOST}:5432`;
const NODE = contrast('node', 'node', 'n1');
const LAPTOP = contrast('laptop', 'outside');
const SIBLING = contrast('sibling', 'sibling', 'n2');
const NEIGHBOUR = contrast('neighbour', 'pod', 'n1');
const base = [tools('nc'), files()];

function tries(...outcomes: readonly ConnectOutcome[]): readonly Told[] {
  return outcomes.map((outcome, attempt) => connects(A, 5432, outcome, { attempt, elapsedMs: outcome === 'timeout' ? 3000 : 20 }));
}

const silent = [...base, ...tries('timeout', 'timeout', 'timeout')];

describe('a port that refuses', () => {
  tellStories([
    { story: 'it refuses and the host answers pings', to: TO, told: [...base, ...tries('refused', 'refused'), pings(A, 3, { avgMs: 20 })], ends: 'tcp.refused likely' },
    { story: 'it refuses here and elsewhere', to: TO, contrasts: [NODE], told: [...base, ...tries('refused', 'refused'), pings(A, 3, { avgMs: 20 }), ...at('node', connects(A, 5432, 'refused'))], ends: 'tcp.refused certain', evidence: ['ping', 'node connect'] },
    { story: 'it refuses, and elsewhere it is silent', to: TO, contrasts: [NODE], told: [...base, ...tries('refused', 'refused'), pings(A, 3, { avgMs: 20 }), ...at('node', connects(A, 5432, 'timeout'))], ends: 'tcp.refused likely' },
    { story: 'it refuses, and elsewhere it connects', to: TO, contrasts: [NODE], told: [...base, ...tries('refused', 'refused'), ...at('node', connects(A, 5432, 'connected'))], ends: 'tcp.rejected-on-path likely', contrast: 'node', evidence: ['node connect'] },
    { story: 'the refusal is far faster than the path', to: TO, told: [...base, connects(A, 5432, 'refused', { elapsedMs: 1 }), connects(A, 5432, 'refused', { attempt: 1, elapsedMs: 1 }), pings(A, 3, { avgMs: 40 })], ends: 'tcp.rejected-on-path likely', detail: 'ms' },
    { story: 'the second try connects, and others could not be made', to: TO, told: [...base, ...tries('refused', 'connected')], ends: 'tcp.intermittent likely', detail: '1/2' },
    { story: 'nothing else could be asked', to: TO, told: [...base, connects(A, 5432, 'refused')], ends: 'tcp.refused likely' },
    { story: 'it is reset during the connect', to: TO, told: [...base, ...tries('reset', 'reset')], ends: 'tcp.refused likely' },
    { story: 'a firewall on this machine forbids it', to: TO, told: [...base, ...tries('not-permitted')], ends: 'tcp.rejected-on-path likely' },
    { story: 'there is no source port left', to: TO, told: [...base, ...tries('address-not-available')], ends: 'tcp.ports-exhausted likely' },
    { story: 'bash says something that nobody knows', to: TO, told: [tools('bash'), files(), ...tries('failed')], ends: 'inconclusive' },
  ]);
});

describe('a port that keeps silent', () => {
  tellStories([
    { story: 'the host answers pings', to: TO, told: [...silent, pings(A, 3), ...GOOD_LINK], ends: 'tcp.filtered likely', evidence: ['ping'] },
    { story: 'another port refuses', to: TO, told: [...silent, pings(A, 0), connects(A, 443, 'refused'), ...GOOD_LINK], ends: 'tcp.filtered likely' },
    { story: 'the trace reaches the host', to: TO, told: [...silent, pings(A, 0), traces(A, 5432, ['10.1.0.1', A], true), ...GOOD_LINK], ends: 'tcp.filtered likely', evidence: ['trace'] },
    { story: 'silent from elsewhere too, and the host answers pings', to: TO, contrasts: [NODE], told: [...silent, pings(A, 3), ...GOOD_LINK, ...at('node', connects(A, 5432, 'timeout'))], ends: 'tcp.filtered certain', evidence: ['node connect'] },
    { story: 'silent here; the other place has no route there', to: TO, contrasts: [LAPTOP], told: [...silent, pings(A, 3), ...GOOD_LINK, ...at('laptop', connects(A, 5432, 'network-unreachable'))], ends: 'tcp.filtered likely' },
    { story: 'the host answers nothing', to: TO, told: [...silent, pings(A, 0), traces(A, 5432, ['10.1.0.1', '198.51.100.1', null, null]), ...GOOD_LINK, connects(A, 443, 'timeout'), connects(A, 80, 'timeout'), connects(A, 22, 'timeout')], ends: 'tcp.host-silent possible', detail: '198.51.100.1' },
    { story: 'the host answers nothing, from nowhere', to: TO, contrasts: [NODE], told: [...silent, pings(A, 0), traces(A, 5432, ['10.1.0.1', '198.51.100.1', null]), ...GOOD_LINK, connects(A, 443, 'timeout'), connects(A, 80, 'timeout'), connects(A, 22, 'timeout'), ...at('node', connects(A, 5432, 'timeout'))], ends: 'tcp.host-silent likely' },
    { story: 'ping, trace and the rest are not there', to: TO, told: silent, ends: 'inconclusive tcp.filtered' },
    { story: 'a try connects after all', to: TO, told: [...base, ...tries('timeout', 'connected', 'timeout'), pings(A, 3)], ends: 'tcp.intermittent likely', detail: '2/3' },
    { story: 'a router says prohibited', to: TO, told: [...silent, pings(A, 0), interfaces(), traces(A, 5432, ['10.1.0.1', '198.51.100.1!prohibited'])], ends: 'ip.prohibited certain', detail: '198.51.100.1' },
    { story: 'a router says host unreachable', to: TO, told: [...silent, interfaces(), pings(A, 0, { errors: [{ from: '198.51.100.1', error: 'host-unreachable' }] })], ends: 'ip.unreachable certain', detail: '198.51.100.1' },
    { story: 'routers pass it round', to: TO, told: [...silent, pings(A, 0), traces(A, 5432, ['10.1.0.1', '198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2'])], ends: 'ip.routing-loop certain' },
    { story: 'routers pass it round, seen from elsewhere where it fails too', to: TO, contrasts: [NODE], told: [...silent, ...at('node', connects(A, 5432, 'timeout'), traces(A, 5432, ['198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2']))], ends: 'ip.routing-loop likely', contrast: 'node' },
    { story: 'the gateway is dead', to: TO, told: [...silent, pings(A, 0), interfaces(), routes(), neighbours({ '10.1.0.1': 'failed' })], ends: 'link.gateway-unreachable certain', detail: '10.1.0.1' },
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
    { story: 'nobody says who', to: TO, told: [...base, connects(A, 5432, 'host-unreachable', { elapsedMs: 60 }), ...GOOD_LINK], ends: 'ip.unreachable likely' },
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
  const spoken = speaks({ address: A, port: 5432, protocol: 'none' }, 'open');
  const again = [connects(A, 5432, 'connected', { attempt: 1 }), connects(A, 5432, 'connected', { attempt: 2 })];
  const closedPorts = [connects(A, 47, 'refused'), connects(A, 61, 'refused')];
  const open = [...base, connects(A, 5432, 'connected'), spoken, ...again, ...closedPorts];
  const named = [tools('nc'), files(), spoken, connects(A, 5432, 'connected'), ...again, ...closedPorts];
  const v6 = interfaces({ addresses: ['10.1.0.7/24', '2001:db8:1::7/64'] });
  tellStories([
    { story: 'it stays open', to: TO, told: open, ends: 'reachable likely', evidence: ['connect', 'exchange'] },
    { story: 'a server greets', to: TO, told: [...base, connects(A, 5432, 'connected'), speaks({ address: A, port: 5432, protocol: 'none' }, 'open', 'ssh', 'SSH-2.0'), ...again], ends: 'reachable certain' },
    { story: 'what is spoken on it could not be asked', to: TO, told: [...base, connects(A, 5432, 'connected')], ends: 'reachable likely' },
    { story: 'ports that cannot be open accept too', to: TO, told: [...base, connects(A, 5432, 'connected'), spoken, ...again, connects(A, 47, 'connected'), connects(A, 61, 'connected')], ends: 'tcp.fake-accept likely' },
    { story: 'only one of the ports that cannot be open accepts', to: TO, told: [...base, connects(A, 5432, 'connected'), spoken, ...again, connects(A, 47, 'connected'), connects(A, 61, 'timeout')], ends: 'reachable likely' },
    { story: 'it accepts and closes at once', to: TO, told: [...base, connects(A, 5432, 'connected'), speaks({ address: A, port: 5432, protocol: 'none' }, 'closed'), ...closedPorts], ends: 'app.connection-closed likely' },
    { story: 'a later try times out', to: TO, told: [...base, connects(A, 5432, 'connected'), spoken, connects(A, 5432, 'timeout', { attempt: 1 }), connects(A, 5432, 'connected', { attempt: 2 }), ...closedPorts], ends: 'tcp.intermittent likely', detail: '1/5' },
    { story: 'one of two addresses is dead', to: NAMED, told: [...named, resolves(HOST, [A, B]), connects(B, 5432, 'timeout')], ends: 'tcp.some-addresses-fail certain', detail: B },
    { story: 'one of two addresses could not be tried', to: NAMED, told: [...named, resolves(HOST, [A, B])], ends: 'reachable likely' },
    { story: 'IPv6 is there and gets no answer', to: NAMED, told: [...named, resolves(HOST, [A, six]), connects(six, 5432, 'timeout'), v6], ends: 'ip.ipv6-unroutable certain' },
    { story: 'IPv6 is there and the port refuses on it', to: NAMED, told: [...named, resolves(HOST, [A, six]), connects(six, 5432, 'refused'), v6], ends: 'tcp.some-addresses-fail certain' },
    { story: 'the pod has no IPv6, and the name has an AAAA', to: NAMED, told: [...named, resolves(HOST, [A, six]), connects(six, 5432, 'network-unreachable'), interfaces()], ends: 'reachable likely' },
    { story: 'the look-up took five seconds', to: NAMED, told: [...named, resolves(HOST, [A], { elapsedMs: 5010 })], ends: 'dns.slow likely', detail: '5.0 s' },
  ]);
});
