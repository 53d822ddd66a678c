/** A fault, or a network that only looks like one, as data. */
import type { CauseId } from '../../src/domain/cause.ts';
import type { LabCase } from './lab-case.ts';
import type { Toolbox } from './toolbox.ts';

export type ContrastName = 'node' | 'pod' | 'outside';

export interface Scenario {
  readonly id: string;
  readonly expected: CauseId | 'reachable';
  /** Parents and neighbours that are right as far as they go: no exact verdict, but no false one. */
  readonly tolerable?: readonly CauseId[];
  /** Why the evidence here is decisive. */
  readonly why: string;
  /** Sets the fault and returns the dependency that the user asks about. */
  readonly inject: (lab: LabCase) => Promise<string> | string;
  /** `all` when absent. */
  readonly tools?: Toolbox;
  /** None when absent. */
  readonly contrasts?: readonly ContrastName[];
  /** The tree does not name this cause yet. */
  readonly notYet?: true;
  /** The vantage lacks what would decide: a less certain verdict is right, a false one is not. */
  readonly limited?: true;
}

/** Checks the shape of a family of scenarios. */
export function scenarios(...list: readonly (Scenario | readonly Scenario[])[]): readonly Scenario[] {
  return list.flat();
}

/** The same fault seen from vantages that have less. */
export function alsoFrom(scenario: Scenario, toolboxes: readonly Toolbox[]): readonly Scenario[] {
  return [scenario, ...toolboxes.map((tools): Scenario => ({ ...scenario, id: `${scenario.id}@${tools}`, tools, limited: true }))];
}

/** The same fault with places to compare with. */
export function comparedWith(scenario: Scenario, contrasts: readonly ContrastName[], expected: Scenario['expected'] = scenario.expected): Scenario {
  return { ...scenario, id: `${scenario.id}+${contrasts.join('+')}`, contrasts, expected };
}
