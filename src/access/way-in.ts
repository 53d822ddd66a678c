import type { AccessDialogue, CreatedThing } from '../domain/access.ts';
import type { Vantage, VantageRole } from '../domain/vantage.ts';
import type { ClusterAccess } from '../kube/access.ts';
import type { PodExec } from '../kube/exec-socket.ts';
import type { PodAccess } from '../kube/pod-access.ts';
import type { Owner, ToolkitOptions } from './owner.ts';

/** What a place has to ask with. */
export type Surveyed =
  | { readonly kind: 'tools' }
  | { readonly kind: 'none'; readonly detail: string }
  | { readonly kind: 'not-permitted'; readonly detail: string }
  | { readonly kind: 'lost'; readonly detail: string };

/** Everything that getting into a pod needs from outside. */
export interface Climber extends AccessDialogue {
  readonly exec: PodExec;
  readonly access: ClusterAccess;
  readonly owner: Owner;
  readonly options: ToolkitOptions;
  readonly signal: AbortSignal;
  survey(vantage: Vantage): Promise<Surveyed>;
  nowMs(): number;
}

/** The container that is to be entered. */
export interface Goal {
  readonly pod: PodAccess;
  readonly container: string;
  /** Of that container, as far as it can be read without Secrets. */
  readonly environment: Readonly<Record<string, string>>;
  readonly role: { readonly id: string; readonly role: VantageRole };
  /** True: what is made stays until its time is over, and the next run finds it. */
  readonly stays: boolean;
  /** Tools are to be installed in the container itself, rather than that another place is looked for. */
  readonly installs: boolean;
}

/** A place that was entered. */
export interface Entered {
  readonly vantage: Vantage;
  readonly created: CreatedThing | null;
  /** Ends what was made for it, unless it is to stay, and waits for the API server to say so, as long as the signal lets it. */
  release(signal: AbortSignal): Promise<void>;
}
