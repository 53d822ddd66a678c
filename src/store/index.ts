import { createStore, type StoreApi } from 'zustand/vanilla';
import { FIRST_STATE, type ConsoleState } from './console-state.ts';

export type ConsoleStore = StoreApi<ConsoleState>;

export function createConsoleStore(first: Partial<ConsoleState> = {}): ConsoleStore {
  return createStore<ConsoleState>(() => ({ ...FIRST_STATE, ...first }));
}
