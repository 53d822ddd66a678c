import { afterEach } from 'vitest';
import { LANGUAGES, type Language } from '../../src/i18n/index.ts';
import { startConsole, type ConsolePreset } from '../../src/ui/index.ts';
import { fakePorts, type FakeCluster } from './fake-ports.ts';
import { FakeTerminal } from './fake-terminal.ts';

export interface Session {
  readonly terminal: FakeTerminal;
  readonly exitCode: Promise<number>;
  readonly calls: readonly string[];
  /** What was saved as files. */
  readonly saved: readonly (readonly string[])[];
}

export interface SessionOptions {
  readonly size?: readonly [number, number];
  readonly language?: Language;
  readonly preset?: ConsolePreset;
}

const open: FakeTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.hangUp();
});

/** The console on a cluster of plain data, in a terminal that hangs up when the test ends. */
export function start(cluster: FakeCluster = {}, options: SessionOptions = {}): Session {
  const [columns, rows] = options.size ?? [80, 24];
  const terminal = new FakeTerminal(columns, rows);
  open.push(terminal);
  const ports = fakePorts(cluster);
  const language = options.language ?? 'en';
  const exitCode = startConsole({ messages: LANGUAGES[language], language, streams: terminal.streams, env: {}, ports, preset: options.preset ?? null });
  return { terminal, exitCode, calls: ports.calls, saved: ports.saved };
}

const WAIT_FOR_ESC_MS = 150;

export async function esc(terminal: FakeTerminal): Promise<void> {
  terminal.type('\u001b');
  await pause(WAIT_FOR_ESC_MS);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
