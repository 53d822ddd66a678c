import type { Dependency } from '../domain/dependency.ts';
import type { Fact } from '../domain/facts.ts';
import type { Question } from '../domain/question.ts';
import type { Target } from '../domain/target.ts';
import type { CommandWatch } from '../probes/probe.ts';
import type { Vantage } from '../domain/vantage.ts';
import type { Wishes } from './wishes.ts';

export type ClusterQuestion = Extract<Question, { kind: 'pod-state' | 'node-state' | 'cni-state' | 'proxy-state' | 'cluster-dns' | 'dns-server' | 'service' | 'service-at' | 'changes' | 'policy' | 'log' | 'endpoints' }>;

/** Reads from the cluster's API, with the kubectl command that shows the same. Never throws. */
export type AskCluster = (question: ClusterQuestion, signal: AbortSignal, watch?: CommandWatch) => Promise<{
  readonly fact: Fact;
  /** More of the same answer: ingress beside egress. */
  readonly further?: readonly Fact[];
  /** What was read, as lines for people: shown live, and kept with the observation. */
  readonly lines?: readonly string[];
  /** The lines were told to `watch` while they came. */
  readonly shown?: boolean;
  readonly command: readonly string[];
}>;

/** All that a run needs. The engine opens nothing: it is given places to run commands in. */
export interface DiagnosisRequest {
  readonly runId: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: Target;
  readonly dependency: Dependency;
  /** Where the connection starts; its identity has the id `target`. */
  readonly vantage: Vantage;
  /** Places to compare with, the most telling first. */
  readonly contrasts: readonly Vantage[];
  /** null without a cluster. */
  readonly askCluster: AskCluster | null;
  readonly connectTimeoutMs: number;
  /** The whole run ends after this long, with what is known by then. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Given: the run can be asked for more, and after its verdict waits for that until the signal aborts. Each time has the whole time limit. */
  readonly wishes?: Wishes;
}
