import type { CommandResult, CommandSpec, OutputLine } from './command.ts';
import type { ToolsFact } from './facts.ts';

/** Who runs a command: the pod whose connection fails, or a place to compare it with. */
export type VantageRole = 'target' | 'contrast';

export type VantageKind = 'local' | 'via' | 'container' | 'ephemeral' | 'toolkit' | 'node';

/** Where a place stands on the network, as far as it is known. The tree compares vantages by these. */
export interface VantageIdentity {
  /** `target`, or `contrast:NAME`; unique in a run. */
  readonly id: string;
  readonly role: VantageRole;
  readonly kind: VantageKind;
  /** What people call it: `shop/orders-6f7c/orders`, `this machine`, the name given with --contrast. */
  readonly name: string;
  /** Kubernetes node it is on; null when unknown or not in a cluster. */
  readonly node: string | null;
  /** Namespace/pod when it is in a pod's network; null otherwise. */
  readonly pod: { readonly namespace: string; readonly name: string } | null;
  /**
   * How it relates to the target's place in the cluster. `sibling`: a pod with the same labels and owner;
   * `pod`: another pod; `node`: host network of a cluster node; `outside`: not in the cluster network;
   * `self`: the target itself; `unknown`: given by the user as a command prefix.
   */
  readonly relation: 'self' | 'sibling' | 'pod' | 'node' | 'outside' | 'unknown';
  /** What a person puts before a command to run it there: ['kubectl','exec',...,'--'], ['ssh','n3'] or []. */
  readonly prefix: readonly string[];
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Called as lines arrive, already cleaned of control sequences. */
  readonly onLine?: (line: OutputLine) => void;
}

/** A command whose standard input and output stay open and carry bytes: the way into a pod's network. */
export interface ByteChannel {
  write(bytes: Uint8Array): void;
  /** Standard output, raw. Ends when the command ends. */
  readonly output: AsyncIterable<Uint8Array>;
  /** Settles when the command has ended; `stdout` is empty here, `stderr` is kept. */
  readonly result: Promise<CommandResult>;
  /** Ends the command and its remote process. */
  close(): void;
}

/** A place where commands run. Every implementation ends the remote process when the signal aborts. */
export interface Vantage {
  readonly identity: VantageIdentity;
  run(spec: CommandSpec, options: RunOptions): Promise<CommandResult>;
  openChannel(spec: CommandSpec, options: RunOptions): ByteChannel;
  /** Told once what the place has: with a shell and timeout(1) there, a remote command can really be ended. */
  learn?(tools: ToolsFact): void;
  /** Waits until cancelled commands are ended at the far end, then releases connections; safe to call twice. */
  close(): Promise<void>;
}
