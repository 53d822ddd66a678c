/**
 * The console on made-up data, to look at: `node test/ui/dev-console.build.mjs && node dist/dev-console.mjs [CASE] [--es] [--ascii]`.
 * Cases: none (a well cluster), forbidden, dead, nocluster, empty, crowd, hostile, crash, stream.
 */
import { LANGUAGES } from '../../src/i18n/index.ts';
import { startConsole } from '../../src/ui/index.ts';
import { container, fakePorts, pod, type FakeCluster } from './fake-ports.ts';
import { HOSTILE, pacedRun, streamingRun } from './fake-runs.ts';

const CASES: Readonly<Record<string, FakeCluster>> = {
  well: { delayMs: 150, containers: [container('app'), container('istio-proxy'), container('migrate', { kind: 'init', state: 'terminated: 0', running: false })], run: pacedRun(1) },
  forbidden: {
    namespaces: { kind: 'forbidden', verb: 'list', resource: 'namespaces', namespace: null },
    dependencies: { kind: 'forbidden', verb: 'create', resource: 'pods/exec', namespace: 'shop' },
    run: pacedRun(1),
  },
  dead: { namespaces: 'never', run: pacedRun(1) },
  nocluster: { clusters: { ok: false, failure: { kind: 'no-cluster', detail: 'neither KUBECONFIG nor ~/.kube/config names a cluster' } }, run: pacedRun(1) },
  empty: { namespaces: [], pods: [] },
  crowd: { pods: Array.from({ length: 10_000 }, (_, index) => pod(`crowd-${index.toString().padStart(5, '0')}`)), delayMs: 20, run: pacedRun(1) },
  hostile: { namespaces: HOSTILE.map((name) => ({ name, status: name, age: name })), pods: HOSTILE.map((name) => pod(name, { status: name })), run: pacedRun(1) },
  crash: { run: () => { setTimeout(() => { throw new Error('something that nobody foresaw'); }, 300); return streamingRun(5); } },
  stream: { run: () => streamingRun(5) },
};

const words = process.argv.slice(2);
const name = words.find((word) => !word.startsWith('--')) ?? 'well';
const language = words.includes('--es') ? 'es' : 'en';
process.exit(
  await startConsole({
    messages: LANGUAGES[language],
    language,
    streams: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
    env: process.env,
    ports: fakePorts(CASES[name] ?? {}),
    preset: null,
    ascii: words.includes('--ascii'),
  }),
);
