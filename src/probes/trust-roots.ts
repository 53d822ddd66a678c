import type { Vantage } from '../domain/vantage.ts';
import { readTrustStore, trustStoreArgv } from '../tools/trust-store/trust-store.ts';
import type { ProbeContext } from './probe.ts';
import { runWatched } from './run-command.ts';

const READ_TIMEOUT_MS = 5000;
const known = new WeakMap<Vantage, Promise<string | null>>();

/** The vantage's trust store as PEM text, read once; null when it has none or it cannot be read. */
export function trustRootsOf(context: ProbeContext): Promise<string | null> {
  const already = known.get(context.vantage);
  if (already !== undefined) return already;
  const reading = readRoots(context);
  known.set(context.vantage, reading);
  return reading;
}

async function readRoots(context: ProbeContext): Promise<string | null> {
  const shell = shellOf(context);
  if (shell === null) return null;
  // Not shown live: two hundred kilobytes of certificates tell a reader nothing.
  const quiet = { ...context, watch: { ...context.watch, line: () => undefined } };
  const result = await runWatched(quiet, { argv: trustStoreArgv(shell), timeoutMs: READ_TIMEOUT_MS });
  if (result.failure !== null) return null;
  const store = readTrustStore(result);
  return store.kind === 'trust-store' && store.pem !== '' ? store.pem : null;
}

function shellOf({ tools }: ProbeContext): readonly string[] | null {
  if (tools.tools['sh'] !== undefined) return ['sh'];
  if (tools.tools['bash'] !== undefined) return ['bash'];
  return tools.tools['busybox'] === undefined ? null : ['busybox', 'sh'];
}
