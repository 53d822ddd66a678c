import type {
  ClusterChoice,
  ContainerRow,
  DependencyRow,
  NamespaceRow,
  PodRow,
  PortFailure,
} from '../domain/console-ports.ts';
import type { Layer } from '../domain/layer.ts';
import type { Target } from '../domain/target.ts';
import type { PanelLine } from './panel-log.ts';
import { IDLE_RUN, type RunState } from './run-state.ts';

export type Screen =
  | { readonly kind: 'namespaces' }
  | { readonly kind: 'pods'; readonly namespace: string }
  | { readonly kind: 'containers'; readonly namespace: string; readonly pod: string; readonly node: string | null }
  | { readonly kind: 'dependencies'; readonly target: Target }
  | { readonly kind: 'run'; readonly target: Target; readonly dependencyText: string };

/** Where a list stands. No rows and `ready` is an empty list; the other three are not. */
export type ListPhase =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'loading'; readonly sinceMs: number; readonly remaining: number | null }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: PortFailure };

export interface ListState<Row> {
  readonly phase: ListPhase;
  readonly rows: readonly Row[];
}

/** Cursor and filter of a list. The cursor stays on its item, not on its place, while rows arrive. */
export interface CursorState {
  readonly filter: string;
  /** Key of the item under the cursor; null for the first one. */
  readonly itemKey: string | null;
  /** First item in sight. */
  readonly top: number;
}

export interface InputState {
  readonly text: string;
  /** In graphemes, 0..length. */
  readonly caret: number;
  /** Why the text was not accepted; null when nothing is wrong or nothing was tried. */
  readonly error: string | null;
  readonly zone: 'input' | 'list';
}

export type PanelId = 'verdict' | 'path' | Layer;

export interface RunView {
  /** null: the focus follows the tree, and goes to the verdict when it stands. */
  readonly focus: PanelId | null;
  readonly zoomed: boolean;
  /** First line in sight; absent: the panel's own place (the end of what streams, the top of the verdict). */
  readonly top: Readonly<Partial<Record<PanelId, number>>>;
  /** Columns scrolled to the right. */
  readonly left: number;
  /** The panels' lines when scrolling was frozen; null when it runs. */
  readonly frozen: Readonly<Record<Layer, readonly PanelLine[]>> | null;
}

export interface Lists {
  readonly namespaces: ListState<NamespaceRow>;
  readonly pods: ListState<PodRow>;
  readonly containers: ListState<ContainerRow>;
  readonly dependencies: ListState<DependencyRow>;
}
export type ListName = keyof Lists;

export interface ConsoleState {
  /** The way here: the last one is shown, the first one is never left. */
  readonly screens: readonly Screen[];
  readonly clusters: ClusterChoice | null;
  readonly lists: Lists;
  readonly cursors: Readonly<Record<ListName, CursorState>>;
  readonly filterOpen: boolean;
  readonly input: InputState;
  readonly dialog: 'leave-run' | 'run-again' | 'quit' | null;
  readonly helpTop: number | null;
  readonly run: RunState;
  readonly runView: RunView;
  /** Why a run could not be started or broke off; null when it did not. */
  readonly runError: string | null;
  /** Wall clock when the run started here; null before. */
  readonly runStartedAtMs: number | null;
  /** Counts the times that panel output changed. */
  readonly outputVersion: number;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly nowMs: number;
}

const UNASKED = { phase: { kind: 'unasked' }, rows: [] } as const;
export const FIRST_CURSOR: CursorState = { filter: '', itemKey: null, top: 0 };
export const EMPTY_INPUT: InputState = { text: '', caret: 0, error: null, zone: 'input' };
export const FIRST_RUN_VIEW: RunView = { focus: null, zoomed: false, top: {}, left: 0, frozen: null };

export const FIRST_STATE: ConsoleState = {
  screens: [{ kind: 'namespaces' }],
  clusters: null,
  lists: { namespaces: UNASKED, pods: UNASKED, containers: UNASKED, dependencies: UNASKED },
  cursors: { namespaces: FIRST_CURSOR, pods: FIRST_CURSOR, containers: FIRST_CURSOR, dependencies: FIRST_CURSOR },
  filterOpen: false,
  input: EMPTY_INPUT,
  dialog: null,
  helpTop: null,
  run: IDLE_RUN,
  runView: FIRST_RUN_VIEW,
  runError: null,
  runStartedAtMs: null,
  outputVersion: 0,
  size: { columns: 80, rows: 24 },
  nowMs: 0,
};
