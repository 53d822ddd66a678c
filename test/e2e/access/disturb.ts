import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { RUN_FOLDER, SCRIPTS, kubectl } from '../cluster.ts';
import type { Disturbance } from './fault.ts';
import { deletePod, type TriedPod } from './pods.ts';
import { podProcesses } from './traces.ts';

const SERVER_LIMIT_MS = 60_000;

type Mend = () => Promise<void>;
const nothing: Mend = () => Promise.resolve();

/** Disturbs, and gives what mends it. `product` is the process of the program. */
export async function disturb(disturbance: Disturbance, pod: TriedPod, kill: (signal: NodeJS.Signals) => void): Promise<Mend> {
  switch (disturbance.kind) {
    case 'none':
      return nothing;
    case 'signal':
      kill(disturbance.signal);
      return nothing;
    case 'api-server-down':
      return stopApiServer(disturbance.forMs);
    case 'cut':
      return cut();
    case 'pod-deleted':
      await deletePod(pod.name);
      return nothing;
    case 'container-restarted':
      await killApplication(pod);
      return nothing;
    case 'kubelet-frozen':
      return freezeKubelet(pod.node);
    case 'node-not-ready': {
      const mend = await freezeKubelet(pod.node);
      try {
        // 20 s after its last sign of life; a busy control plane takes longer to see it.
        await kubectl(['wait', '--for=condition=Ready=Unknown', `node/${pod.node}`, '--timeout=180s']);
      } catch (error) {
        await mend();
        throw error;
      }
      return mend;
    }
  }
}

async function pidOf(daemon: string): Promise<number> {
  return Number((await readFile(join(RUN_FOLDER, `${daemon}.pid`), 'utf8')).trim());
}

/** Starts it again with the very words that it was started with, in the control plane's network. */
async function stopApiServer(forMs: number): Promise<Mend> {
  const pid = await pidOf('apiserver');
  const argv = (await readFile(`/proc/${String(pid)}/cmdline`, 'utf8')).split('\0').slice(0, -1);
  process.kill(pid, 'SIGKILL');
  const started = delay(forMs).then(async () => {
    const log = openSync(join(RUN_FOLDER, 'apiserver.log'), 'a');
    const child = spawn('nsenter', ['--net=/run/netns/nd-cp', '--', ...argv], { detached: true, stdio: ['ignore', log, log] });
    child.unref();
    await writeFile(join(RUN_FOLDER, 'apiserver.pid'), `${String(child.pid)}\n`);
  });
  return async () => {
    await started;
    const until = Date.now() + SERVER_LIMIT_MS;
    for (;;) {
      const { exitCode } = await execa('kubectl', ['get', '--raw', '/readyz', '--request-timeout=2s'], { reject: false });
      if (exitCode === 0) return;
      if (Date.now() > until) throw new Error('the API server did not come up again');
      await delay(500);
    }
  };
}

async function cut(): Promise<Mend> {
  const rule = (action: string) => execa(join(SCRIPTS, 'on'), ['cp', 'iptables', '-w', action, 'INPUT', '-s', '10.10.0.5', '-j', 'DROP']);
  await rule('-I');
  return async () => { await rule('-D'); };
}

/** The first process of the container that has the application in it. */
async function killApplication(pod: TriedPod): Promise<void> {
  for (const { pid, command } of await podProcesses()) {
    const environment = await readFile(`/proc/${String(pid)}/environ`, 'utf8').catch(() => '');
    if (command === '/app' && environment.includes(`HOSTNAME=${pod.name}\0`)) {
      process.kill(pid, 'SIGKILL');
      return;
    }
  }
  throw new Error(`no process of the application in ${pod.name}`);
}

async function freezeKubelet(node: string): Promise<Mend> {
  const pid = await pidOf(`kubelet-${node}`);
  process.kill(pid, 'SIGSTOP');
  return async () => {
    process.kill(pid, 'SIGCONT');
    await kubectl(['wait', '--for=condition=Ready', `node/${node}`, '--timeout=90s']);
  };
}
