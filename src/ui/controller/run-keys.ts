import { LAYERS } from '../../domain/layer.ts';
import type { ConsoleState, PanelId, RunView } from '../../store/console-state.ts';
import type { ConsoleContext } from '../context.ts';
import type { Action } from '../key-bindings.ts';
import { PANELS, PANEL_IDS } from '../panels/index.ts';
import { focusedPanel, panelTop, runLayout } from '../screens/run-layout.ts';

/** What the keys of a run change in its view; null for keys that are about something else. */
export function runViewAfter(context: ConsoleContext, state: ConsoleState, action: Action): RunView | null {
  const view = state.runView;
  const focus = FOCUS[action];
  if (focus !== undefined) return focusOn(view, focus);
  switch (action) {
    case 'focusNext':
      return focusOn(view, neighbour(state, 1));
    case 'focusPrevious':
      return focusOn(view, neighbour(state, -1));
    case 'zoom':
      return { ...view, focus: focusedPanel(state), zoomed: !view.zoomed };
    case 'freeze':
      return view.frozen === null ? freeze(context, state) : { ...view, frozen: null, top: {} };
    case 'parsed':
      return { ...view, isParsed: !view.isParsed, top: {} };
    case 'left':
      return { ...view, left: Math.max(0, view.left - SCROLL_COLUMNS) };
    case 'right':
      return { ...view, left: Math.min(MAX_LEFT, view.left + SCROLL_COLUMNS) };
    default:
      return scrolled(context, state, action);
  }
}

const SCROLL_COLUMNS = 8;
const MAX_LEFT = 4_096;

const FOCUS: Readonly<Partial<Record<Action, PanelId>>> = {
  focusApplication: 'application',
  focusTransport: 'transport',
  focusInternet: 'internet',
  focusNetworkAccess: 'network-access',
  focusVerdict: 'verdict',
  focusPath: 'path',
  focusPicture: 'picture',
};

function focusOn(view: RunView, focus: PanelId): RunView {
  return { ...view, focus, left: 0 };
}

/** The panels are walked in their order on the screen; the verdict only when it is there. */
function neighbour(state: ConsoleState, step: 1 | -1): PanelId {
  const shown = new Set(runLayout({ ...state, runView: { ...state.runView, zoomed: false } }).map((region) => region.panel));
  const ids = PANEL_IDS.filter((panel) => shown.has(panel));
  const index = ids.indexOf(focusedPanel(state));
  return ids[(index + step + ids.length) % ids.length] ?? 'path';
}

function freeze({ panels }: ConsoleContext, state: ConsoleState): RunView {
  const [application = [], transport = [], internet = [], networkAccess = []] = LAYERS.map((layer) =>
    panels.slice(layer, 0, panels.lineCount(layer)),
  );
  return { ...state.runView, frozen: { application, transport, internet, 'network-access': networkAccess } };
}

/** A panel that is scrolled to its end follows its output again. */
function scrolled(context: ConsoleContext, state: ConsoleState, action: Action): RunView | null {
  const panel = focusedPanel(state);
  const region = runLayout(state).find((candidate) => candidate.panel === panel);
  if (region === undefined) return null;
  const { lines, rests } = PANELS[panel](context, state, region.width);
  const height = Math.max(1, region.height - 1);
  const top = panelTop(state, panel, rests, lines.count, height);
  const lowest = Math.max(0, lines.count - height);
  const next = scrolledTo(action, top, height, lowest);
  if (next === null) return null;
  const others = Object.fromEntries(Object.entries(state.runView.top).filter(([id]) => id !== panel));
  const isAtRest = rests === 'end' ? next >= lowest : next <= 0;
  return { ...state.runView, focus: state.runView.focus ?? panel, top: isAtRest ? others : { ...others, [panel]: next } };
}

function scrolledTo(action: Action, top: number, height: number, lowest: number): number | null {
  switch (action) {
    case 'up':
      return Math.max(0, top - 1);
    case 'down':
      return Math.min(lowest, top + 1);
    case 'pageUp':
      return Math.max(0, top - height);
    case 'pageDown':
      return Math.min(lowest, top + height);
    case 'first':
      return 0;
    case 'last':
      return lowest;
    default:
      return null;
  }
}
