import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { configFile } from '../config/file.ts';
import { READ_ONLY, type AccessOptions } from '../access/access-options.ts';
import type { ConsolePreset } from '../../ui/index.ts';
import { filmedOutput } from '../cast/filmed-output.ts';
import { openFilm } from '../cast/film.ts';
import type { CommandContext } from '../context.ts';
import type { RawLooks } from '../grammar/console.ts';
import { problem, ProblemError } from '../problem.ts';
import { RECORDED, type RecordChoice } from '../recordings/choice.ts';
import { createRecorder } from '../recordings/recorder.ts';
import { onClosedReader, writeLines } from '../streams.ts';

/** Everything about a console that the command line can say. */
export interface ConsoleWishes {
  readonly access?: AccessOptions;
  readonly record?: RecordChoice;
  readonly looks?: RawLooks;
  readonly preset?: ConsolePreset;
}

/** Opens the console. Without a terminal that can draw one it is a ProblemError; for lines alone any terminal will do. */
export async function execute(context: CommandContext, { access = READ_ONLY, record = RECORDED, looks = {}, preset }: ConsoleWishes): Promise<number> {
  const { streams, env, messages, language } = context;
  if (!canDraw(context, looks)) throw new ProblemError(problem('no-terminal'));
  const recordable = createRecorder(record, context, () => undefined);
  if (!recordable.ok) throw new ProblemError(recordable.problem);
  onClosedReader(streams, () => undefined);
  const [{ startConsole }, { createConsolePorts }, config] = await Promise.all([import('../../ui/index.ts'), import('../console-ports.ts'), settingsOf(context)]);
  const { cast, ...shown } = looks;
  const film = openFilm(cast, context, process.stdout);
  const exitCode = await startConsole({
    messages,
    language,
    env,
    // They are terminals, as was just seen: process's own streams.
    streams: { stdin: process.stdin, stdout: film === null ? process.stdout : filmedOutput(process.stdout, film), stderr: process.stderr },
    ports: createConsolePorts(context, access, record),
    preset: preset ?? null,
    ...shown,
    settings: config,
  });
  film?.close(exitCode);
  // Not while the console was on the screen.
  if (film !== null && film.fault !== null) writeLines(streams.stderr, [messages.cast.givenUp(film.fault)]);
  return exitCode;
}

/** Whether there is a terminal that a console can be drawn on. */
export function canDraw({ streams, env }: Pick<CommandContext, 'streams' | 'env'>, { screenReader = false }: RawLooks = {}): boolean {
  return streams.stdin.isTTY === true && streams.stdout.isTTY === true && (screenReader || env['TERM'] !== 'dumb');
}

/** Plays a recording in the console, which changes nothing in any cluster. */
export function play(path: string, context: CommandContext, looks: RawLooks): Promise<number> {
  return execute(context, { looks, preset: { recording: path } });
}

/** Follows somebody's run in the console, and changes nothing. */
export function watch(path: string, mirrorsDriver: boolean, context: CommandContext, looks: RawLooks): Promise<number> {
  return execute(context, { looks, preset: { live: path, mirrorsDriver } });
}

/** The parser of the file is loaded only where there is one. */
async function settingsOf(context: CommandContext): Promise<Partial<Config>> {
  if (!existsSync(configFile(context.env))) return {};
  return (await (await import('../config/load.ts')).loadConfig(context)).config;
}
