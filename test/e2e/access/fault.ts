/** What goes wrong while somebody is in a pod, as data. */

/** Pods that a fault is tried on; each fault gets new ones. `bare`: no shell; `shelled`: bash alone; `pair`: no shell, beside a busybox. */
export type PodKind = 'bare' | 'shelled' | 'pair';

/** When it goes wrong: so long after a text is shown, or after the start. */
export interface Moment {
  readonly shown: RegExp | null;
  readonly thenMs: number;
}

export type Disturbance =
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  /** The API server is stopped, and started again so much later. */
  | { readonly kind: 'api-server-down'; readonly forMs: number }
  /** No packet passes between the bastion and the API server until the command has ended. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'pod-deleted' }
  /** The application's process is killed: its container is started again. */
  | { readonly kind: 'container-restarted' }
  /** The kubelet of the pod's node answers nothing until the command has ended. */
  | { readonly kind: 'kubelet-frozen' }
  /** The same, long enough before for the node to be NotReady. */
  | { readonly kind: 'node-not-ready' }
  | { readonly kind: 'none' };

export interface AccessFault {
  readonly id: string;
  readonly why: string;
  readonly pod: PodKind;
  /** Arguments of netdiag-tui; `{pod}` is the pod's name. */
  readonly argv: readonly string[];
  readonly moment: Moment;
  readonly disturbance: Disturbance;
  /** Exit codes that are right. */
  readonly exitCodes: readonly number[];
  /** What it has to say, on either stream. */
  readonly says: RegExp;
  /** What would be wrong to say; a verdict from what could not be asked is the worst. */
  readonly neverSays: RegExp;
}
