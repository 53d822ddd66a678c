import type {
  ClusterChoice,
  ContainerRow,
  ContextRow,
  DependencyRow,
  NamespaceRow,
  PodRow,
  PortFailure,
} from '../domain/console-ports.ts';
import type { CauseId } from '../domain/cause.ts';
import type { LiveState } from '../domain/pairing.ts';
import type { PlaybackState } from '../domain/playback.ts';
import type { Layer } from '../domain/layer.ts';
import type { RunPanel } from '../domain/run-panel.ts';
import type { Target } from '../domain/target.ts';
import type { VerdictStatus } from '../domain/verdict.ts';
import type { Dialog, Notice } from './dialog.ts';
import type { PanelLine } from './panel-log.ts';
import { IDLE_RUN, type RunState } from './run-state.ts';

export type Screen =
  | { readonly kind: 'contexts' }
  | { readonly kind: 'namespaces' }
  /** Of all namespaces when it is null. */
  | { readonly kind: 'pods'; readonly namespace: string | null }
  | { readonly kind: 'containers'; readonly namespace: string; readonly pod: string; readonly node: string | null }
  | { readonly kind: 'dependencies'; readonly target: Target }
  /** `recording`: the path of what is played, `live`: of what somebody else drives; absent for a run that was made here. */
  | { readonly kind: 'run'; readonly target: Target; readonly dependencyText: string; readonly recording?: string; readonly live?: string };

/** Where a list stands. No rows and `ready` is an empty list; the other three are not. */
export type ListPhase =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'loading'; readonly sinceMs: number; readonly remaining: number | null }
  | { readonly kind: 'ready' }
  /** It was read and followed, and the cluster is no longer heard: the rows are those of `sinceMs`. */
  | { readonly kind: 'stale'; readonly sinceMs: number; readonly failure: PortFailure }
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

export interface CommandLineState {
  readonly text: string;
  /** What was typed before tab completed it. */
  readonly typed: string;
  /** Which of the offered commands tab has put there; null for none. */
  readonly offered: number | null;
}

export type PanelId = RunPanel;

export interface RunView {
  /** null: the focus follows the tree, and goes to the verdict when it stands. */
  readonly focus: PanelId | null;
  readonly zoomed: boolean;
  /** First line in sight; absent: the panel's own place (the end of what streams, the top of the verdict). */
  readonly top: Readonly<Partial<Record<PanelId, number>>>;
  /** Columns scrolled to the right. */
  readonly left: number;
  /** What is searched for in the focused panel; empty for nothing. */
  readonly search: string;
  /** Whether that is being typed. */
  readonly isSearching: boolean;
  /** The layers show what was read from the output instead of the output. */
  readonly isParsed: boolean;
  /** One looks where the driver of a run looks that one follows. */
  readonly mirrorsDriver: boolean;
  /** The panels' lines when scrolling was frozen; null when it runs. */
  readonly frozen: Readonly<Record<Layer, readonly PanelLine[]>> | null;
}

export interface Lists {
  readonly contexts: ListState<ContextRow>;
  readonly namespaces: ListState<NamespaceRow>;
  readonly pods: ListState<PodRow>;
  readonly containers: ListState<ContainerRow>;
  readonly dependencies: ListState<DependencyRow>;
}
export type ListName = keyof Lists;

/** What a run of this session found out about a pod: the last one counts. */
export interface KnownConnectivity {
  readonly status: VerdictStatus;
  readonly cause: CauseId | null;
  /** Where it went. */
  readonly url: string;
}

export interface ConsoleState {
  /** The way here: the last one is shown, the first one is never left. */
  readonly screens: readonly Screen[];
  readonly clusters: ClusterChoice | null;
  readonly lists: Lists;
  /** By `namespace/pod`. */
  readonly connectivity: Readonly<Record<string, KnownConnectivity>>;
  /** Namespaces that the digits go to: the user's favourites, then those visited, in that order: a digit keeps its meaning. */
  readonly favourites: readonly string[];
  /** Destinations that were asked for in this session, the newest first. */
  readonly recentDestinations: readonly string[];
  readonly cursors: Readonly<Record<ListName, CursorState>>;
  readonly filterOpen: boolean;
  /** Lists show all their columns, whatever becomes of the names. */
  readonly isWide: boolean;
  readonly input: InputState;
  /** What stands over the screen; the last one has the keys. */
  readonly dialogs: readonly Dialog[];
  /** The `:` line; null when it is closed. */
  readonly commandLine: CommandLineState | null;
  readonly notice: Notice | null;
  /** Whether this session may change anything in the cluster (--write). */
  readonly isArmed: boolean;
  readonly run: RunState;
  readonly runView: RunView;
  /** Why a run could not be started or broke off; null when it did not. */
  readonly runError: string | null;
  /** null while nothing recorded is on the screen. */
  readonly playback: PlaybackState | null;
  /** What is heard of the driver of the run on the screen; null while it is nobody else's. */
  readonly live: LiveState | null;
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
export const FIRST_RUN_VIEW: RunView = { focus: null, zoomed: false, top: {}, left: 0, search: '', isSearching: false, isParsed: false, mirrorsDriver: false, frozen: null };

export const FIRST_STATE: ConsoleState = {
  screens: [{ kind: 'namespaces' }],
  clusters: null,
  lists: { contexts: UNASKED, namespaces: UNASKED, pods: UNASKED, containers: UNASKED, dependencies: UNASKED },
  cursors: { contexts: FIRST_CURSOR, namespaces: FIRST_CURSOR, pods: FIRST_CURSOR, containers: FIRST_CURSOR, dependencies: FIRST_CURSOR },
  connectivity: {},
  favourites: [],
  recentDestinations: [],
  filterOpen: false,
  isWide: false,
  input: EMPTY_INPUT,
  dialogs: [],
  commandLine: null,
  notice: null,
  isArmed: false,
  run: IDLE_RUN,
  runView: FIRST_RUN_VIEW,
  runError: null,
  playback: null,
  live: null,
  runStartedAtMs: null,
  outputVersion: 0,
  size: { columns: 80, rows: 24 },
  nowMs: 0,
};
