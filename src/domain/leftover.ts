/** Something that this program made, in this session or another, here or on another machine. */
export interface Leftover {
  readonly kind: 'pod' | 'ephemeral-container';
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  /** null for a pod. */
  readonly container: string | null;
  readonly image: string;
  readonly owner: string;
  readonly session: string;
  /** RFC 3339; '' when it does not say. */
  readonly endsAt: string;
  readonly state: 'running' | 'waiting' | 'ended';
  /** Finds the keeper of an ephemeral container. */
  readonly mark: string;
}

/** How far is looked: `pods`, only what labels find, which is cheap in a cluster of any size; `glance`, in the first pods for containers, too. */
export type Thoroughness = 'everything' | 'glance' | 'pods';

/** `shop/debug-toolkit`, `shop/payments-6f47/netdiag-x7k2p`. */
export function leftoverName({ namespace, pod, container }: Pick<Leftover, 'namespace' | 'pod' | 'container'>): string {
  return container === null ? `${namespace}/${pod}` : `${namespace}/${pod}/${container}`;
}

/** What came of ending one. `never-started`: a container that waits for its image has no process that could be ended. */
export type LeftoverEnd =
  /** The API server has it no more, or shows it as ended. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'remains'; readonly reason: 'never-started' | 'not-confirmed' | 'refused'; readonly detail: string };

export interface CleanedUp {
  readonly leftover: Leftover;
  readonly end: LeftoverEnd;
}
