import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { SCRIPTS } from '../cluster.ts';
import { apply, kubectl, remove, type Place, type Scenario, type Step } from './scenario.ts';

/** Doing and undoing what a scenario says, on the test cluster. */

const FOLDER = process.env['NETDIAG_CLUSTER_DIR'] ?? '/var/lib/netdiag-cluster';
const STEP_MS = 120_000;

interface WirePod {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>>; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly podIP?: string };
}

/** What the words in braces stand for now: pods are made anew all the time. */
async function wordsNow(): Promise<ReadonlyMap<string, string>> {
  const words = new Map<string, string>([['run', join(FOLDER, 'run')], ['on', join(SCRIPTS, 'on')]]);
  const { stdout: pods } = await execa('kubectl', ['get', 'pods', '-A', '-o', 'json']);
  for (const { metadata, spec, status } of (JSON.parse(pods) as { items: WirePod[] }).items) {
    if (metadata.deletionTimestamp !== undefined) continue;
    const app = metadata.labels?.['app'] ?? metadata.labels?.['k8s-app'];
    words.set(`${app ?? metadata.name}@${spec.nodeName ?? ''}`, metadata.name);
    words.set(`${app ?? metadata.name}@${spec.nodeName ?? ''}.ip`, status.podIP ?? '');
    words.set(`${app ?? metadata.name}.ip`, status.podIP ?? '');
  }
  const { stdout: services } = await execa('kubectl', ['get', 'services', '-A', '-o', 'jsonpath={range .items[*]}{.metadata.name} {.spec.clusterIP}{"\\n"}{end}']);
  for (const line of services.split('\n')) {
    const [name = '', address = ''] = line.split(' ');
    words.set(`service:${name}`, address);
  }
  return words;
}

async function fill(text: string, words: ReadonlyMap<string, string>): Promise<string> {
  let filled = text;
  for (const [whole, word = ''] of text.matchAll(/\{([a-z][^{}\s]*)\}/gu)) {
    const [, daemon] = /^pid:(.+)$/u.exec(word) ?? [];
    const value = daemon === undefined ? words.get(word) : (await readFile(join(FOLDER, 'run', `${daemon}.pid`), 'utf8')).trim();
    // A jsonpath has braces of its own.
    if (value !== undefined) filled = filled.replace(whole, value);
  }
  return filled;
}

/** A process in the network of the pod with this address. Names of namespaces may not be seen from here, processes are. */
async function processAt(address: string): Promise<string> {
  const networks = new Set<string>();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))) {
    const network = await readlink(`/proc/${pid}/ns/net`).catch(() => null);
    if (network === null || networks.has(network)) continue;
    networks.add(network);
    const addresses = await readFile(`/proc/${pid}/net/fib_trie`, 'utf8').catch(() => '');
    if (new RegExp(`-- ${address.replaceAll('.', '\\.')}\\n\\s+/32 host LOCAL`, 'u').test(addresses)) return pid;
  }
  throw new Error(`no pod has the address ${address}`);
}

async function argvOf({ on = 'bastion', argv }: Step, words: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const filled = await Promise.all(argv.map((word) => fill(word, words)));
  if (!isPodPlace(on)) return [join(SCRIPTS, 'on'), on, ...filled];
  const address = words.get(`${on.slice('pod:'.length)}.ip`);
  if (address === undefined) throw new Error(`no pod for ${on}`);
  return ['nsenter', `--net=/proc/${await processAt(address)}/ns/net`, ...filled];
}

function isPodPlace(place: Place): place is `pod:${string}` {
  return place.startsWith('pod:');
}

async function perform(step: Step, words: ReadonlyMap<string, string>): Promise<void> {
  const [file = '', ...rest] = await argvOf(step, words);
  const { input } = step;
  const text = input === undefined ? '' : await fill(typeof input === 'string' ? input : JSON.stringify(input), words);
  await execa(file, rest, { input: text, timeout: STEP_MS });
}

async function performUntil(step: Step, words: ReadonlyMap<string, string>): Promise<void> {
  const endAt = Date.now() + STEP_MS;
  for (;;) {
    try {
      await perform(step, words);
      return;
    } catch (error) {
      if (Date.now() > endAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

/** Policies and rules take a moment to be enforced. */
const SETTLE_MS = 2500;

/** Does `work` with the fault in place; what was broken is mended however that ends. */
export async function withFault<T>(scenario: Scenario, work: (run: readonly string[]) => Promise<T>): Promise<T> {
  const { needs = [] } = scenario;
  if (needs.length === 0) return breakAndMend(scenario, work);
  try {
    await perform(apply(...needs), new Map());
    await performUntil(kubectl('wait', '-n', 'shop', '--for=condition=Ready', '--timeout=30s', ...(needs as WirePod[]).map(({ metadata }) => `pod/${metadata.name}`)), new Map());
    return await breakAndMend(scenario, work);
  } finally {
    await perform(remove(...needs), new Map());
  }
}

async function breakAndMend<T>(scenario: Scenario, work: (run: readonly string[]) => Promise<T>): Promise<T> {
  const words = await wordsNow();
  if (scenario.inject !== null) await perform(scenario.inject, words);
  try {
    if (scenario.until !== undefined) await performUntil(scenario.until, await wordsNow());
    else if (scenario.inject !== null) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const now = await wordsNow();
    return await work(await Promise.all(scenario.run.map((word) => fill(word, now))));
  } finally {
    if (scenario.undo !== null) await perform(scenario.undo, words);
    if (scenario.restored !== undefined) await performUntil(scenario.restored, words);
  }
}

/** What must be the same after a scenario as before it: firewall rules, objects, and the processes of pods. */
export async function leftovers(): Promise<readonly string[]> {
  const objects = await execa('kubectl', ['get', 'pods,services,configmaps,networkpolicies,deployments,namespaces', '-A', '-o', 'name']);
  const rules = await Promise.all((['router', 'n1', 'n2'] as const).map(async (host) => {
    const { stdout } = await execa(join(SCRIPTS, 'on'), [host, 'iptables', '-w', '-S', 'FORWARD']);
    return stdout.split('\n').map((line) => `${host} ${line}`);
  }));
  return [...objects.stdout.split('\n').filter((line) => line.includes('netdiag') || line.includes('fault-')), ...rules.flat().filter((line) => / -A .*(DROP|REJECT)/u.test(line))].sort();
}
