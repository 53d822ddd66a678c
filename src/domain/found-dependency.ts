import type { Dependency } from './dependency.ts';
import type { Meaning } from './meaning.ts';

/** One entry of a container's log that tells of an error: its line, and what the line says. */
export interface LogError {
  /** RFC 3339, as the container runtime stamped it; null when the line had no stamp. */
  readonly at: string | null;
  /** How long before it was read; never below 0; null without a stamp. */
  readonly ageMs: number | null;
  /** The line, cleaned, without credentials, at most 400 characters. */
  readonly text: string;
  readonly meaning: Meaning;
  /** Id of the likeliest cause by the words alone; null when they name none. */
  readonly cause: string | null;
  /** What the line says was asked for; null when it names nothing. Port null: only a host. */
  readonly host: string | null;
  readonly port: number | null;
  /** As parseDependency reads it, when the line names a whole destination. */
  readonly url: string | null;
  /** The time limit that ran out, where the line names it. */
  readonly limitMs: number | null;
  /** Written by the container before its last restart. */
  readonly previous: boolean;
}

/** Where a destination was found. */
export type FoundIn =
  /** `source`: `value`, `configmap/NAME`. */
  | { readonly kind: 'variable'; readonly name: string; readonly source: string }
  /** A key of a ConfigMap that is mounted as a file; `name`: the entry in it, as a dotted path, null where it has none. */
  | { readonly kind: 'file'; readonly source: string; readonly path: string; readonly name: string | null }
  /** Command line of the container; `name`: the option. */
  | { readonly kind: 'argument'; readonly name: string | null }
  | { readonly kind: 'log'; readonly error: LogError }
  | { readonly kind: 'socket'; readonly state: string; readonly address: string; readonly port: number; readonly count: number }
  /** `NAMESPACE/NAME` of a mesh's ServiceEntry. */
  | { readonly kind: 'service-entry'; readonly name: string };

/** One place that names one destination. */
export interface Sighting {
  readonly dependency: Dependency;
  readonly foundIn: FoundIn;
}

/**
 * failing: an error of the last minutes, or a connect that hangs now; failed-before: errors, but older; in-use: a connection stands;
 * configured: named, and nothing more is known; allowed: a mesh lets it through, whoever uses it.
 */
export const DEPENDENCY_STATES = ['failing', 'failed-before', 'in-use', 'configured', 'allowed'] as const;
export type DependencyState = (typeof DEPENDENCY_STATES)[number];

export interface FoundDependency {
  /** Without credentials and query. */
  readonly url: string;
  readonly dependency: Dependency;
  readonly state: DependencyState;
  /** Errors in the log that name it. */
  readonly errors: number;
  /** null without a stamped error. */
  readonly lastErrorAgeMs: number | null;
  /** The most telling first; never empty. */
  readonly foundIn: readonly FoundIn[];
}
