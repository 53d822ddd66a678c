import { isOfPeople, type RunEvent, type RunEventOf } from '../domain/run-event.ts';
import { IDLE_RUN, type RunState } from './run-state.ts';

/** Folds one event of a run. A new `run-started` begins again from nothing; an event about an unknown command changes nothing. */
export function reduce(state: RunState, event: RunEvent): RunState {
  const next = apply(state, event);
  if (isOfPeople(event)) return next;
  return next === state && event.atMs <= state.lastEventAtMs ? state : { ...next, lastEventAtMs: Math.max(next.lastEventAtMs, event.atMs) };
}

function apply(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case 'run-started':
      return {
        ...IDLE_RUN,
        phase: 'running',
        runId: event.runId,
        target: event.target,
        dependency: event.dependency,
        startedAt: event.startedAt,
      };
    case 'entered':
      return { ...state, access: event.access };
    case 'vantage-joined':
      return { ...state, vantages: [...state.vantages.filter((known) => known.id !== event.vantage.id), event.vantage] };
    case 'vantage-unusable':
      return { ...state, unusable: [...state.unusable, { vantage: event.vantage, reason: event.reason }] };
    case 'question-asked':
      return {
        ...state,
        questions: {
          ...state.questions,
          [event.key]: { key: event.key, asked: event.asked, layer: event.layer, askedAtMs: event.atMs },
        },
      };
    case 'command-started':
      return startCommand(state, event);
    case 'output':
    // What was chosen stands in `run-started` already; why is a report's subject.
    case 'dependency-chosen':
      return state;
    case 'command-ended':
      return endCommand(state, event);
    case 'observed':
      return { ...state, observations: { ...state.observations, [event.observation.id]: event.observation } };
    case 'tree-moved':
      return { ...state, path: event.path, layers: event.layers, waitingFor: event.waitingFor, besides: event.besides ?? [] };
    // The run goes on, and what it concluded so far may not hold.
    case 'wished':
      return { ...state, phase: 'running', conclusion: null, endReason: null };
    case 'concluded':
      return { ...state, conclusion: event.conclusion, path: event.conclusion.path, layers: event.conclusion.layers, waitingFor: [] };
    case 'run-ended':
      return { ...state, phase: 'ended', endReason: event.reason, waitingFor: [] };
    case 'note-left':
      return { ...state, remarks: [...state.remarks, event] };
    case 'driver-moved':
      return { ...state, driver: { panel: event.panel, zoomed: event.zoomed } };
  }
}

function startCommand(state: RunState, event: RunEventOf<'command-started'>): RunState {
  const command = {
    id: event.command,
    key: event.key,
    vantage: event.vantage,
    layer: event.layer,
    argv: event.argv,
    startedAtMs: event.atMs,
    endedAtMs: null,
    exitCode: null,
    failure: null,
  };
  return { ...state, commands: { ...state.commands, [event.command]: command } };
}

function endCommand(state: RunState, event: RunEventOf<'command-ended'>): RunState {
  const command = state.commands[event.command];
  if (command === undefined) return state;
  const ended = { ...command, endedAtMs: event.atMs, exitCode: event.exitCode, failure: event.failure };
  return { ...state, commands: { ...state.commands, [event.command]: ended } };
}
