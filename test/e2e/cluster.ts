import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';

/** What the tests do to the test cluster: break its network in one place, make pods, look into them. All of it is undone. */

/** Folder of the cluster's scripts; NETDIAG_CLUSTER_SCRIPTS names it when it is not beside the checkout. */
export const SCRIPTS = process.env['NETDIAG_CLUSTER_SCRIPTS'] ?? fileURLToPath(new URL('../../../shared/cluster', import.meta.url));
/** The cluster's logs and process ids. */
export const RUN_FOLDER = join(process.env['NETDIAG_CLUSTER_DIR'] ?? '/var/lib/netdiag-cluster', 'run');
export const HAS_SCRIPTS = existsSync(join(SCRIPTS, 'on'));

/** Stands in the name of what is skipped, so that the reader learns why. */
export const NEEDS_SCRIPTS = HAS_SCRIPTS ? '' : ` (skipped: no cluster scripts in ${SCRIPTS})`;

const MARK = 'netdiag-e2e';
const NAMESPACE = 'shop';

export type Host = 'router' | 'n1' | 'n2';

async function on(host: Host, argv: readonly string[]): Promise<string> {
  return (await execa(join(SCRIPTS, 'on'), [host, ...argv])).stdout;
}

export interface Rule {
  readonly host: Host;
  /** What follows `iptables -I FORWARD`: `-d 198.51.100.12 -p tcp --dport 6379 -j DROP`. */
  readonly match: string;
}

/** Breaks the network until the test is finished, however it ends, or until what it gives is called. */
export async function breakNetwork(rules: readonly Rule[]): Promise<() => Promise<void>> {
  const mends: (() => Promise<void>)[] = [];
  for (const { host, match } of rules) {
    const rule = ['FORWARD', ...match.split(' '), '-m', 'comment', '--comment', MARK];
    let isMended = false;
    const mend = async (): Promise<void> => {
      if (!isMended) await on(host, ['iptables', '-w', '-D', ...rule]);
      isMended = true;
    };
    mends.push(mend);
    onTestFinished(mend);
    await on(host, ['iptables', '-w', '-I', ...rule]);
  }
  return async () => { await Promise.all(mends.map((mend) => mend())); };
}

/** Removes what a test run left that was killed before it could clean up. */
export async function mendNetwork(): Promise<void> {
  for (const host of ['router', 'n1', 'n2'] as const) {
    const rules = (await on(host, ['iptables', '-w', '-S', 'FORWARD'])).split('\n').filter((rule) => rule.includes(`--comment ${MARK}`));
    for (const rule of rules) await on(host, ['iptables', '-w', '-D', ...rule.split(' ').slice(1)]);
  }
}

export async function kubectl(argv: readonly string[], input = ''): Promise<string> {
  return (await execa('kubectl', argv, { input })).stdout;
}

/** The administrator's kubeconfig in this folder, acting as somebody else: `kubectl --as`. */
export async function kubeconfigAs(user: string, folder: string): Promise<string> {
  const config = JSON.parse(await kubectl(['config', 'view', '--raw', '-o', 'json'])) as { users: { user: Record<string, string> }[] };
  for (const { user: credentials } of config.users) credentials['as'] = user;
  const file = join(folder, user);
  await writeFile(file, JSON.stringify(config));
  return file;
}

export interface PodPlace {
  readonly name: string;
  readonly node: string;
  readonly address: string;
}

/** The first pod of an app in namespace `shop`, on a node if one is given. */
export async function podOf(app: string, node: string | null = null): Promise<PodPlace> {
  const json = await kubectl(['get', 'pods', '-n', NAMESPACE, '-l', `app=${app}`, '-o', 'json']);
  const { items } = JSON.parse(json) as { items: { metadata: { name: string }; spec: { nodeName: string }; status: { podIP: string } }[] };
  const places = items.map(({ metadata, spec, status }) => ({ name: metadata.name, node: spec.nodeName, address: status.podIP }));
  const found = places.find((place) => node === null || place.node === node);
  if (found === undefined) throw new Error(`no pod of ${app} on ${node ?? 'any node'}`);
  return found;
}

export interface PodSpec {
  readonly name: string;
  readonly image: string;
  /** Paths of programs that the container shall not have: something that cannot be executed lies over them. */
  readonly hidden?: readonly string[];
}

/** Makes a pod in namespace `shop`. The caller removes it. */
export async function createPod({ name, image, hidden = [] }: PodSpec): Promise<void> {
  const metadata = { name, namespace: NAMESPACE, labels: { app: MARK } };
  const volumeMounts = hidden.map((path) => ({ name: 'nothing', mountPath: path, subPath: 'nothing' }));
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: {
      terminationGracePeriodSeconds: 0,
      volumes: [{ name: 'nothing', configMap: { name } }],
      containers: [{ name: 'app', image, imagePullPolicy: 'Never', volumeMounts }],
    },
  };
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { nothing: '' } };
  await removePod(name);
  await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [configMap, pod] }));
}

export async function removePod(name: string): Promise<void> {
  await kubectl(['delete', '-n', NAMESPACE, '--ignore-not-found', `pod/${name}`, `configmap/${name}`]);
}

export async function podIsReady(name: string): Promise<void> {
  await kubectl(['wait', '-n', NAMESPACE, '--for=condition=Ready', '--timeout=60s', `pod/${name}`]);
}

/** Command lines of all processes in a pod, read with its bash alone; the reader itself is left out. */
export async function processesIn(pod: string): Promise<readonly string[]> {
  const script = 'for file in /proc/[0-9]*/cmdline; do [ "$file" = "/proc/$$/cmdline" ] || { mapfile -d "" words <"$file"; echo "${words[*]@Q}"; }; done 2>/dev/null';
  const out = await kubectl(['exec', '-n', NAMESPACE, pod, '--', 'bash', '-c', script]);
  return out.split('\n').filter((line) => line !== '');
}
