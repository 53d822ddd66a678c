import type { Dependency } from '../domain/dependency.ts';
import type { RunEvent } from '../domain/run-event.ts';
import type { Language } from '../i18n/index.ts';
import type { Outcome } from './problem.ts';

export type WorkloadKind = 'pod' | 'deployment' | 'statefulset' | 'daemonset' | 'replicaset' | 'replicationcontroller' | 'job' | 'service';

export interface Workload {
  readonly kind: WorkloadKind;
  readonly name: string;
}

/** Where the connection starts, as the user named it. */
export type Start =
  | { readonly kind: 'cluster'; readonly workload: Workload; readonly container: string | null }
  | { readonly kind: 'local' }
  | { readonly kind: 'via'; readonly argv: readonly string[] };

/** Which cluster, as far as the user said; null means as kubectl would choose. */
export interface ClusterOptions {
  readonly namespace: string | null;
  readonly context: string | null;
  readonly kubeconfig: string | null;
}

/** A checked `run`: everything in it can be used as it is. */
export interface RunRequest {
  readonly start: Start;
  readonly cluster: ClusterOptions;
  readonly dependency: Dependency;
  readonly contrasts: readonly { readonly name: string; readonly argv: readonly string[] }[];
  readonly output: OutputFormat;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly language: Language;
}

export const OUTPUT_FORMATS = ['text', 'json'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export interface SessionOptions {
  /** Ends the run: it then yields what is left and `run-ended`. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Finds the target, builds the vantages and starts the engine; a start that fails is a problem, never an exception. */
export type StartSession = (request: RunRequest, options: SessionOptions) => Promise<Outcome<AsyncIterable<RunEvent>>>;
