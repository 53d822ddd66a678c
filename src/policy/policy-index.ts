import type { NetworkPolicy } from './model.ts';
import type { Labels } from './selector.ts';

/**
 * Policies of one namespace by a label that they ask for, so that a pod's question looks at those alone that may select it: in a namespace
 * with thousands of policies most are about other pods.
 */
export class PolicyIndex {
  readonly #policies: readonly NetworkPolicy[];
  /** Places in the list, by `key=value`. */
  readonly #byLabel = new Map<string, number[]>();
  /** Those that no single label rules out. */
  readonly #others: number[] = [];

  constructor(policies: readonly NetworkPolicy[]) {
    this.#policies = policies;
    for (const [place, { podSelector }] of policies.entries()) {
      const [label] = Object.entries(podSelector.labels);
      if (label === undefined) this.#others.push(place);
      else this.#placesOf(label).push(place);
    }
  }

  /** In the order of the list. */
  candidatesFor(labels: Labels): readonly NetworkPolicy[] {
    const places = new Set([...this.#others, ...Object.entries(labels).flatMap((label) => this.#byLabel.get(keyOf(label)) ?? [])]);
    return [...places].sort((a, b) => a - b).flatMap((place) => this.#policies[place] ?? []);
  }

  #placesOf(label: readonly [string, string]): number[] {
    const key = keyOf(label);
    const known = this.#byLabel.get(key) ?? [];
    this.#byLabel.set(key, known);
    return known;
  }
}

/** Neither part of a label has an equals sign (Kubernetes docs, "Labels and Selectors"); what has one is looked at once too often. */
function keyOf([key, value]: readonly [string, string]): string {
  return `${key}=${value}`;
}
