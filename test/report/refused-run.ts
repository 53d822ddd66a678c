import { parseDependency, type Dependency } from '../../src/domain/dependency.ts';
import type { Observation } from '../../src/domain/observation.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import type { Target } from '../../src/domain/target.ts';
import type { VantageIdentity } from '../../src/domain/vantage.ts';
import type { Conclusion, PathStep } from '../../src/domain/verdict.ts';

/** A made-up run, event by event, of a pod whose dependency refuses the connection. It stands in for the engine. */

export const POD: Target = {
  kind: 'pod',
  context: 'prod',
  namespace: 'shop',
  pod: 'orders-6f7c',
  container: 'app',
  node: 'n1',
  pickedFrom: 'deploy/orders',
};

export function dependencyOf(text: string): Dependency {
  const result = parseDependency(text);
  if (!result.ok) throw new Error(result.code);
  return result.dependency;
}

const TARGET: VantageIdentity = {
  id: 'target',
  role: 'target',
  kind: 'container',
  name: 'shop/orders-6f7c/app',
  node: 'n1',
  pod: { namespace: 'shop', name: 'orders-6f7c' },
  relation: 'self',
  prefix: ['kubectl', '--context', 'prod', '-n', 'shop', 'exec', 'orders-6f7c', '-c', 'app', '--'],
};

const NODE: VantageIdentity = { ...TARGET, id: 'contrast:node', role: 'contrast', kind: 'via', name: 'node', relation: 'node', prefix: ['ssh', 'n1'] };

const CONNECT = { kind: 'connect', address: '198.51.100.10', port: 5432, attempt: 0 } as const;
const ARGV = ['nc', '-vz', '-w', '3', '198.51.100.10', '5432'];
const REFUSAL = 'nc: connect to 198.51.100.10 port 5432 (tcp) failed: Connection refused';

const REFUSED: Observation = {
  id: 'o1',
  vantage: 'target',
  question: CONNECT,
  fact: { kind: 'connect', host: null, address: '198.51.100.10', port: 5432, transport: 'tcp', outcome: 'refused', elapsedMs: 1, detail: REFUSAL },
  dialect: 'nc-openbsd',
  command: ARGV,
  lines: [REFUSAL],
  startedAtMs: 10,
  durationMs: 5,
};

const STEPS: readonly PathStep[] = [
  { node: 'tcp-connect', layer: 'transport', answer: 'refused', observations: ['o1'] },
  { node: 'tcp-refusal', layer: 'transport', answer: 'nobody-listens', observations: ['o1', 'o2'] },
];

export const CONCLUSION: Conclusion = {
  verdict: {
    status: 'fault',
    cause: 'tcp.refused',
    layer: 'transport',
    confidence: 'certain',
    parameters: { host: 'db.example', port: 5432, address: '198.51.100.10', contrast: 'node' },
    evidence: ['o1', 'o2'],
    ruledOut: [{ cause: 'tcp.filtered', because: ['o1'] }],
    untestable: [{ question: { kind: 'trace', address: '198.51.100.10', port: 5432 }, vantage: 'target', reason: 'no-tool' }],
    commands: [[...TARGET.prefix, 'sh', '-c', 'echo "$1"', 'sh', "it's"], [...NODE.prefix, ...ARGV]],
  },
  notes: [{ cause: 'policy.not-enforced', confidence: 'likely', parameters: { host: 'db.example', port: 5432 }, evidence: ['o1'] }],
  layers: [
    { layer: 'application', status: 'skipped', observations: [] },
    { layer: 'transport', status: 'fail', observations: ['o1'] },
    { layer: 'internet', status: 'pass', observations: [] },
    { layer: 'network-access', status: 'unknown', observations: [] },
  ],
  path: STEPS,
};

export function started(target: Target = POD): RunEvent {
  return {
    kind: 'run-started',
    atMs: 0,
    runId: 'r1',
    tool: { name: 'netdiag-tui', version: '0.0.0' },
    target,
    dependency: dependencyOf('postgres://db.example'),
    startedAt: '2026-01-02T03:04:05.000Z',
    connectTimeoutMs: 3000,
    hasCluster: true,
  };
}

export const REFUSED_RUN: readonly RunEvent[] = [
  started(),
  { kind: 'vantage-joined', atMs: 1, vantage: TARGET },
  { kind: 'vantage-joined', atMs: 2, vantage: NODE },
  { kind: 'vantage-unusable', atMs: 3, vantage: 'contrast:blue', reason: 'no such command' },
  { kind: 'command-started', atMs: 10, command: 'c1', key: 'k1', vantage: 'target', layer: 'transport', argv: ARGV },
  { kind: 'command-started', atMs: 11, command: 'c2', key: 'k2', vantage: 'contrast:node', layer: 'transport', argv: ARGV },
  { kind: 'output', atMs: 14, command: 'c1', lines: [{ stream: 'stderr', text: REFUSAL, atMs: 4 }] },
  { kind: 'command-ended', atMs: 15, command: 'c1', exitCode: 1, failure: null },
  { kind: 'observed', atMs: 15, observation: REFUSED },
  { kind: 'tree-moved', atMs: 16, path: [{ ...STEPS[0], answer: null } as PathStep], layers: CONCLUSION.layers, waitingFor: ['k2'] },
  { kind: 'tree-moved', atMs: 17, path: STEPS.slice(0, 1), layers: CONCLUSION.layers, waitingFor: ['k2'] },
  { kind: 'command-ended', atMs: 20, command: 'c2', exitCode: null, failure: 'vantage-lost' },
  { kind: 'observed', atMs: 20, observation: { ...REFUSED, id: 'o2', vantage: 'contrast:node' } },
  { kind: 'concluded', atMs: 21, conclusion: CONCLUSION },
  { kind: 'run-ended', atMs: 1_250, reason: 'completed' },
];
