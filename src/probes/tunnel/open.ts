import type { Duplex } from 'node:stream';
import type { CommandFailure, CommandResult, OutputLine } from '../../domain/command.ts';
import { CHANNEL_CONNECTED, CHANNEL_HELLO, type ChannelDestination, type ChannelDialect } from '../../domain/dialect.ts';
import { errorText } from '../../domain/error-text.ts';
import type { ConnectFact, Fact, UnavailableFact, UnavailableReason } from '../../domain/facts.ts';
import { recogniseErrno } from '../../tools/errno/strerror.ts';
import { unavailable, type ProbeContext } from '../probe.ts';
import { streamOfChannel } from './channel-stream.ts';
import { within } from './deadline.ts';

/** What a tunnel is made with: the vantage and limits of the probe, and the command that carries the bytes. */
export interface TunnelAccess {
  readonly context: ProbeContext;
  readonly dialect: ChannelDialect;
}

/** An open way into the vantage's network. Times are milliseconds of this machine's clock. */
export interface Tunnel {
  readonly destination: ChannelDestination;
  readonly stream: Duplex;
  /** performance.now() at the moment the command was started. */
  readonly startedAt: number;
  /** The command's standard error so far. */
  readonly lines: () => readonly string[];
  readonly argv: readonly string[];
  /**
   * What is known of the connection now. Connected when the tool said so or bytes came; otherwise, once the command has ended, what its
   * message says; a tool that says nothing and still runs proves nothing: `unavailable`.
   */
  readonly connection: () => Promise<readonly (ConnectFact | Fact)[]>;
  /** How the stream ended: reset when the tool said so. Waits a moment for the command's last words. */
  readonly ending: () => Promise<'closed' | 'reset'>;
  readonly close: () => void;
}

export type TunnelResult =
  | { readonly kind: 'open'; readonly tunnel: Tunnel }
  | { readonly kind: 'failed'; readonly facts: readonly Fact[]; readonly argv: readonly string[]; readonly lines: readonly string[] };

/** Starting a command in a pod can take seconds; that the greeting comes back later than this means that nobody reads it. */
const HELLO_WAIT_MS = 6_000;
/** The tool's own limit ends a connect first; ours is for one that does not keep to it. */
const CONNECT_SLACK_MS = 1_000;
const LAST_WORDS_MS = 400;

/**
 * Opens a connection from inside the vantage. Proves first that standard input reaches the command at all; failing that, the
 * result is `unavailable` and says nothing about the network.
 */
export async function openTunnel(access: TunnelAccess, destination: ChannelDestination): Promise<TunnelResult> {
  const { context, dialect } = access;
  const argv = dialect.argv(destination, context.limits, context.tools);
  if (argv === null) return failed([], [], unavailable('no-tool', `${dialect.id} cannot reach ${destination.address}`));
  const lines: string[] = [];
  const seen = new Map<string, (line: OutputLine) => void>();
  const heard = (text: string): Promise<number> => new Promise((resolve) => seen.set(text, () => { resolve(performance.now()); }));
  const hello = heard(CHANNEL_HELLO);
  const connected = heard(CHANNEL_CONNECTED);
  const commandId = context.watch.started(argv);
  const startedAt = performance.now();
  const channel = context.vantage.openChannel(
    { argv, timeoutMs: context.limits.commandTimeoutMs },
    {
      signal: context.signal,
      onLine: (line) => {
        if (line.stream !== 'stderr') return;
        const marker = seen.get(line.text.trim());
        if (marker !== undefined) marker(line);
        else {
          lines.push(line.text);
          context.watch.line(commandId, line);
        }
      },
    },
  );
  const result = channel.result.catch((error: unknown) => lostChannel(error));
  void result.then((ended) => { context.watch.ended(commandId, ended); });
  let received = 0;
  let endedByItself = false;
  const stream = streamOfChannel(channel, (bytes) => { received += bytes.length; }, () => { endedByItself = true; });
  stream.on('error', () => undefined);
  const close = (): void => { stream.destroy(); };
  context.signal.addEventListener('abort', close, { once: true });
  void result.then(() => { context.signal.removeEventListener('abort', close); });

  channel.write(Buffer.from(`${CHANNEL_HELLO}\n`));
  const greeted = await within(Math.min(HELLO_WAIT_MS, context.limits.commandTimeoutMs - 500), context.signal, hello, result);
  if (typeof greeted !== 'number') {
    close();
    return failed(argv, lines, greeted === null ? noGreeting(context.signal) : notStarted(greeted));
  }
  const readEnd = (ended: CommandResult): readonly Fact[] => readFailure(dialect, destination, ended);
  let fact: ConnectFact | null = null;
  if (dialect.tellsConnected) {
    const outcome = await within(context.limits.connectTimeoutMs + CONNECT_SLACK_MS, context.signal, connected, result);
    if (typeof outcome !== 'number') {
      close();
      const facts = outcome !== null ? readEnd(outcome) : context.signal.aborted ? [unavailable('cancelled', '')] : [connectFact(destination, 'timeout', greeted)];
      return { kind: 'failed', facts, argv, lines };
    }
    fact = { ...connectFact(destination, 'connected', greeted), elapsedMs: Math.max(0, Math.round(outcome - greeted)) };
  }
  const connection = async (): Promise<readonly Fact[]> => {
    if (fact !== null) return [fact];
    if (received > 0) return [connectFact(destination, 'connected', null)];
    // What a command says that we ended is no word about the connection.
    const ended = endedByItself ? await within(LAST_WORDS_MS, context.signal, result) : null;
    return ended === null ? [unavailable('not-understood', `${dialect.id} does not say whether it connected`)] : readEnd(ended);
  };
  const ending = async (): Promise<'closed' | 'reset'> => {
    await within(LAST_WORDS_MS, context.signal, result);
    return lines.some((line) => recogniseErrno(line)?.outcome === 'reset' || /broken pipe/iu.test(line)) ? 'reset' : 'closed';
  };
  return { kind: 'open', tunnel: { destination, stream, startedAt, lines: () => lines, argv, connection, ending, close } };
}

