import type { OutputLine } from '../../src/domain/command.ts';
import type { Layer, LayerState, LayerStatus } from '../../src/domain/layer.ts';
import type { Question } from '../../src/domain/question.ts';
import { askedKey } from '../../src/domain/question.ts';
import type { RunEvent, RunEventOf } from '../../src/domain/run-event.ts';
import type { Target } from '../../src/domain/target.ts';

/** The events of a run whose destination's port drops packets, as the engine gives them. */

export const POD_TARGET: Target = {
  kind: 'pod',
  context: 'prod-eu',
  namespace: 'shop',
  pod: 'checkout-7d9f6c5b8-2xkqp',
  container: 'app',
  node: 'node-1',
  pickedFrom: null,
};

const HOST = 'slam.payments.example';
const ADDRESS = '198.51.100.10';
const PORT = 8080;

export const RESOLVE: Question = { kind: 'resolve', name: HOST };
export const CONNECT: Question = { kind: 'connect', address: ADDRESS, port: PORT, attempt: 0 };
export const ROUTES: Question = { kind: 'routes' };
export const REQUEST: Question = { kind: 'request', url: `https://${HOST}:${PORT.toString()}/`, address: null, direct: false, attempt: 0 };

export function keyOf(question: Question): string {
  return askedKey({ vantage: 'target', question });
}

export function started(target: Target = POD_TARGET): RunEventOf<'run-started'> {
  return {
    kind: 'run-started',
    atMs: 0,
    runId: 'r1',
    tool: { name: 'netdiag-tui', version: '0.1.0' },
    target,
    dependency: {
      url: `https://${HOST}:${PORT.toString()}/`,
      protocol: 'https',
      host: HOST,
      hostKind: 'name',
      port: PORT,
      path: '/',
      transport: 'tcp',
      tls: true,
      application: 'http',
      service: null,
      assumedHttps: false,
    },
    startedAt: '2026-03-01T03:12:00Z',
    connectTimeoutMs: 3000,
    hasCluster: true,
  };
}

export function asked(question: Question, layer: Layer, atMs: number): RunEvent {
  return { kind: 'question-asked', atMs, key: keyOf(question), asked: { vantage: 'target', question }, layer };
}

export function commandStarted(command: string, question: Question, layer: Layer, argv: readonly string[], atMs: number): RunEvent {
  return { kind: 'command-started', atMs, command, key: keyOf(question), vantage: 'target', layer, argv };
}

export function output(command: string, atMs: number, ...texts: readonly string[]): RunEvent {
  const lines: readonly OutputLine[] = texts.map((text) => ({ stream: 'stdout', text, atMs }));
  return { kind: 'output', atMs, command, lines };
}

export function commandEnded(command: string, atMs: number, exitCode: number | null = 0): RunEvent {
  return { kind: 'command-ended', atMs, command, exitCode, failure: exitCode === null ? 'timed-out' : null };
}

export function layers(...statuses: readonly (readonly [Layer, LayerStatus])[]): readonly LayerState[] {
  return statuses.map(([layer, status]) => ({ layer, status, observations: [] }));
}

