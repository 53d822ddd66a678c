import { render, type Instance } from 'ink';
import type { ConsolePorts } from '../domain/console-ports.ts';
import { errorText } from '../domain/error-text.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Language, Messages } from '../i18n/index.ts';
import { createConsoleStore, type ConsoleStore } from '../store/index.ts';
import { beginLoading } from '../store/navigate.ts';
import { PanelLog } from '../store/panel-log.ts';
import { App } from './app.tsx';
import type { ConsoleContext } from './context.ts';
import { Controller, type Leave } from './controller/controller.ts';
import type { ConsolePreset } from './controller/preset.ts';
import { clipboardSequence } from './copy/osc52.ts';
import { remapped, type KeyChoices } from './key-remap.ts';
import { verdictSummary } from './summary.ts';
import { paintedOutput } from './terminal/painted-output.ts';
import { SIGNAL_EXIT_CODE, watchProcess, type ProcessEnd } from './terminal/process-end.ts';
import { Stage } from './terminal/stage.ts';
import type { ConsoleStreams } from './terminal/terminal.ts';
import { watchWindow } from './terminal/window.ts';
import { chooseTheme, type ColourTheme } from './theme.ts';

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
  /** Lines that follow one another, for a screen reader, instead of a screen. */
  readonly screenReader?: boolean;
  /** The user's own, each in the place of a default. */
  readonly settings?: ConsoleSettings;
}

export interface ConsoleSettings {
  readonly theme?: ColourTheme;
  readonly ascii?: boolean;
  readonly screenReader?: boolean;
  readonly favourites?: readonly string[];
  readonly keys?: KeyChoices;
}

/** How long leaving waits for what was made in the cluster. */
const END_SESSION_MS = 3_000;

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
    theme: chooseTheme(options.env, options.ascii ?? options.settings?.ascii ?? false, options.settings?.theme ?? 'dark'),
    panels: new PanelLog(),
    bindings: remapped(options.settings?.keys ?? {}),
  };
  const store = createConsoleStore({ favourites: options.settings?.favourites ?? [] });
  store.setState({ isArmed: options.ports.isArmed, nowMs: Date.now() });
  // What is loaded right after the first frame is loading in it already.
  if (options.preset?.recording === undefined) store.setState((state) => beginLoading(state, 'namespaces', state.nowMs));
  const isSpoken = options.screenReader ?? options.settings?.screenReader ?? options.env['INK_SCREEN_READER'] === 'true';
  const { speak } = isSpoken ? await import('./spoken/spoken-console.ts') : { speak: null };
  let redraw = (): void => undefined;
  const draw = (): Instance => {
    const painted = paintedOutput(streams.stdout);
    redraw = painted.redraw;
    return show(context, store, { ...streams, stdout: painted.stdout });
  };
  const stage = new Stage(streams, () => speak?.(context, store, streams.stdout) ?? draw(), (key) => { controller.handleKey(key); }, end);
  const controller = new Controller(context, store, options.ports, {
    handOver: (run) => stage.handOver(run),
    redraw: () => { redraw(); },
    leave: (how) => { end({ kind: 'left', how }); },
    copy: (text) => {
      const sequence = clipboardSequence(text, options.env);
      if (sequence !== null) streams.stdout.write(sequence);
      return sequence !== null;
    },
  });
  const unwatchProcess = watchProcess(end);
  const unwatchWindow = watchWindow(streams.stdout, store);
  await Promise.race([stage.open(), ended]);
  controller.start(options.preset);
  const how = await ended;
  controller.stop();
  unwatchWindow();
  const isGone = how.kind === 'gone' || (how.kind === 'signal' && how.signal === 'SIGHUP');
  await stage.close(isGone);
  await endSession(options, isGone);
  unwatchProcess();
  return lastWords(how, controller, options);
}

/** What this session made and nobody decided about is ended, as far as that can be done at once. */
async function endSession({ ports, streams, messages }: ConsoleOptions, isGone: boolean): Promise<void> {
  const things = ports.sessionThings();
  if (things.length === 0) return;
  const say = (text: string): void => {
    if (!isGone && streams.stderr.writable) streams.stderr.write(`${cleanLine(text)}\n`);
  };
  for (const { name } of things) say(messages.toolkit.console.ending(name));
  const limit = AbortSignal.timeout(END_SESSION_MS);
  const left = await Promise.race([ports.endSession(limit), aborted(limit).then(() => ports.sessionThings())]);
  for (const { kind, name, endsAt } of left) say((kind === 'installed-tools' ? messages.access.stillInstalled : messages.toolkit.console.remainsUntil)(name, endsAt));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => { signal.addEventListener('abort', () => { resolve(); }, { once: true }); });
}

function show(context: ConsoleContext, store: ConsoleStore, { stdout, stderr, stdin }: ConsoleStreams): Instance {
  return render(<App context={context} store={store} />, {
    stdin,
    stdout,
    stderr,
    alternateScreen: true,
    // Whole frames: what of them gets to the terminal is decided by what it shows.
    incrementalRendering: false,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: MOST_FRAMES_PER_SECOND,
  });
}

/** What is said on the normal screen, and the exit code. */
function lastWords(how: End, controller: Controller, { streams, messages }: ConsoleOptions): number {
  if (how.kind === 'gone') return SIGNAL_EXIT_CODE.SIGHUP;
  const run = controller.lastConcluded;
  const summary = run === null ? [] : verdictSummary(run, messages);
  if (summary.length > 0) streams.stdout.write(`${summary.map(cleanLine).join('\n')}\n`);
  switch (how.kind) {
    case 'crash': {
      const detail = errorText(how.error);
      streams.stderr.write(`${messages.ui.crashed(cleanLine(detail.split('\n')[0] ?? ''))}\n`);
      return 3;
    }
    case 'signal':
      return SIGNAL_EXIT_CODE[how.signal];
    case 'left':
      return controller.verdictExitCode ?? (how.how === 'interrupted' ? SIGNAL_EXIT_CODE.SIGINT : 0);
  }
}
