import type { AccessFault, Disturbance, Moment, PodKind } from './fault.ts';

const REACHABLE_URL = 'https://api.payments.example/';
const SILENT_URL = 'https://silent.payments.example/';

/** In the words of the program's English texts. */
const LOOKING: Moment = { shown: null, thenMs: 700 };
const STARTING: Moment = { shown: /Waiting for \S+ \(/u, thenMs: 100 };
const PROBING: Moment = { shown: /Way in: (?!not)|^From: .*access-shelled/mu, thenMs: 300 };
const ENDING: Moment = { shown: /Ending \S+\./u, thenMs: 50 };

/** What asks of a destination that answers nothing is still asking when the fault comes. */
function run(to: string, ...more: readonly string[]): readonly string[] {
  return ['run', '-n', 'shop', 'pod/{pod}', '--to', to, '--write', '--yes', '--ttl', '1m', ...more];
}

const FALSE_REACHABLE = /^Reachable/mu;
const NOTHING_FALSE = /^\s+at .*\.js:\d+|Error: undefined|\[object Object\]/mu;
const WAYS: readonly (readonly [string, PodKind])[] = [['exec', 'shelled'], ['other-container', 'pair'], ['ephemeral', 'bare']];

function fault(id: string, why: string, pod: PodKind, disturbance: Disturbance, moment: Moment, more: Partial<AccessFault> = {}): AccessFault {
  return { id, why, pod, argv: run(SILENT_URL), moment, disturbance, exitCodes: [2], says: /inconclusive|could not|lost|not known/iu, neverSays: FALSE_REACHABLE, ...more };
}

const API_DOWN: Disturbance = { kind: 'api-server-down', forMs: 6_000 };
const NO_API = /ECONNREFUSED|cannot be reached|could not be reached|does not answer|lost|no answer/iu;

const apiServer: readonly AccessFault[] = [
  ...WAYS.map(([way, pod]) => fault(`api-down-${way}`, `the API server stops while ${way} is used`, pod, API_DOWN, PROBING)),
  fault('api-down-looking', 'the API server stops while the way in is looked for', 'bare', API_DOWN, LOOKING, { exitCodes: [2, 3], says: NO_API }),
  fault('api-down-starting', 'the API server stops while the ephemeral container starts', 'bare', API_DOWN, STARTING, { exitCodes: [1, 2], says: /./u }),
  fault('api-down-ending', 'the API server stops while the ephemeral container is ended', 'bare', API_DOWN, ENDING, { argv: run(REACHABLE_URL), exitCodes: [0], says: /Ending/u, neverSays: NOTHING_FALSE }),
  fault('api-down-toolkit', 'the API server stops while the toolkit pod starts', 'bare', API_DOWN, STARTING, {
    argv: ['toolkit', 'up', '-n', 'shop', '--beside', 'pod/{pod}', '--yes', '--ttl', '1m'], exitCodes: [0, 2], says: /runs|There is no toolkit pod/u, neverSays: NOTHING_FALSE,
  }),
  fault('api-down-node', 'the API server stops while the node pod starts', 'bare', API_DOWN, STARTING, {
    argv: ['toolkit', 'up', '-n', 'shop', '--beside', 'pod/{pod}', '--node-pod', '--yes', '--ttl', '1m'], exitCodes: [0, 2], says: /runs|There is no toolkit pod/u, neverSays: NOTHING_FALSE,
  }),
];

const connection: readonly AccessFault[] = [
  ...WAYS.map(([way, pod]) => fault(`cut-${way}`, `the connection to the API server is cut while ${way} is used`, pod, { kind: 'cut' }, PROBING)),
  fault('cut-looking', 'it is cut while the way in is looked for', 'bare', { kind: 'cut' }, LOOKING, { exitCodes: [2, 3], says: /timed out|time limit|no answer|cannot be reached|could not be reached|lost|does not answer/iu }),
  fault('cut-toolkit', 'it is cut while a command runs in the toolkit pod', 'bare', { kind: 'cut' }, { shown: /ready/u, thenMs: 200 }, {
    argv: ['toolkit', 'exec', '-n', 'shop', '--yes', '--ttl', '1m', '--', 'sh', '-c', 'echo ready; sleep 40'], exitCodes: [3], says: /connection ended without a status/u,
  }),
];

const pods: readonly AccessFault[] = [
  fault('image-missing', 'the toolkit image is nowhere', 'bare', { kind: 'none' }, LOOKING, { argv: run(SILENT_URL, '--toolkit-image', 'registry.example/none:1'), says: /registry\.example\/none:1/u }),
  fault('image-missing-toolkit', 'the same for the toolkit pod', 'bare', { kind: 'none' }, LOOKING, {
    argv: ['toolkit', 'up', '-n', 'shop', '--beside', 'pod/{pod}', '--yes', '--toolkit-image', 'registry.example/none:1'], says: /There is no toolkit pod: .*registry\.example\/none:1/u,
  }),
  ...WAYS.map(([way, pod]) => fault(`pod-deleted-${way}`, `the pod is deleted while ${way} is used`, pod, { kind: 'pod-deleted' }, PROBING)),
  fault('pod-deleted-starting', 'the pod is deleted while the ephemeral container starts', 'bare', { kind: 'pod-deleted' }, STARTING, { says: /not found|inconclusive/iu }),
  ...WAYS.map(([way, pod]) => fault(`restart-${way}`, `the container is restarted while ${way} is used`, pod, { kind: 'container-restarted' }, PROBING, { exitCodes: [1, 2], says: /./u })),
];

const nodes: readonly AccessFault[] = [
  fault('node-not-ready', 'the node is NotReady', 'bare', { kind: 'node-not-ready' }, LOOKING, { exitCodes: [1, 2], says: /NotReady|not ready/iu }),
  ...WAYS.map(([way, pod]) => fault(`kubelet-frozen-${way}`, `the kubelet stops answering while ${way} is used`, pod, { kind: 'kubelet-frozen' }, PROBING, { exitCodes: [1, 2], says: /inconclusive|node of this pod is not ready/iu })),
];

const SIGNALS = [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const;
const signals: readonly AccessFault[] = SIGNALS.flatMap(([signal, code]) =>
  ([['starting', STARTING], ['probing', PROBING], ['ending', ENDING]] as const).map(([when, moment]) =>
    fault(`${signal}-${when}`, `${signal} while it is ${when}`, 'bare', { kind: 'signal', signal }, moment, {
      argv: run(when === 'ending' ? REACHABLE_URL : SILENT_URL), exitCodes: [code], says: /./u, neverSays: when === 'ending' ? NOTHING_FALSE : FALSE_REACHABLE,
    })));

export const ACCESS_FAULTS: readonly AccessFault[] = [...signals, ...pods, ...connection, ...apiServer, ...nodes];

/** The run that is killed at random moments, in turn at each kind of pod. */
export const KILLED_RUN = { argv: ['run', '-n', 'shop', 'pod/{pod}', '--to', SILENT_URL, '--write', '--yes', '--ttl', '1m'], ttlMs: 60_000 } as const;
