import { execa } from 'execa';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCRIPTS } from '../cluster.ts';

const FOLDER = process.env['NETDIAG_CLUSTER_DIR'] ?? '/var/lib/netdiag-cluster';

type Action = 'drop' | 'reject';

/** What the cluster's policy enforcer does with a forbidden packet now; it is started anew when that is to change. */
export async function enforce(action: Action): Promise<void> {
  for (const node of ['n1', 'n2'] as const) {
    const file = join(FOLDER, 'run', `netpol-${node}.pid`);
    const pid = Number((await readFile(file, 'utf8')).trim());
    const running = (await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (running[running.indexOf('--action') + 1] === action) continue;
    if (running.length > 1) process.kill(pid);
    const argv = [node, 'netpol-enforcer', '--kubeconfig', join(FOLDER, 'run/admin.kubeconfig'), '--node', node, '--action', action];
    const child = execa(join(SCRIPTS, 'on'), argv, { detached: true, stdio: 'ignore', cleanup: false, reject: false });
    child.nodeChildProcess.unref();
    await writeFile(file, String(child.pid));
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}