function failed(argv: readonly string[], lines: readonly string[], fact: UnavailableFact): TunnelResult {
  return { kind: 'failed', facts: [fact], argv, lines };
}

function noGreeting(signal: AbortSignal): UnavailableFact {
  return signal.aborted ? unavailable('cancelled', '') : unavailable('command-failed', 'standard input is not attached');
}

/** The command ended without its greeting: whatever it printed, it may never have tried to connect. */
function notStarted(ended: CommandResult): UnavailableFact {
  if (ended.failure !== null) return unavailable(REASONS[ended.failure], ended.detail ?? '');
  return unavailable('command-failed', ended.stderr.trim().split('\n')[0] ?? '');
}

const REASONS: Readonly<Record<CommandFailure, UnavailableReason>> = {
  'no-such-command': 'no-tool',
  'not-permitted': 'not-permitted',
  'vantage-lost': 'vantage-lost',
  'timed-out': 'timed-out',
  'too-much-output': 'not-understood',
  cancelled: 'cancelled',
};

/** What the tool's own message says; the address and port that were asked for are filled in. */
function readFailure(dialect: ChannelDialect, destination: ChannelDestination, ended: CommandResult): readonly Fact[] {
  if (ended.failure !== null && ended.failure !== 'timed-out' && ended.failure !== 'too-much-output') return [unavailable(REASONS[ended.failure], ended.detail ?? '')];
  const facts = dialect.parse({ ...ended, stderr: withoutMarkers(ended.stderr), lines: ended.lines.filter((line) => !isMarker(line.text)) });
  return facts.map((fact) => (fact.kind === 'connect' ? { ...fact, address: fact.address ?? destination.address, port: fact.port ?? destination.port } : fact));
}

function isMarker(text: string): boolean {
  return text.trim() === CHANNEL_HELLO || text.trim() === CHANNEL_CONNECTED;
}

function withoutMarkers(text: string): string {
  return text.split('\n').filter((line) => !isMarker(line)).join('\n');
}

function connectFact(destination: ChannelDestination, outcome: 'connected' | 'timeout', since: number | null): ConnectFact {
  return {
    kind: 'connect',
    host: null,
    address: destination.address,
    port: destination.port,
    transport: destination.transport,
    outcome,
    elapsedMs: since === null ? null : Math.round(performance.now() - since),
    detail: outcome === 'connected' ? null : 'no answer within the limit',
  };
}

function lostChannel(error: unknown): CommandResult {
  const detail = errorText(error);
  return { exitCode: null, failure: 'vantage-lost', detail, stdout: '', stderr: '', lines: [], durationMs: 0 };
}

