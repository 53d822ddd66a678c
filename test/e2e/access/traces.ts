import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { kubectl, RUN_FOLDER } from '../cluster.ts';

/** What is left of a program that was in a pod: pods, ephemeral containers, processes. */

interface WirePod {
  readonly metadata: { readonly namespace: string; readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly status: { readonly phase?: string; readonly ephemeralContainerStatuses?: readonly { readonly name: string; readonly state?: { readonly running?: object } }[] };
}

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** Running pods and running ephemeral containers of ours. */
export async function runningThings(): Promise<readonly string[]> {
  const { items } = JSON.parse(await kubectl(['get', 'pods', '-A', '-o', 'json'])) as { items: readonly WirePod[] };
  return items.flatMap(({ metadata: { namespace, name, labels }, status }) => {
    const isOurs = labels?.['app.kubernetes.io/managed-by'] === 'netdiag-tui' && (status.phase === 'Running' || status.phase === 'Pending');
    const containers = (status.ephemeralContainerStatuses ?? []).filter((one) => one.name.startsWith('netdiag-') && one.state?.running !== undefined);
    return [...(isOurs ? [`pod ${namespace}/${name}`] : []), ...containers.map((one) => `container ${namespace}/${name}/${one.name}`)];
  });
}

/** The processes of all pods of the test cluster, which shares this machine: those in the network namespaces that its nodes made. */
export async function podProcesses(): Promise<readonly Process[]> {
  const kubelet = (await readFile(join(RUN_FOLDER, 'kubelet-n1.pid'), 'utf8')).trim();
  // Mounts that were made after this process began are seen where they were made.
  const { stdout } = await execa('nsenter', ['--mount', '-t', kubelet, '--', 'sh', '-c', 'stat -c %i /run/netns/cni-*']);
  const inodes = new Set(stdout.split('\n').map((inode) => `net:[${inode}]`));
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const found = await Promise.all(pids.map(async (pid) => {
    try {
      if (!inodes.has(await readlink(`/proc/${pid}/ns/net`))) return null;
      const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
      return command === '' ? null : { pid: Number(pid), command };
    } catch {
      // It has ended meanwhile.
      return null;
    }
  }));
  return found.filter((one) => one !== null);
}

/** What the workloads themselves start every few seconds. */
const COMES_AND_GOES = /^(?:timeout 4 )?wget -q -O \/dev\/null http:\/\/orders:8080|^sleep 5$|^date -Is|^runc\b/u;

/** Processes that were not there before, in words; a container that was restarted has the command that it had. */
export function newProcesses(before: readonly Process[], now: readonly Process[]): readonly string[] {
  const known = new Set(before.map(({ command }) => command));
  return now.filter(({ command }) => !known.has(command) && !COMES_AND_GOES.test(command)).map(({ command }) => `process ${command.slice(0, 100)}`);
}

/** Waits until nothing is left, at most so long; gives what is. */
export async function leftAfter(before: readonly Process[], limitMs: number): Promise<readonly string[]> {
  const until = Date.now() + limitMs;
  for (;;) {
    const left = [...(await runningThings()), ...newProcesses(before, await podProcesses())];
    if (left.length === 0 || Date.now() > until) return left;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
