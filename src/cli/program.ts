import { Command, Help } from 'commander';
import type { Messages } from '../i18n/index.ts';
import { closest } from './closest.ts';
import type { RawAccessOptions } from './access/access-options.ts';
import { addAccessCommands, wholeProgramsToo, addAccessOptions, type AccessActions } from './grammar/access.ts';
import { addLooks, addSharing, sharingOf, type RawLooks } from './grammar/console.ts';
import { addAttach, addDemo, addRecordings, addRecordOptions, type RecordingActions } from './grammar/recordings.ts';
import type { RawRunOptions } from './options.ts';
import type { RawDependenciesOptions } from './commands/dependencies.ts';
import type { RawPolicyOptions } from './policy/request.ts';
import { problem, ProblemError } from './problem.ts';
import type { RawRecordOptions } from './recordings/choice.ts';
import { TOOL } from './version.ts';

/** The commands as they were typed, options unchecked. Each loads its own module when it is called, and no other. */
export interface RawConsoleOptions extends RawAccessOptions, RawRecordOptions, RawLooks {}

export interface Actions extends AccessActions, RecordingActions {
  console(options: RawConsoleOptions): Promise<number>;
  run(target: string | undefined, options: RawRunOptions): Promise<number>;
  explain(words: readonly string[], options: { readonly output?: string; readonly eachLine?: boolean }): Promise<number>;
  policy(target: string | undefined, options: RawPolicyOptions): Promise<number>;
  dependencies(target: string | undefined, options: RawDependenciesOptions): Promise<number>;
  config(): Promise<number>;
  tree(options: { readonly format?: string }): Promise<number>;
  causes(id: string | undefined, options: { readonly output?: string }): Promise<number>;
}

export interface ProgramOutput {
  readonly messages: Messages;
  readonly actions: Actions;
  /** Called with the exit code of the command that ran. */
  readonly ended: (exitCode: number) => void;
  /** Help and version go here. */
  readonly write: (text: string) => void;
  readonly columns: number | undefined;
}

/** The command line's grammar, with help in the user's language. Parse errors are thrown, never printed. */
export function buildProgram(output: ProgramOutput): Command {
  const { messages, actions, ended } = output;
  const words = messages.cli;
  const program = new Command('netdiag-tui');
  program
    .usage(words.usage.program)
    .description(words.about.program)
    .option('--lang <language>', words.options.lang)
    .option('--write', words.options.write)
    .option('--install-tools', words.options.installTools)
    .option('--toolkit-image <image>', words.options.toolkitImage)
    .option('--ttl <duration>', words.options.ttl)
    .argument('[command]')
    .version(TOOL.version, '-V, --version', words.options.version)
    .helpCommand('help [command]', words.about.help)
    .action(async () => {
      const [unknown] = program.args;
      if (unknown !== undefined) throw new ProblemError(problem('unknown-command', unknown, closest(unknown, commandNames(program))));
      ended(await actions.console(program.opts<RawConsoleOptions>()));
    });
  addSharing(addLooks(program, output), output);
  addRun(program, output);
  addDependencies(program, output);
  addPolicy(program, output);
  addAccessCommands(program, output);
  addOthers(program, output);
  addRecordings(program, output);
  addDemo(program, output);
  addAttach(program, output);
  refuseElsewhere(program);
  for (const command of [program, ...program.commands]) localise(command, output);
  // A word that is no command is told as such, whatever follows it. Set last: commands would inherit it.
  program.allowExcessArguments();
  return program;
}

/** Options that the whole program takes although they mean something to some commands only: the others say so instead of passing over them. */
const ONLY_FOR = { cast: ['netdiag-tui', 'replay', 'demo', 'attach'], share: ['netdiag-tui', 'run'] } as const satisfies Readonly<Record<string, readonly string[]>>;

function refuseElsewhere(program: Command): void {
  program.hook('preAction', (_, action) => {
    for (const [option, commands] of Object.entries(ONLY_FOR)) {
      if (program.getOptionValueSource(option) === 'cli' && !commands.some((command) => command === action.name())) throw new ProblemError(problem('conflict', `${action.name()}, --${option}`));
    }
  });
}

const GLOBAL_OPTIONS: ReadonlySet<string> = new Set(['--lang', '--version']);

/** Long options that a command takes, those of the whole program included. */
export function longOptions(command: Command): readonly string[] {
  const here = command.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]));
  return command.parent === null ? [...here, '--help'] : [...here, ...longOptions(command.parent)];
}

function commandNames(program: Command): readonly string[] {
  return [...program.commands.map((command) => command.name()), 'help'];
}

