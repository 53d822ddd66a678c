import type { Dependency } from '../../domain/dependency.ts';
import type { DependencyList } from '../../domain/dependency-list.ts';
import type { RunEventOf } from '../../domain/run-event.ts';
import { done, failed, type Outcome } from '../problem.ts';

export interface Choice {
  readonly dependency: Dependency;
  readonly because: Omit<RunEventOf<'dependency-chosen'>, 'kind' | 'atMs'>;
}

/** What `--to auto` means: the first that fails now, else the last that failed, else the only one. */
export function chooseDependency({ dependencies, target }: DependencyList): Outcome<Choice> {
  const [first] = dependencies;
  if (first === undefined) return failed('no-destination-found', `${target.namespace}/${target.pod}`);
  const { dependency, url, state, foundIn } = first;
  const choice = (reason: Choice['because']['reason']): Outcome<Choice> => done({ dependency, because: { url, reason, foundIn, others: dependencies.length - 1 } });
  if (state === 'failing' || state === 'failed-before') return choice(state);
  return dependencies.length === 1 ? choice('only') : failed('nothing-fails', dependencies.map((one) => one.url).join(', '));
}
