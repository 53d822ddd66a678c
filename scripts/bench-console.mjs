// npm run bench -- --console: the console against the cluster of the current kubeconfig, in a pseudo-terminal of 120x40, all pods of all
// namespaces. Medians of some tries; memory and processor time as the kernel counts them (proc_pid_stat(5), proc_pid_status(5)).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { ROOT } from './fresh.mjs';

const TRIES = 5;
const KEYS = 100;
const IDLE_MS = 10_000;
const CLOCK_TICKS_PER_SECOND = 100;
const env = { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8' };

const starts = [];
for (let attempt = 0; attempt <= TRIES; attempt += 1) {
  const one = await session(attempt === TRIES);
  // The first one only warms caches.
  if (attempt > 0) starts.push(one);
}
const last = starts.at(-1);
say('pods', String(last.pods));
say('first frame', `${median('frameMs')} ms (target 400)`);
say('first pods', `${median('firstMs')} ms (target 700)`);
say('all pods', `${median('allMs')} ms (target 1000)`);
say('peak memory', `${median('peakMb')} MiB (target 200)`);
say('a key', `${last.keyMs[Math.floor(KEYS / 2)].toFixed(1)} ms at the median, ${last.keyMs[Math.floor(KEYS * 0.95)].toFixed(1)} ms at the 95th percentile (target 20, 50)`);
say('bytes for a cursor move', `${last.bytesPerKey.toFixed(0)} within the window, ${last.bytesPerScroll.toFixed(0)} on average going down the list (target 300)`);
say(`idle for ${IDLE_MS / 1000} s`, `${last.idlePercent.toFixed(1)} % of a core, ${last.idleBytes} bytes (target 1 %, none)`);

function say(name, text) {
  process.stdout.write(`${name.padEnd(26)} ${text}\n`);
}

function median(name) {
  return Math.round(starts.map((start) => start[name]).sort((a, b) => a - b)[Math.floor(starts.length / 2)]);
}

/** From the start to all pods; with `withKeys` then keys and silence. */
async function session(withKeys) {
  const screen = new xterm.Terminal({ cols: 120, rows: 40, allowProposedApi: true });
  const startedAt = performance.now();
  const console = pty.spawn(process.execPath, [join(ROOT, 'bin/netdiag-tui.js')], { cols: 120, rows: 40, cwd: ROOT, env });
  let bytes = 0;
  let onData = () => undefined;
  let said = '';
  let frameMs = null;
  console.onData((data) => {
    bytes += Buffer.byteLength(data);
    if (frameMs === null) {
      said += data;
      // A frame: something to read on the alternate screen.
      if (/\u001b\[\?1049h[^]*netdiag-tui/u.test(said)) {
        frameMs = performance.now() - startedAt;
        console.write('0');
      }
    }
    screen.write(data, () => onData());
  });
  const shows = (pattern) => new Promise((resolve) => {
    onData = () => {
      const text = screenText(screen);
      const found = pattern.exec(text);
      if (found !== null) resolve(found);
    };
    onData();
  });
  try {
    await shows(/\n❯ \S+ +\S+ +\d+\/\d+ /u);
    const firstMs = performance.now() - startedAt;
    const { pods, at } = await settled(screen, (listener) => { onData = listener; });
    const result = { frameMs, firstMs, allMs: at - startedAt, peakMb: peakMb(console.pid), pods };
    return withKeys ? { ...result, ...(await keysAndSilence(console, () => bytes, (listener) => { onData = listener; })) } : result;
  } finally {
    const ended = new Promise((resolve) => console.onExit(resolve));
    console.write('\u0003');
    await ended;
  }
}

async function keysAndSilence(console, bytes, listen) {
  await sleep(1_000);
  const before = bytes();
  const keyMs = [];
  let half = before;
  for (let key = 0; key < KEYS; key += 1) {
    const pressedAt = performance.now();
    const answered = new Promise((resolve) => listen(resolve));
    // Within the window, then past its end, where the list scrolls.
    console.write(key < KEYS / 2 && key % 2 === 1 ? 'k' : 'j');
    await answered;
    keyMs.push(performance.now() - pressedAt);
    await sleep(30);
    if (key === KEYS / 2 - 1) half = bytes();
  }
  const [bytesPerKey, bytesPerScroll] = [(half - before) / (KEYS / 2), (bytes() - half) / (KEYS / 2)];
  listen(() => undefined);
  await sleep(1_000);
  const [quietBytes, quietMs] = [bytes(), processorMs(console.pid)];
  await sleep(IDLE_MS);
  return { keyMs: keyMs.sort((a, b) => a - b), bytesPerKey, bytesPerScroll, idleBytes: bytes() - quietBytes, idlePercent: ((processorMs(console.pid) - quietMs) / IDLE_MS) * 100 };
}

/** The list without its notice of loading, for half a second: the count in its title, and since when. */
async function settled(screen, listen) {
  let at = null;
  listen(() => {
    at = /Loading/u.test(screenText(screen)) ? null : (at ?? performance.now());
  });
  while (at === null || performance.now() - at < 500) await sleep(5);
  return { pods: Number(/\((\d+)\)/u.exec(screenText(screen))?.[1]), at };
}

function screenText(screen) {
  const { active } = screen.buffer;
  return Array.from({ length: screen.rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '').join('\n').trimEnd();
}

function peakMb(pid) {
  // VmHWM:	   45012 kB
  return Number(/^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

/** utime and stime: fields 14 and 15, counted from behind the command's name, which may hold spaces. */
function processorMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /u, '').split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND) * 1_000;
}
