import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/i18n/index.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { startConsole } from '../../src/ui/index.ts';
import { CONNECT, FILTERED_RUN, commandStarted, output } from '../store/run-events.ts';
import { container, fakePorts, pod, configured } from './fake-ports.ts';
import { HOSTILE, pacedRun } from './fake-runs.ts';
import { FakeTerminal } from './fake-terminal.ts';

/**
 * What Ink and the console write themselves: SGR, cursor moves and erasing, modes (alternate screen, cursor, bracketed paste,
 * synchronised output), line ends. Nothing else of a control character may be left over.
 */
const OWN = /\u001b\[[0-9;]*m|\u001b\[[0-9;]*[ABCDEFGHJK]|\u001b\[\?(?:25|1049|2004|2026)[hl]|\r?\n|\r/gu;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

function expectClean(written: string): void {
  const rest = written.replace(OWN, '');
  const at = rest.search(CONTROL);
  expect(at === -1 ? '' : JSON.stringify(rest.slice(Math.max(0, at - 20), at + 20))).toBe('');
  expect(written).not.toContain('evil.example');
  expect(written).not.toContain('\u001b[2J');
  expect(written).not.toContain(';owned');
}

/** A run of which everything that can be text is hostile. */
function hostileRun(text: string): readonly RunEvent[] {
  const events = FILTERED_RUN.map((event) => JSON.parse(JSON.stringify(event).replaceAll('slam.payments.example', 'HOST').replaceAll('timed out', 'SAID')) as RunEvent);
  const poisoned = JSON.parse(JSON.stringify(events), (_key, value: unknown) => (typeof value === 'string' ? value.replaceAll('HOST', text).replaceAll('SAID', text) : value)) as readonly RunEvent[];
  const end = poisoned.length - 2;
  return [
    ...poisoned.slice(0, end),
    { kind: 'vantage-unusable', atMs: 3_100, vantage: text, reason: text },
    commandStarted('c9', CONNECT, 'network-access', ['ip', text], 3_100),
    output('c9', 3_100, text, text),
    ...poisoned.slice(end),
  ];
}

it.each(HOSTILE.map((text) => [text.slice(0, 12), text]))('does not write what %s would do, on any screen', async (_name, text) => {
  const terminal = new FakeTerminal(120, 40);
  const ports = fakePorts({
    clusters: { ok: true, value: { current: text, contexts: [{ name: text, cluster: text, namespace: text }] } },
    namespaces: [{ name: text, status: text, age: text }],
    pods: [pod(text, { status: text, node: text, ip: text, restarts: text })],
    containers: [container(text, { image: text, state: text }), container('other')],
    dependencies: [{ url: `tcp://${text}:1`, ...configured(text) }, { url: 'tcp://good.example:1', ...configured(text) }],
    run: pacedRun(0, hostileRun(text)),
  });
  const messages = LANGUAGES.en;
  const exitCode = startConsole({ messages, language: 'en', streams: terminal.streams, env: {}, ports, preset: null });
  await terminal.shows('Namespaces (1)');
  terminal.type('\r');
  await terminal.shows('Pods in');
  await terminal.shows('(1)');
  terminal.type('\r');
  await terminal.shows('Containers of');
  await terminal.shows('other');
  terminal.type('\r');
  await terminal.shows('good.example');
  terminal.type(`\u001b[200~${text}\u001b[201~`);
  terminal.type('\u0015good.example:1\r');
  await terminal.shows('Fault found');
  for (const key of ['z', 'z', 't', 'z', 'z', '1', 'z', 'z', '2', '3', '4', ' ', 'v', 'G']) terminal.type(key);
  await terminal.shows('frozen');
  for (const key of [' ', 'o', '1', '2', 'p', 'z', 'z', 't', '/x\r', 'Y']) terminal.type(key);
  await terminal.shows(messages.console.run.plainTitle);
  terminal.type('q');
  await terminal.hides(messages.console.run.plainTitle);
  terminal.type('q');
  await exitCode;
  expectClean(terminal.written);
});

it('draws lines of a megabyte with hostile ends, in every panel and list, and goes on', async () => {
  const long = `${'x'.repeat(1_000_000)}\u001b]52;c;b3duZWQ=\u0007\u001b[2J`;
  const terminal = new FakeTerminal(120, 40);
  const [run, ...rest] = FILTERED_RUN;
  if (run === undefined) throw new Error('no run');
  const layers = ['application', 'transport', 'internet', 'network-access'] as const;
  const lines = layers.flatMap((layer, index) => [commandStarted(`c9${index.toString()}`, CONNECT, layer, ['tool', long], 10), output(`c9${index.toString()}`, 10, long)]);
  const ports = fakePorts({
    namespaces: [{ name: 'shop', status: long, age: long }],
    pods: [pod('checkout', { status: long, node: long })],
    containers: [container('app', { image: long, state: long }), container('other')],
    dependencies: [{ url: 'tcp://good.example:1', ...configured(long) }],
    run: pacedRun(0, [run, ...lines, ...rest]),
  });
  const exitCode = startConsole({ messages: LANGUAGES.en, language: 'en', streams: terminal.streams, env: {}, ports, preset: null });
  await terminal.shows('Namespaces (1)');
  terminal.type('\r');
  await terminal.shows('Pods in');
  await terminal.shows('(1)');
  terminal.type('\r');
  await terminal.shows('other');
  terminal.type('\r');
  await terminal.shows('good.example');
  terminal.type('good.example:1\r');
  await terminal.shows('Fault found');
  for (const key of ['1', 'z', 'z', '2', 'z', 'z', '3', 'z', 'z', '4', 'z', 'G', 'l', 'l']) terminal.type(key);
  await terminal.shows('xxxx');
  terminal.type('zq');
  await exitCode;
  expectClean(terminal.written);
});
