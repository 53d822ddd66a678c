import type { PodSelector } from '../kube/pod-selectors.ts';

export interface CopiedLabels {
  readonly labels: Readonly<Record<string, string>>;
  /** Left out, each with what selects by it. */
  readonly leftOut: readonly { readonly label: string; readonly selectedBy: readonly string[] }[];
}

/**
 * Labels of a pod without those by which a Service or a controller selects it: a pod that has all of a Service's labels would get its
 * traffic, and a ReplicaSet would adopt it, and end another one for it.
 */
export function copiedLabels(labels: Readonly<Record<string, string>>, selectors: readonly PodSelector[]): CopiedLabels {
  const selecting = selectors.filter(({ matchLabels }) => Object.entries(matchLabels).every(([key, value]) => labels[key] === value));
  const selectedBy = (key: string): readonly string[] => selecting.filter(({ matchLabels }) => Object.hasOwn(matchLabels, key)).map(({ name }) => name);
  const kept = Object.entries(labels).filter(([key]) => selectedBy(key).length === 0);
  const leftOut = Object.keys(labels).filter((key) => selectedBy(key).length > 0).map((label) => ({ label, selectedBy: selectedBy(label) }));
  return { labels: Object.fromEntries(kept), leftOut };
}

/** A selector without labels of its own (expressions alone) may match anything: what it would do is not known. */
export function unclearSelectors(selectors: readonly PodSelector[]): readonly string[] {
  return selectors.filter(({ matchLabels, hasExpressions }) => hasExpressions && Object.keys(matchLabels).length === 0).map(({ name }) => name);
}
