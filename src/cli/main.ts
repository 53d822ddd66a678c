import { CommanderError, type Command } from 'commander';
import { errorText } from '../domain/error-text.ts';
import { LANGUAGES, type Messages } from '../i18n/index.ts';
import { RUN_SCHEMA } from '../report/json.ts';
import { problemOfCommander } from './commander-problem.ts';
import type { CommandContext } from './context.ts';
import { EXIT } from './exit-code.ts';
import type { withToolkitSettings } from './config/toolkit-settings.ts';
import type { SignalSource } from './interruption.ts';
import { pickLooks } from './grammar/console.ts';
import { LANGUAGE_NAMES, preferencesOf, type Preferences } from './preferences.ts';
import { problem, ProblemError, problemJson, problemLines, type Problem } from './problem.ts';
import { buildProgram, longOptions, type Actions } from './program.ts';
import type { StartSession } from './run-request.ts';
import { recordingActions } from './recordings/actions.ts';
import { onClosedReader, writeJson, writeLines, type Streams } from './streams.ts';

export interface MainOptions {
  readonly signals?: SignalSource;
  /** Stands in for the engine in tests. */
  readonly startSession?: StartSession;
}

/**
 * The whole program but for the process: reads the command line, runs one command and gives the exit code. `argv` is without node and the
 * script. Never throws: what goes wrong becomes a sentence (or, with `-o json`, an object with `error`) and exit code 3.
 */
export async function main(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  streams: Streams,
  options: MainOptions = {},
): Promise<number> {
  const preferences = preferencesOf(argv, env);
  const messages: Messages = LANGUAGES[preferences.language];
  const context: CommandContext = { language: preferences.language, messages, env, streams, signals: options.signals ?? process };
  onClosedReader(streams, () => undefined);
  try {
    if (preferences.badLanguage !== null) throw new ProblemError(badLanguage(preferences.badLanguage, messages));
    return await parseAndRun(argv, context, options);
  } catch (error) {
    return tell(problemOf(error), preferences, context, argv);
  }
}

function badLanguage(given: string, messages: Messages): Problem {
  return problem('bad-choice', messages.cli.choice('--lang', given, LANGUAGE_NAMES.join(' | ')));
}

async function parseAndRun(argv: readonly string[], context: CommandContext, options: MainOptions): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = buildProgram({
    messages: context.messages,
    actions: actionsOf(context, options),
    ended: (code) => {
      exitCode = code;
    },
    write: (text) => {
      writeLines(context.streams.stdout, [text.replace(/\n$/u, '')]);
    },
    columns: context.streams.stdout.columns,
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // --help and --version leave the parser this way, too.
    if (error.exitCode === 0) return EXIT.ok;
    throw new ProblemError(problemOfCommander(error, longOptions(commandNamed(program, argv))));
  }
  return exitCode;
}

/** The command that an argv is for, as far as that can be told from one that is wrong. */
function commandNamed(program: Command, argv: readonly string[]): Command {
  return program.commands.find((command) => argv.includes(command.name())) ?? program;
}

/** Loaded by the commands that may make something in the cluster. */
async function toolkitSettings(): Promise<typeof withToolkitSettings> {
  return (await import('./config/toolkit-settings.ts')).withToolkitSettings;
}

function actionsOf(context: CommandContext, options: MainOptions): Actions {
  const { messages, language } = context;
  return {
    ...recordingActions(context),
    console: async (raw) => {
      const [{ parseAccess }, withToolkitSettings] = await Promise.all([import('./access/access-options.ts'), toolkitSettings()]);
      const access = parseAccess(await withToolkitSettings(raw, context));
      if (!access.ok) throw new ProblemError(access.problem);
      const { parseRecordChoice } = await import('./recordings/choice.ts');
      return (await import('./commands/console.ts')).execute(context, { access: access.value, record: parseRecordChoice(raw), looks: pickLooks(raw) });
    },
    run: async (target, raw) => {
      const [{ parseRunRequest }, withToolkitSettings] = await Promise.all([import('./options.ts'), toolkitSettings()]);
      const request = parseRunRequest(target, target === undefined ? raw : await withToolkitSettings(raw, context), language, messages);
      if (!request.ok) throw new ProblemError(request.problem);
      if (request.value.fanOut !== null) return (await import('./commands/fan-out.ts')).execute(request.value, context);
      const { execute } = await import('./commands/run.ts');
      const startSession = options.startSession ?? (await import('./session/run-session.ts')).startSession;
      if (request.value.watch !== null) return (await import('./commands/watch.ts')).execute(request.value, request.value.watch, context, startSession);
      return execute(request.value, context, startSession);
    },
    explain: async (words, { output, eachLine }) => {
      const { parseOutput } = await import('./options.ts');
      const format = parseOutput(output, messages);
      return (await import('./commands/explain.ts')).execute(words, { output: format, eachLine: eachLine === true }, context);
    },
    cleanup: async (raw) => {
      const { parseCleanup } = await import('./access/requests.ts');
      const request = parseCleanup(raw, messages);
      return (await import('./commands/cleanup.ts')).execute(request, context);
    },
    shell: async (words, raw) => {
      const [{ parseShell }, withToolkitSettings] = await Promise.all([import('./access/requests.ts'), toolkitSettings()]);
      const request = parseShell(words, await withToolkitSettings(raw, context));
      return (await import('./commands/shell.ts')).execute(request, context);
    },
    toolkit: async (action, argv, raw) => {
      const [{ parseToolkit }, withToolkitSettings] = await Promise.all([import('./access/requests.ts'), toolkitSettings()]);
      const request = parseToolkit(action, argv, await withToolkitSettings(raw, context), messages);
      return (await import('./commands/toolkit.ts')).execute(request, context);
    },
    policy: async (target, raw) => (await import('./commands/policy.ts')).execute(target, raw, context),
    dependencies: async (target, raw) => (await import('./commands/dependencies.ts')).execute(target, raw, context),
    config: async () => (await import('./commands/config.ts')).execute(context),
    tree: async ({ format }) => {
      const { parseChoice } = await import('./options.ts');
      const { execute, TREE_FORMATS } = await import('./commands/tree.ts');
      return execute(parseChoice('--format', format ?? 'text', TREE_FORMATS, messages), context);
    },
    causes: async (id, { output }) => {
      const { parseOutput } = await import('./options.ts');
      return (await import('./commands/causes.ts')).execute(id, parseOutput(output, messages), context);
    },
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const text = errorText(error);
  return problem('internal', text.split('\n')[0] ?? '');
}

const SCHEMAS: Readonly<Record<string, string>> = { dependencies: 'netdiag-dependencies/v1', explain: 'netdiag-explain/v1', policy: 'netdiag-policy/v1', causes: 'netdiag-causes/v1', cleanup: 'netdiag-cleanup/v1', toolkit: 'netdiag-toolkit/v1' };

function tell(found: Problem, { json }: Preferences, { streams, messages }: CommandContext, argv: readonly string[]): number {
  const schema = SCHEMAS[argv[0] ?? ''] ?? RUN_SCHEMA;
  if (json) writeJson(streams.stdout, problemJson(found, schema, messages));
  else writeLines(streams.stderr, problemLines(found, messages));
  return EXIT.couldNotRun;
}
