/** What one reads of a pod before asking from it: its log, its state, its manifest. Plain data, cleaned where it was read. */
import type { ClusterEvent } from './facts.ts';
import type { PortFailure } from './console-ports.ts';
import type { Meaning } from './meaning.ts';

/** A pod or one of its containers. */
export interface PodPlace {
  readonly namespace: string;
  readonly pod: string;
  /** null: the one that kubectl would take. */
  readonly container: string | null;
}

export interface LogPageLine {
  readonly text: string;
  /** What it says happened; null for a line that is no error. */
  readonly meaning: Meaning | null;
}

export type LogUpdate =
  /** What was written so far, then what comes. */
  | { readonly kind: 'lines'; readonly container: string; readonly lines: readonly LogPageLine[] }
  | { readonly kind: 'failed'; readonly failure: PortFailure };

export interface DescribedContainer {
  readonly name: string;
  readonly kind: 'container' | 'init' | 'ephemeral';
  readonly image: string;
  /** `running`, `waiting: ImagePullBackOff`. */
  readonly state: string;
  readonly message: string | null;
  readonly restarts: number;
  /** `Error 137 2026-11-25T18:19:01Z`; null for one that never ended. */
  readonly lastEnd: string | null;
  /** `8080/TCP http`. */
  readonly ports: readonly string[];
}

export interface PodDescription {
  readonly labels: Readonly<Record<string, string>>;
  /** `ReplicaSet/orders-98d985fb9`; null for a pod of its own. */
  readonly owner: string | null;
  readonly phase: string;
  readonly node: string | null;
  readonly addresses: readonly string[];
  readonly hostNetwork: boolean;
  readonly dnsPolicy: string;
  readonly serviceAccount: string | null;
  /** RFC 3339. */
  readonly createdAt: string | null;
  /** Conditions that are not as they should be: `Ready False ContainersNotReady: ...`. */
  readonly unmet: readonly string[];
  readonly containers: readonly DescribedContainer[];
  /** The newest last; null when they may not be read, and `eventsFailure` says why. */
  readonly events: readonly ClusterEvent[] | null;
  readonly eventsFailure: string | null;
}
