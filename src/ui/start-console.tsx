import { render, type Instance } from 'ink';
import type { ConsolePorts } from '../domain/console-ports.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Language, Messages } from '../i18n/index.ts';
import { createConsoleStore, type ConsoleStore } from '../store/index.ts';
import { PanelLog } from '../store/panel-log.ts';
import { App } from './app.tsx';
import type { ConsoleContext } from './context.ts';
import { Controller, type Leave } from './controller/controller.ts';
import type { ConsolePreset } from './controller/preset.ts';
import { verdictSummary } from './summary.ts';
import { SIGNAL_EXIT_CODE, watchProcess, type ProcessEnd } from './terminal/process-end.ts';
import { openTerminal, type ConsoleStreams } from './terminal/terminal.ts';
import { watchWindow } from './terminal/window.ts';
import { chooseTheme } from './theme.ts';

export interface ConsoleOptions {
  readonly messages: Messages;
  readonly language: Language;
  /** A terminal: the caller has seen to that. */
  readonly streams: ConsoleStreams;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ports: ConsolePorts;
  readonly preset: ConsolePreset | null;
  /** Only ASCII glyphs. */
  readonly ascii?: boolean;
}

type End = ProcessEnd | { readonly kind: 'left'; readonly how: Leave } | { readonly kind: 'gone' };

/** Keys are drawn at once; what streams is held back to 12 frames a second before it gets here. */
const MOST_FRAMES_PER_SECOND = 60;

/**
 * Shows the console until it is left, and puts the terminal back whatever happens. Resolves with the exit code: that of the last
 * verdict (0 reachable, 1 fault, 2 inconclusive); 0 when no run reached one; 130 when ctrl-c ended a run without one; 128 and the signal's
 * number; 3 when the console broke down. Does not end the process: connections of the ports may still be open.
 */
export async function startConsole(options: ConsoleOptions): Promise<number> {
  const { streams, messages } = options;
  const { promise: ended, resolve: end } = Promise.withResolvers<End>();
  const context: ConsoleContext = {
    messages,
    language: options.language,
    theme: chooseTheme(options.env, options.ascii ?? false),
    panels: new PanelLog(),
  };
  const store = createConsoleStore();
  const controller = new Controller(context, store, options.ports, (how) => { end({ kind: 'left', how }); });
  const unwatchProcess = watchProcess(end);
  const terminal = openTerminal(streams, { onKey: (key) => { controller.handleKey(key); }, onGone: () => { end({ kind: 'gone' }); } });
  const unwatchWindow = watchWindow(streams.stdout, store);
  const app = show(context, store, streams);
  app.waitUntilExit().catch((error: unknown) => { end({ kind: 'crash', error }); });

  await Promise.race([app.waitUntilRenderFlush(), ended]);
  controller.start(options.preset);
  const how = await ended;
  controller.stop();
  unwatchWindow();
  await close(app, how);
  terminal.restore();
  unwatchProcess();
  return lastWords(how, controller, options);
}

function show(context: ConsoleContext, store: ConsoleStore, { stdout, stderr, stdin }: ConsoleStreams): Instance {
  return render(<App context={context} store={store} />, {
    stdin,
    stdout,
    stderr,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: MOST_FRAMES_PER_SECOND,
  });
}

/** Leaves the alternate screen and shows the cursor again. A terminal that is gone takes no more, and is not waited for. */
async function close(app: Instance, how: End): Promise<void> {
  const isGone = how.kind === 'gone' || (how.kind === 'signal' && how.signal === 'SIGHUP');
  const exited = app.waitUntilExit().catch(() => undefined);
  app.unmount();
  if (!isGone) await exited;
}

/** What is said on the normal screen, and the exit code. */
function lastWords(how: End, controller: Controller, { streams, messages }: ConsoleOptions): number {
  if (how.kind === 'gone') return SIGNAL_EXIT_CODE.SIGHUP;
  const run = controller.lastConcluded;
  const summary = run === null ? [] : verdictSummary(run, messages);
  if (summary.length > 0) streams.stdout.write(`${summary.map(cleanLine).join('\n')}\n`);
  switch (how.kind) {
    case 'crash': {
      const detail = how.error instanceof Error ? how.error.message : String(how.error);
      streams.stderr.write(`${messages.ui.crashed(cleanLine(detail.split('\n')[0] ?? ''))}\n`);
      return 3;
    }
    case 'signal':
      return SIGNAL_EXIT_CODE[how.signal];
    case 'left':
      return controller.verdictExitCode ?? (how.how === 'interrupted' ? SIGNAL_EXIT_CODE.SIGINT : 0);
  }
}
