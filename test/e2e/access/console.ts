import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { en } from '../../../src/i18n/en.ts';
import { Terminal } from '../terminal.ts';
import { disturb } from './disturb.ts';
import type { Disturbance } from './fault.ts';
import { deletePod, makePod } from './pods.ts';
import type { AccessResult } from './run.ts';
import { leftAfter, podProcesses, runningThings } from './traces.ts';

/** What goes wrong while a console is in a pod by a container of its own. */

export interface ConsoleFault {
  readonly id: string;
  readonly why: string;
  readonly what: Disturbance | { readonly kind: 'key'; readonly key: string } | { readonly kind: 'crash' };
  /** True: it goes on, and has to come to a verdict; false: it ends by itself. */
  readonly goesOn: boolean;
  readonly exitCodes: readonly number[];
}

const SIZE = { columns: 120, rows: 40 };
const TTL_MS = 60_000;
const SILENT_URL = 'https://silent.payments.example/';
const { ui, access, toolkit } = en;
/** A fault may have been seen before; that nothing is wrong can never be. */
const WITHOUT_ANSWER = [1, 2] as const;

const API_DOWN = { kind: 'api-server-down', forMs: 6_000 } as const;
export const CONSOLE_FAULTS: readonly ConsoleFault[] = [
  ...([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const).map(([signal, exitCode]) => ({ id: `console-${signal}`, why: `${signal} to the console`, what: { kind: 'signal', signal } as const, goesOn: false, exitCodes: [exitCode] })),
  { id: 'console-ctrl-c', why: 'ctrl-c in the console', what: { kind: 'key', key: 'C-c' }, goesOn: false, exitCodes: [130] },
  { id: 'console-crash', why: 'an error in the console that nobody foresaw', what: { kind: 'crash' }, goesOn: false, exitCodes: [3] },
  { id: 'console-api-down', why: 'the API server stops while the console asks', what: API_DOWN, goesOn: true, exitCodes: WITHOUT_ANSWER },
  { id: 'console-cut', why: 'the connection to the API server is cut while the console asks', what: { kind: 'cut' }, goesOn: true, exitCodes: WITHOUT_ANSWER },
  { id: 'console-pod-deleted', why: 'the pod is deleted while the console asks', what: { kind: 'pod-deleted' }, goesOn: true, exitCodes: WITHOUT_ANSWER },
];

/** By keys, from the list of namespaces into the pod. */
async function enterByKeys(terminal: Terminal, pod: string): Promise<void> {
  await terminal.shows('kube-system');
  for (const [text, gone, next] of [['shop', 'kube-system', 'payments-'], [pod, 'payments-', `${ui.input.label}:`]] as const) {
    await terminal.press('/');
    await terminal.type(text);
    await terminal.showsNoMore(gone);
    await terminal.press('Enter', 'Enter');
    await terminal.shows(next);
  }
  await terminal.type(SILENT_URL);
  await terminal.press('Enter');
  await terminal.asks(access.console.title);
  await terminal.press(access.console.agreeKey);
}

async function inContainer(pod: string): Promise<void> {
  const until = Date.now() + 30_000;
  while (!(await runningThings()).some((thing) => thing.includes(pod))) {
    if (Date.now() > until) throw new Error('no container came up');
    await delay(200);
  }
  await delay(1_500);
}

/** Throws in the console's own process, by the inspector that SIGUSR1 opens (Node.js, Debugger). */
async function crash(terminal: Terminal): Promise<void> {
  await terminal.kill('SIGUSR1');
  await delay(500);
  const [{ webSocketDebuggerUrl }] = (await (await fetch('http://127.0.0.1:9229/json/list')).json()) as [{ webSocketDebuggerUrl: string }];
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve) => { socket.addEventListener('open', resolve); });
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: "setTimeout(() => { throw new Error('nobody foresaw this'); })" } }));
  await delay(300);
  socket.close();
}

/** Answers what is asked on the way out. */
async function leaveByKeys(terminal: Terminal): Promise<void> {
  await terminal.press('q');
  for (let tries = 0; tries < 20; tries += 1) {
    await delay(500);
    const screen = await terminal.screen();
    if (screen.includes('exit=')) return;
    if (screen.includes(ui.dialogs.quit)) await terminal.press(ui.dialogs.yesKey);
    else if (screen.includes(toolkit.console.leaveTitle)) await terminal.press(toolkit.console.deleteKey);
  }
}

export async function runConsoleFault({ id, why, what, goesOn, exitCodes }: ConsoleFault): Promise<AccessResult> {
  const pod = await makePod('bare');
  const before = await podProcesses();
  const terminal = await Terminal.open(SIZE, ['--lang', 'en', '--write', '--ttl', '1m']);
  try {
    await enterByKeys(terminal, pod.name);
    await inContainer(pod.name);
    const startedAt = Date.now();
    let mend = async (): Promise<void> => { await Promise.resolve(); };
    if (what.kind === 'key') await terminal.press(what.key);
    else if (what.kind === 'crash') await crash(terminal);
    else if (what.kind === 'signal') await terminal.kill(what.signal);
    else mend = await disturb(what, pod, () => undefined);
    try {
      if (goesOn) await terminal.shows(ui.run.completed);
    } finally {
      await mend();
    }
    if (goesOn) await leaveByKeys(terminal);
    const left = await terminal.left();
    const seconds = (Date.now() - startedAt) / 1000;
    const remains = await leftAfter(before, TTL_MS + 40_000);
    const wrong = [
      ...(exitCodes.includes(left.exitCode) ? [] : [`exit code ${String(left.exitCode)}`]),
      ...(left.restored ? [] : ['the terminal is not as it was']),
      ...remains.map((one) => `left: ${one}`),
    ];
    return { id, why, exitCode: left.exitCode, seconds, said: '', terminal: left.restored ? 'restored' : 'not restored', wrong };
  } finally {
    await terminal.close();
    await deletePod(pod.name);
  }
}

/** Kills consoles with SIGKILL at random moments on their way into a pod, and waits until the time of what they made is over. */
export async function killedConsoles(times: number): Promise<readonly AccessResult[]> {
  const pod = await makePod('bare');
  const before = await podProcesses();
  const results: AccessResult[] = [];
  try {
    for (let time = 0; time < times; time += 1) {
      const afterMs = randomInt(300, 16_000);
      const terminal = await Terminal.open(SIZE, ['--lang', 'en', '--write', '--ttl', '1m']);
      void enterByKeys(terminal, pod.name).catch(() => undefined);
      await delay(afterMs);
      const shown = (await terminal.screen()).split('\n')[0]?.replace(/\s+/gu, ' ').trim() ?? '';
      await terminal.kill('SIGKILL');
      const { exitCode } = await terminal.left();
      await terminal.close();
      const things = await runningThings();
      // Nobody can put a terminal back who was killed like this; a shell's line editor and `reset` do.
      results.push({ id: `console-kill-9-${String(time + 1)}`, why: `SIGKILL to the console after ${String(afterMs)} ms (${shown}); then there run: ${things.join(', ') || 'nothing'}`, exitCode: null, seconds: afterMs / 1000, said: '', terminal: 'as SIGKILL leaves it', wrong: exitCode === 137 ? [] : [`exit code ${String(exitCode)}`] });
    }
    const left = await leftAfter(before, TTL_MS + 60_000);
    results.push({ id: 'console-kill-9-after-ttl', why: `all ${String(times)}, when their time is over`, exitCode: null, seconds: TTL_MS / 1000, said: '', terminal: '', wrong: left.map((one) => `left: ${one}`) });
  } finally {
    await deletePod(pod.name);
  }
  return results;
}
