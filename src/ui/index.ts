/** The console's only entry. What it needs from outside is in domain/console-ports.ts. */
export { startConsole, type ConsoleOptions } from './start-console.tsx';
export type { ConsolePreset } from './controller/preset.ts';
export type { ConsoleStreams } from './terminal/terminal.ts';
