import type { CauseId, Confidence } from '../domain/cause.ts';
import { layerOfCause } from '../domain/cause.ts';
import type { Dependency } from '../domain/dependency.ts';
import { concludeFanOut, withFanOutEvent, type FanOutConclusion, type FanOutEvent, type FanOutMember, type FanOutScope } from '../domain/fan-out.ts';
import type { Layer, LayerStatus } from '../domain/layer.ts';
import type { VerdictStatus } from '../domain/verdict.ts';
import { conclusionWords } from '../i18n/fan-out-words.ts';
import type { Messages } from '../i18n/index.ts';
import { runJson, type RunJson } from './json.ts';
import { EMPTY_RUN, withEvent, type RunSummary } from './run-summary.ts';

export const FAN_OUT_SCHEMA = 'netdiag-fan-out/v1';

/** What was asked, of whom. */
export interface FanOutQuestion {
  readonly scope: FanOutScope;
  readonly context: string;
  readonly namespace: string;
  /** `deployment/orders`. */
  readonly workload: string;
  readonly dependency: Dependency;
  readonly startedAt: string;
}

/** A fan-out as far as it went: the fold of its events. */
export interface FanOutSummary {
  readonly members: readonly FanOutMember[];
  /** By the pod's name. */
  readonly runs: ReadonlyMap<string, RunSummary>;
  readonly uncovered: readonly string[];
}

export const EMPTY_FAN_OUT: FanOutSummary = { members: [], runs: new Map(), uncovered: [] };

export function fanOutAfter({ members, runs, uncovered }: FanOutSummary, event: FanOutEvent): FanOutSummary {
  const own = event.kind === 'member' ? new Map([...runs, [event.pod, withEvent(runs.get(event.pod) ?? EMPTY_RUN, event.event)]]) : runs;
  return { members: withFanOutEvent(members, event), runs: own, uncovered: event.kind === 'planned' ? event.uncovered : uncovered };
}

/**
 * `netdiag-fan-out/v1`. Ids are stable; sentences are in the run's language. `verdict` is what the pods say together, the worst of theirs;
 * `members[].run` is each pod's whole run, as `run -o json` prints it.
 */
export interface FanOutJson {
  readonly schema: typeof FAN_OUT_SCHEMA;
  readonly tool: { readonly name: string; readonly version: string };
  readonly scope: FanOutScope;
  readonly target: { readonly context: string; readonly namespace: string; readonly workload: string };
  readonly dependency: Pick<Dependency, 'url' | 'protocol' | 'host' | 'port'>;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly ended: 'completed' | 'interrupted';
  readonly verdict: {
    readonly status: VerdictStatus;
    readonly cause: CauseId | null;
    readonly layer: Layer | null;
    readonly confidence: Confidence;
    readonly summary: string;
    readonly pattern: FanOutConclusion['pattern'];
    /** The node that stands out; null when none does. */
    readonly node: string | null;
    /** Those that the verdict is about. */
    readonly pods: readonly string[];
  };
  readonly members: readonly {
    readonly pod: string;
    readonly container: string;
    readonly node: string | null;
    /** False: a pod of something else, on a node without a replica. */
    readonly replica: boolean;
    /** null: it could not be asked, or was cut off. */
    readonly status: VerdictStatus | null;
    readonly cause: CauseId | null;
    readonly layers: Readonly<Record<Layer, LayerStatus>>;
    /** Why it could not be asked; null when it was. */
    readonly detail: string | null;
    readonly run: RunJson | null;
  }[];
  /** Nodes with pods of others only. */
  readonly uncovered: readonly string[];
}

export interface FanOutEnd {
  readonly durationMs: number;
  readonly ended: FanOutJson['ended'];
  readonly tool: FanOutJson['tool'];
}

export function fanOutJson(question: FanOutQuestion, summary: FanOutSummary, { durationMs, ended, tool }: FanOutEnd, messages: Messages): FanOutJson {
  const { scope, context, namespace, workload, dependency, startedAt } = question;
  const { url, protocol, host, port } = dependency;
  return {
    schema: FAN_OUT_SCHEMA,
    tool,
    scope,
    target: { context, namespace, workload },
    dependency: { url, protocol, host, port },
    startedAt,
    durationMs: Math.round(durationMs),
    ended,
    verdict: verdictJson(summary, messages),
    members: summary.members.map(({ place, verdict, layers, detail }) => ({
      pod: place.pod,
      container: place.container,
      node: place.node,
      replica: place.isReplica,
      status: verdict?.status ?? null,
      cause: verdict?.cause ?? null,
      layers,
      detail,
      run: runJson(summary.runs.get(place.pod) ?? EMPTY_RUN, messages),
    })),
    uncovered: summary.uncovered,
  };
}

function verdictJson({ members }: FanOutSummary, messages: Messages): FanOutJson['verdict'] {
  const conclusion = concludeFanOut(members);
  const { status, cause, confidence, pattern, node, pods } = conclusion;
  const summary = conclusionWords(conclusion, members, messages).sentences.join(' ');
  return { status, cause, layer: cause === null ? null : layerOfCause(cause), confidence, summary, pattern, node, pods };
}
