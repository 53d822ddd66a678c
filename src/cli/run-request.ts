import type { ContrastWish } from '../access/contrasts.ts';
import type { Change, Consent, Progress } from '../domain/access.ts';
import type { Leftover } from '../domain/leftover.ts';
import type { FanOutScope } from '../domain/fan-out.ts';
import type { Dependency } from '../domain/dependency.ts';
import type { RunEvent } from '../domain/run-event.ts';
import type { Language } from '../i18n/index.ts';
import type { AccessOptions } from './access/access-options.ts';
import type { ReportFormat } from '../report/format-names.ts';
import type { Outcome } from './problem.ts';
import type { RecordChoice } from './recordings/choice.ts';

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
  /** `auto`: the first of what the pod itself names that fails. */
  readonly dependency: Dependency | 'auto';
  /** From many pods of the workload instead of one; null: from one. */
  readonly fanOut: FanOutScope | null;
  readonly contrasts: readonly { readonly name: string; readonly argv: readonly string[] }[];
  /** Places to compare with that are made for it. */
  readonly ownContrasts: readonly ContrastWish[];
  readonly access: AccessOptions;
  /** null: once. */
  readonly watch: WatchPlan | null;
  readonly output: ReportFormat;
  readonly record: RecordChoice;
  /** Tokens stand for names and addresses in all that is printed and recorded, which is made when the run has ended. */
  readonly withoutNames: boolean;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly language: Language;
}

/** The same run again and again. */
export interface WatchPlan {
  /** From the start of one run to the start of the next; one that takes longer is followed at once. */
  readonly everyMs: number;
  /** Ends with the first run that finds the connection broken that worked, or working that was broken. */
  readonly untilChange: boolean;
}

export const OUTPUT_FORMATS = ['text', 'json'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export interface SessionOptions {
  /** Ends the run: it then yields what is left and `run-ended`. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asked before each change to the cluster; absent: nothing is changed. */
  readonly consent?: (change: Change) => Promise<Consent>;
  readonly progress?: (step: Progress) => void;
  /** Told at most once: what the user's earlier sessions left. */
  readonly leftEarlier?: (leftovers: readonly Leftover[]) => void;
}

/** Finds the target, builds the vantages and starts the engine; a start that fails is a problem, never an exception. */
export type StartSession = (request: RunRequest, options: SessionOptions) => Promise<Outcome<AsyncIterable<RunEvent>>>;
