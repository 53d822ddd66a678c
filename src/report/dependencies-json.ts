import type { DependencyList } from '../domain/dependency-list.ts';
import type { DependencyState, FoundIn } from '../domain/found-dependency.ts';
import type { Target } from '../domain/target.ts';
import type { Messages } from '../i18n/index.ts';
import { untestableReason } from './verdict-text.ts';

export const DEPENDENCIES_SCHEMA = 'netdiag-dependencies/v1';

/** Where a destination was found: the parts for scripts, and a sentence. */
export type FoundJson = FoundIn & { readonly text: string };

/** `netdiag-dependencies/v1`. What fails now comes first. Times are milliseconds before the reading. */
export interface DependenciesJson {
  readonly schema: typeof DEPENDENCIES_SCHEMA;
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: Target;
  readonly dependencies: readonly {
    readonly url: string;
    readonly protocol: string;
    readonly host: string;
    readonly port: number;
    readonly state: DependencyState;
    readonly errors: number;
    readonly lastErrorAgeMs: number | null;
    readonly foundIn: readonly FoundJson[];
  }[];
  readonly hidden: DependencyList['hidden'];
  readonly unreadable: DependencyList['unreadable'];
}

export function dependenciesJson({ target, dependencies, hidden, unreadable }: DependencyList, tool: DependenciesJson['tool'], messages: Messages): DependenciesJson {
  return {
    schema: DEPENDENCIES_SCHEMA,
    tool,
    target,
    dependencies: dependencies.map(({ dependency: { protocol, host, port }, url, state, errors, lastErrorAgeMs, foundIn }) => ({
      url, protocol, host, port, state, errors,
      lastErrorAgeMs: lastErrorAgeMs === null ? null : Math.round(lastErrorAgeMs),
      foundIn: foundIn.map((found) => foundJson(found, messages)),
    })),
    hidden,
    unreadable: unreadable.map((one) => ({ source: one.source, reason: untestableReason(one, messages) })),
  };
}

export function foundJson(found: FoundIn, messages: Messages): FoundJson {
  return { ...found, text: messages.dependencies.foundIn(found) };
}
