import type { Screen } from '../../store/console-state.ts';
import { actInInput, typeInInput } from '../controller/input-actions.ts';
import { actInList, typeInFilter } from '../controller/list-actions.ts';
import { actInRun } from '../controller/run-actions.ts';
import { actInSearch, typeInSearch } from '../controller/run-search.ts';
import { DependenciesScreen } from './dependencies-screen.tsx';
import { ListScreen } from './list-screen.tsx';
import { RunScreen } from './run-screen.tsx';
import type { ScreenDefinition } from './screen.ts';

type ScreenDefinitions = { readonly [Kind in Screen['kind']]: ScreenDefinition<Extract<Screen, { kind: Kind }>> };

/** What all lists share. */
const LIST: Omit<ScreenDefinition, 'load'> = {
  Body: ListScreen,
  scope: (state) => (state.filterOpen ? 'filter' : 'list'),
  act: actInList,
  type: typeInFilter,
};

const PODS: typeof LIST = { ...LIST, scope: (state) => (state.filterOpen ? 'filter' : 'pods') };

/** A screen is one entry here. */
const SCREENS: ScreenDefinitions = {
  contexts: { ...LIST, load: ({ journey }) => { void journey.loader.loadContexts(); } },
  namespaces: { ...LIST, load: ({ journey }) => { void journey.loader.loadNamespaces(); } },
  pods: { ...PODS, load: ({ journey }, { namespace }) => { void journey.loader.loadPods(namespace); } },
  containers: { ...PODS, load: ({ journey }, screen) => { void journey.loadContainers(screen); } },
  dependencies: {
    Body: DependenciesScreen,
    scope: (state) => (state.filterOpen ? 'filter' : state.input.zone === 'input' ? 'input' : 'pods'),
    act: (app, action, scope, key) => {
      if (scope === 'input') actInInput(app, action);
      else actInList(app, action, scope, key);
    },
    type: (app, key, scope) => {
      if (scope === 'input') typeInInput(app, key);
      else typeInFilter(app, key);
    },
    load: ({ journey }, { target }) => { void journey.loader.loadDependencies(target); },
  },
  run: {
    Body: RunScreen,
    scope: (state) => (state.runView.isSearching ? 'filter' : state.live !== null ? 'watch' : state.playback === null ? 'run' : 'replay'),
    act: (app, action, scope) => {
      if (scope === 'filter') actInSearch(app, action);
      else actInRun(app, action);
    },
    type: typeInSearch,
    load: ({ journey, ports }, { target, dependencyText, recording, live }) => {
      if (live !== undefined) journey.run.watch(ports.followLive(live));
      else if (recording === undefined) journey.run.start(target, dependencyText);
      else journey.run.play(ports.playRecording(recording));
    },
  },
};

export function definitionOf(screen: Screen): ScreenDefinition {
  // Each entry takes its own kind of screen, and is only ever given that one.
  return SCREENS[screen.kind] as ScreenDefinition;
}
