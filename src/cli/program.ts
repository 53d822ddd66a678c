import { Command } from 'commander';
import type { Messages } from '../i18n/index.ts';
import { closest } from './closest.ts';
import type { RawRunOptions } from './options.ts';
import type { RawPolicyOptions } from './policy/request.ts';
import { problem, ProblemError } from './problem.ts';
import { TOOL } from './version.ts';

/** The commands as they were typed, options unchecked. Each loads its own module when it is called, and no other. */
export interface Actions {
  console(): Promise<number>;
  run(target: string | undefined, options: RawRunOptions): Promise<number>;
  explain(words: readonly string[], options: { readonly output?: string; readonly eachLine?: boolean }): Promise<number>;
  policy(target: string | undefined, options: RawPolicyOptions): Promise<number>;
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
    .argument('[command]')
    .version(TOOL.version, '-V, --version', words.options.version)
    .helpCommand('help [command]', words.about.help)
    .action(async () => {
      const [unknown] = program.args;
      if (unknown !== undefined) throw new ProblemError(problem('unknown-command', unknown, closest(unknown, commandNames(program))));
      ended(await actions.console());
    });
  addRun(program, output);
  addPolicy(program, output);
  addOthers(program, output);
  for (const command of [program, ...program.commands]) localise(command, output);
  // A word that is no command is told as such, whatever follows it. Set last: commands would inherit it.
  program.allowExcessArguments();
  return program;
}

/** Long options that a command takes, those of the whole program included. */
export function longOptions(command: Command): readonly string[] {
  const here = command.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]));
  return command.parent === null ? [...here, '--help'] : [...here, ...longOptions(command.parent)];
}

function commandNames(program: Command): readonly string[] {
  return [...program.commands.map((command) => command.name()), 'help'];
}

function addRun(program: Command, { messages, actions, ended }: ProgramOutput): void {
  const { options: text, about, usage } = messages.cli;
  program
    .command('run')
    .usage(usage.run)
    .description(about.run)
    .argument('[target]', text.target)
    .option('--to <destination>', text.to)
    .option('-n, --namespace <name>', text.namespace)
    .option('-c, --container <name>', text.container)
    .option('--context <name>', text.context)
    .option('--kubeconfig <file>', text.kubeconfig)
    .option('--local', text.local)
    .option('--via <prefix>', text.via)
    .option('--contrast <name=prefix>', text.contrast, (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value])
    .option('-o, --output <format>', text.output)
    .option('--timeout <duration>', text.timeout)
    .option('--connect-timeout <duration>', text.connectTimeout)
    .action(async (target: string | undefined, options: RawRunOptions) => {
      ended(await actions.run(target, options));
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
      styleTitle: (title) => titles.get(title) ?? title,
      // Their own help has the usage and the rest of the description.
      subcommandTerm: (subcommand) => subcommand.name(),
      subcommandDescription: (subcommand) => subcommand.description().split('\n')[0] ?? '',
      ...(columns === undefined ? {} : { helpWidth: columns }),
    });
}
