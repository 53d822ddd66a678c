// npm run bench: what a user waits for, each as a ratio or difference to a baseline measured in the same run, so that the figures of
// two machines can be compared. Talks to nobody but a server of its own on 127.0.0.1.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import pty from '@lydell/node-pty';
import { ROOT } from './fresh.mjs';
import { setUpOrExit } from './setup.mjs';

const TRIES = 7;
const KEYS = 20;
const SERVER_WAIT_MS = 1_000;
const NODE = process.execPath;
const COMMAND = [NODE, join(ROOT, 'bin/netdiag-tui.js')];
// A home of its own: no kubeconfig, and a compile cache that the first, unmeasured try fills.
const home = mkdtempSync(join(tmpdir(), 'netdiag-bench-'));
const env = { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: join(home, 'cache'), KUBECONFIG: join(home, 'none'), TERM: 'xterm-256color', LANG: 'C.UTF-8' };

if (process.argv.includes('--console')) {
  // Of the cluster that the current kubeconfig names: how the console stands a crowd.
  await import('./bench-console.mjs');
  process.exit();
}
await setUpOrExit();
const server = createServer((_request, response) => setTimeout(() => response.end('ok'), SERVER_WAIT_MS));
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const url = `http://127.0.0.1:${server.address().port}/`;
try {
  await report();
} finally {
  server.closeAllConnections();
  server.close();
  rmSync(home, { recursive: true, force: true });
}

async function report() {
  const bare = await median(() => untilEnd([NODE, '-e', '0']));
  say('bare node -e 0', `${ms(bare.ms)}, ${mb(bare.peakKb)}`);
  const frame = await median(firstFrame);
  say('first frame', `${ms(frame.ms)}: ${over(frame.ms, bare.ms)} bare node (target: at most 350 ms over)`);
  const probe = await median(() => untilText([...COMMAND, 'run', '--local', '--to', url], /^c\d+ \$ /mu));
  say('first probe of run --local', `${ms(probe.ms)}: ${over(probe.ms, bare.ms)} bare node (target: at most 300 ms over)`);
  const curl = await median(() => untilEnd(['curl', '-sS', '-o', join(home, 'body'), url]), 3);
  say('one curl to the same server', `${ms(curl.ms)}, of which the server waits ${SERVER_WAIT_MS} ms`);
  const verdict = await median(untilVerdict, 3);
  say('verdict', `${ms(verdict.runMs)} after the run began: ${ratio(verdict.runMs, SERVER_WAIT_MS)} the longest single wait (target: at most 1.2)`);
  say('run, start and end included', `${ms(verdict.ms)}: ${ratio(verdict.ms, SERVER_WAIT_MS)} the longest single wait, ${ratio(verdict.ms, curl.ms)} one curl`);
  say('peak memory of run', `${mb(verdict.peakKb)}: ${ratio(verdict.peakKb, bare.peakKb)} bare node`);
  say('console', `${frame.bytesPerKey.toFixed(0)} bytes a frame at 80x24 (one key each), ${mb(frame.peakKb)}: ${ratio(frame.peakKb, bare.peakKb)} bare node`);
  // The project's own node: it reads the sources as they are.
  spawnSync(join(ROOT, 'node_modules/.bin/node'), [join(ROOT, 'scripts/bench-policy.mjs')], { stdio: 'inherit' });
}

function say(name, text) {
  process.stdout.write(`${name.padEnd(28)} ${text}\n`);
}

function ms(value) {
  return `${value.toFixed(0)} ms`;
}

function mb(kb) {
  return `${(kb / 1_024).toFixed(0)} MB`;
}

function ratio(value, base) {
  return `${(value / base).toFixed(2)}x`;
}

function over(value, base) {
  return `${(value - base).toFixed(0)} ms over, ${ratio(value, base)}`;
}

/** The middle one of several measurements by time, after one that only warms caches. */
async function median(measure, tries = TRIES) {
  await measure();
  const results = [];
  for (let index = 0; index < tries; index += 1) results.push(await measure());
  return results.sort((a, b) => a.ms - b.ms)[Math.floor(tries / 2)];
}

/** A whole run: the time that it says it took, beside that of the process. */
async function untilVerdict() {
  const file = join(home, 'verdict.json');
  const output = openSync(file, 'w');
  const whole = await untilEnd([...COMMAND, 'run', '--local', '--to', url, '-o', 'json'], output).finally(() => closeSync(output));
  return { ...whole, runMs: JSON.parse(readFileSync(file, 'utf8')).durationMs };
}

/** Time to the end of a command, and its peak memory. The exit code is the verdict's and no matter here. */
async function untilEnd([command, ...args], output = 'ignore') {
  const startedAt = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', output, 'inherit'] });
  const peak = watchMemory(child.pid);
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { ms: performance.now() - startedAt, peakKb: peak() };
}

/** Time until a command prints this. Ends it then. */
async function untilText([command, ...args], pattern) {
  const startedAt = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const seen = await new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (pattern.test(said)) resolve(performance.now());
    });
    child.once('close', () => resolve(null));
  });
  child.kill('SIGTERM');
  if (seen === null) throw new Error(`${args.join(' ')} never said ${pattern}`);
  await new Promise((resolve) => (child.exitCode ?? child.signalCode) !== null ? resolve() : child.once('close', resolve));
  return { ms: seen - startedAt };
}

/** Opens the console in a real pseudo-terminal: time to the first frame, then bytes for each of some keys. */
async function firstFrame() {
  const startedAt = performance.now();
  const terminal = pty.spawn(COMMAND[0], COMMAND.slice(1), { cols: 80, rows: 24, cwd: ROOT, env });
  const peak = watchMemory(terminal.pid);
  let bytes = 0;
  let said = '';
  const ended = new Promise((resolve) => terminal.onExit(resolve));
  const frame = new Promise((resolve) => {
    terminal.onData((data) => {
      bytes += Buffer.byteLength(data);
      said += data;
      if (hasFrame(said)) resolve(performance.now());
    });
  });
  const at = await Promise.race([frame, ended.then(() => null)]);
  if (at === null) throw new Error(`the console ended: ${said.trim()}`);
  await sleep(500);
  const before = bytes;
  for (let key = 0; key < KEYS; key += 1) {
    // Help on and off: every key changes most of the screen.
    terminal.write('?');
    await sleep(100);
  }
  const bytesPerKey = (bytes - before) / KEYS;
  const peakKb = peak();
  terminal.write('q');
  const timer = setTimeout(() => terminal.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(timer);
  return { ms: at - startedAt, bytesPerKey, peakKb };
}

/** Something to read on the alternate screen (xterm's private mode 1049); everything before it is terminal set-up. */
function hasFrame(said) {
  const [, screen = ''] = said.split('\u001b[?1049h');
  return /\S{3}/u.test(stripVTControlCharacters(screen));
}

/** Peak resident memory in kB of a process (VmHWM, proc_pid_status(5)); it only grows, so the last reading before its end is it. */
function watchMemory(pid) {
  let peakKb = 0;
  const read = () => {
    try {
      // VmHWM:	   45012 kB
      peakKb = Number(/^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? peakKb);
    } catch {
      // It has ended.
    }
  };
  const timer = setInterval(read, 5);
  return () => {
    read();
    clearInterval(timer);
    return peakKb;
  };
}
