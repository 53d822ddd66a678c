import type { CommandFailure } from '../domain/command.ts';

/** How a started command came to its end, as far as the way to it can tell. */
export interface Ending {
  /** null when `failure` says why there is none. A death by signal N is 128 + N, as shells say it. */
  readonly exitCode: number | null;
  readonly failure: CommandFailure | null;
  readonly detail: string | null;
}

export interface OutputSinks {
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
}

/** A command under way. Nothing here throws or rejects. */
export interface RunningProcess {
  write(bytes: Uint8Array): void;
  endInput(): void;
  /** Settles after the last byte of output was given to the sinks. */
  readonly ended: Promise<Ending>;
  /** Ends what runs on this machine: a process group, a socket. A remote process may live on. */
  terminate(): void;
}

/** A way to start commands somewhere. */
export interface Transport {
  /** True when ending the near end may leave the command running at the far end. */
  readonly isRemote: boolean;
  start(argv: readonly string[], input: 'none' | 'open', sinks: OutputSinks): RunningProcess;
  close(): Promise<void>;
}