function addRun(program: Command, output: ProgramOutput): void {
  const { messages, actions, ended } = output;
  const { options: text, about, usage } = messages.cli;
  const run = addAccessOptions(program.command('run'), text)
    .usage(usage.run)
    .description(about.run)
    .argument('[target]', text.target)
    .option('--to <destination>', text.to)
    .option('-n, --namespace <name>', text.namespace)
    .option('-c, --container <name>', text.container)
    .option('--context <name>', text.context)
    .option('--kubeconfig <file>', text.kubeconfig)
    .option('--all', text.all)
    .option('--per-node', text.perNode)
    .option('--local', text.local)
    .option('--via <prefix>', text.via)
    .option('--contrast <name=prefix>', text.contrast, (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value])
    .option('--toolkit', text.toolkitContrast)
    .option('--node-pod', text.nodeContrast)
    .option('--node <name>', text.nodeNamed)
    .option('--install-tools', text.installTools)
    .option('-o, --output <format>', messages.recordings.options.reportOutput)
    .option('--privacy', messages.recordings.options.privacy)
    .option('--timeout <duration>', text.timeout)
    .option('--connect-timeout <duration>', text.connectTimeout)
    .option('--every <duration>', messages.watch.options.every)
    .option('--until-change', messages.watch.options.untilChange);
  addRecordOptions(run, output).action(async (target: string | undefined, options: RawRunOptions) => {
    ended(await actions.run(target, { ...wholeProgramsToo(program, options), ...sharingOf(program) }));
  });
}

function addDependencies(program: Command, { messages, actions, ended }: ProgramOutput): void {
  const { options: text, about, usage } = messages.cli;
  program
    .command('dependencies')
    .usage(usage.dependencies)
    .description(about.dependencies)
    .argument('[target]', text.target)
    .option('-n, --namespace <name>', text.namespace)
    .option('-c, --container <name>', text.container)
    .option('--context <name>', text.context)
    .option('--kubeconfig <file>', text.kubeconfig)
    .option('-o, --output <format>', text.output)
    .action(async (target: string | undefined, options: RawDependenciesOptions) => {
      ended(await actions.dependencies(target, options));
    });
}

function addPolicy(program: Command, { messages, actions, ended }: ProgramOutput): void {
  const { options: text, about, usage } = messages.cli;
  const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [...(earlier ?? []), value];
  program
    .command('policy')
    .usage(usage.policy)
    .description(about.policy)
    .argument('[target]', text.target)
    .option('--to <destination>', text.policyTo)
    .option('--protocol <protocol>', text.protocol)
    .option('-n, --namespace <name>', text.namespace)
    .option('--context <name>', text.context)
    .option('--kubeconfig <file>', text.kubeconfig)
    .option('-f, --filename <file...>', text.filename)
    .option('--pod <pod>', text.pod, collect)
    .option('--namespace-labels <labels>', text.namespaceLabels, collect)
    .option('--cases <file>', text.cases)
    .option('-o, --output <format>', text.output)
    .action(async (target: string | undefined, options: RawPolicyOptions) => {
      ended(await actions.policy(target, options));
    });
}

function addOthers(program: Command, { messages, actions, ended }: ProgramOutput): void {
  const { options: text, about, usage } = messages.cli;
  program
    .command('explain')
    .usage(usage.explain)
    .description(about.explain)
    .argument('[text...]', text.text)
    .option('--each-line', text.eachLine)
    .option('-o, --output <format>', text.output)
    .action(async (words: readonly string[], options: Parameters<Actions['explain']>[1]) => {
      ended(await actions.explain(words, options));
    });
  program
    .command('config')
    .description(about.config)
    .action(async () => {
      ended(await actions.config());
    });
  program
    .command('tree')
    .usage(usage.tree)
    .description(about.tree)
    .option('--format <format>', text.format)
    .action(async (options: Parameters<Actions['tree']>[0]) => {
      ended(await actions.tree(options));
    });
  program
    .command('causes')
    .usage(usage.causes)
    .description(about.causes)
    .argument('[id]', text.id)
    .option('-o, --output <format>', text.output)
    .action(async (id: string | undefined, options: Parameters<Actions['causes']>[1]) => {
      ended(await actions.causes(id, options));
    });
}

/** Subcommands inherit nothing of this when they are made by `.command()` before it is set, so each is told. */
function localise(command: Command, { messages, write, columns }: ProgramOutput): void {
  const { helpTitles, options } = messages.cli;
  const titles = new Map<string, string>(Object.entries(helpTitles));
  command
    .helpOption('-h, --help', options.help)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => undefined })
    .configureHelp({
      showGlobalOptions: true,
      // Those of the console are no options of every command.
      visibleGlobalOptions: (of) => new Help().visibleGlobalOptions(of).filter(({ long }) => GLOBAL_OPTIONS.has(long ?? '')),
      styleTitle: (title) => titles.get(title) ?? title,
      // Their own help has the usage and the rest of the description.
      subcommandTerm: (subcommand) => subcommand.name(),
      subcommandDescription: (subcommand) => subcommand.description().split('\n')[0] ?? '',
      ...(columns === undefined ? {} : { helpWidth: columns }),
    });
}