export const FILTERED_RUN: readonly RunEvent[] = [
  started(),
  {
    kind: 'vantage-joined',
    atMs: 5,
    vantage: {
      id: 'target',
      role: 'target',
      kind: 'container',
      name: 'shop/checkout-7d9f6c5b8-2xkqp/app',
      node: 'node-1',
      pod: { namespace: 'shop', name: 'checkout-7d9f6c5b8-2xkqp' },
      relation: 'self',
      prefix: ['kubectl', 'exec', '-n', 'shop', 'checkout-7d9f6c5b8-2xkqp', '-c', 'app', '--'],
    },
  },
  asked(REQUEST, 'application', 6),
  asked(RESOLVE, 'internet', 7),
  asked(ROUTES, 'internet', 8),
  {
    kind: 'tree-moved',
    atMs: 9,
    path: [
      { node: 'pod.running', layer: 'network-access', answer: 'running', observations: [] },
      { node: 'app.request', layer: 'application', answer: null, observations: [] },
    ],
    layers: layers(['application', 'unknown']),
    waitingFor: [keyOf(REQUEST)],
  },
  commandStarted('c1', REQUEST, 'application', ['curl', '-v', '--max-time', '10', `https://${HOST}:8080/`], 10),
  commandStarted('c2', RESOLVE, 'internet', ['getent', 'ahosts', HOST], 11),
  commandStarted('c3', ROUTES, 'internet', ['ip', 'route', 'show'], 12),
  output('c2', 40, `${ADDRESS}   STREAM ${HOST}`, `${ADDRESS}   DGRAM`, `${ADDRESS}   RAW`),
  commandEnded('c2', 42),
  {
    kind: 'observed',
    atMs: 43,
    observation: {
      id: 'o1',
      vantage: 'target',
      question: RESOLVE,
      fact: {
        kind: 'resolve',
        name: HOST,
        nameserver: null,
        recordType: 'any',
        transport: null,
        outcome: 'answered',
        addresses: [ADDRESS],
        canonicalNames: [],
        answeredName: null,
        truncated: false,
        elapsedMs: 30,
      },
      dialect: 'getent',
      command: ['getent', 'ahosts', HOST],
      lines: [`${ADDRESS}   STREAM ${HOST}`],
      startedAtMs: 11,
      durationMs: 31,
    },
  },
  output('c3', 50, 'default via 10.244.1.1 dev eth0', '10.244.1.0/24 dev eth0 proto kernel scope link src 10.244.1.7'),
  commandEnded('c3', 51),
  output('c1', 60, `* Host ${HOST}:8080 was resolved.`, '* IPv6: (none)', `* IPv4: ${ADDRESS}`, `*   Trying ${ADDRESS}:8080...`),
  asked(CONNECT, 'transport', 70),
  commandStarted('c4', CONNECT, 'transport', ['nc', '-vz', '-w', '3', ADDRESS, '8080'], 71),
  output('c4', 3075, `nc: connect to ${ADDRESS} port 8080 (tcp) timed out: Operation now in progress`),
  commandEnded('c4', 3076, 1),
  {
    kind: 'observed',
    atMs: 3077,
    observation: {
      id: 'o2',
      vantage: 'target',
      question: CONNECT,
      fact: {
        kind: 'connect',
        host: null,
        address: ADDRESS,
        port: PORT,
        transport: 'tcp',
        outcome: 'timeout',
        elapsedMs: 3004,
        detail: 'timed out: Operation now in progress',
      },
      dialect: 'nc-openbsd',
      command: ['nc', '-vz', '-w', '3', ADDRESS, '8080'],
      lines: [`nc: connect to ${ADDRESS} port 8080 (tcp) timed out: Operation now in progress`],
      startedAtMs: 71,
      durationMs: 3005,
    },
  },
  {
    kind: 'tree-moved',
    atMs: 3078,
    path: [
      { node: 'pod.running', layer: 'network-access', answer: 'running', observations: [] },
      { node: 'app.request', layer: 'application', answer: 'no-connection', observations: [] },
      { node: 'service.endpoints', layer: 'transport', answer: 'not-a-service', observations: ['o1'] },
      { node: 'tcp.connect', layer: 'transport', answer: null, observations: ['o2'] },
    ],
    layers: layers(['application', 'fail'], ['transport', 'unknown'], ['internet', 'pass']),
    waitingFor: [keyOf(CONNECT)],
  },
  {
    kind: 'concluded',
    atMs: 3100,
    conclusion: {
      verdict: {
        status: 'fault',
        cause: 'tcp.filtered',
        layer: 'transport',
        confidence: 'likely',
        parameters: { host: HOST, port: PORT, address: ADDRESS },
        evidence: ['o2', 'o1'],
        ruledOut: [{ cause: 'dns.nxdomain', because: ['o1'] }],
        untestable: [{ question: { kind: 'trace', address: ADDRESS, port: PORT }, vantage: 'target', reason: 'no traceroute, mtr or tracepath in the container' }],
        commands: [['kubectl', 'exec', '-n', 'shop', 'checkout-7d9f6c5b8-2xkqp', '-c', 'app', '--', 'nc', '-vz', '-w', '3', ADDRESS, '8080']],
      },
      notes: [],
      layers: layers(['application', 'fail'], ['transport', 'fail'], ['internet', 'pass'], ['network-access', 'skipped']),
      path: [
        { node: 'pod.running', layer: 'network-access', answer: 'running', observations: [] },
        { node: 'app.request', layer: 'application', answer: 'no-connection', observations: [] },
        { node: 'service.endpoints', layer: 'transport', answer: 'not-a-service', observations: ['o1'] },
        { node: 'tcp.connect', layer: 'transport', answer: 'timed-out', observations: ['o2'] },
      ],
    },
  },
  commandEnded('c1', 3101, null),
  { kind: 'run-ended', atMs: 3102, reason: 'completed' },
];
