import type { ConsolePorts } from '../domain/console-ports.ts';
import type { CommandContext } from './context.ts';

/** What the console asks of the cluster and the engine. The Kubernetes client is loaded when the first list is asked for. */
export function createConsolePorts(context: CommandContext): ConsolePorts {
  throw new Error(`the console is not wired yet (${context.language})`);
}
