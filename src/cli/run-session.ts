import { failed } from './problem.ts';
import type { StartSession } from './run-request.ts';

/** Finds the target, builds the vantages and starts the engine. */
export const startSession: StartSession = () => Promise.resolve(failed('internal', 'the engine is not wired yet'));
