import type { Command } from 'commander';
import type { ProgramOutput } from '../program.ts';
import type { RawAccessOptions } from '../access/access-options.ts';

export interface RawClusterOptions {
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
}

export interface RawCleanupOptions extends RawClusterOptions {
  readonly allOwners?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly output?: string;
}

export interface RawShellOptions extends RawClusterOptions, RawAccessOptions {
  readonly container?: string;
}

export interface RawToolkitOptions extends RawClusterOptions, RawAccessOptions {
  readonly beside?: string;
  readonly nodePod?: boolean;
  readonly copyLabels?: boolean;
  readonly output?: string;
}

export interface AccessActions {
  cleanup(options: RawCleanupOptions): Promise<number>;
  shell(words: readonly string[], options: RawShellOptions): Promise<number>;
  toolkit(action: string | undefined, argv: readonly string[], options: RawToolkitOptions): Promise<number>;
}

/** Options that the whole program takes, too, are parsed there, wherever they stand. */
export function wholeProgramsToo<T extends RawAccessOptions>(program: Command, options: T): T {
  const { write, installTools, toolkitImage, ttl } = program.opts<RawAccessOptions>();
  const given = Object.entries({ write, installTools, toolkitImage, ttl }).filter(([, value]) => value !== undefined);
  return { ...options, ...Object.fromEntries(given) };
}

const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [...(earlier ?? []), value];

/** Options of everything that may make something in the cluster. */
export function addAccessOptions(command: Command, text: ProgramOutput['messages']['cli']['options']): Command {
  return command
    .option('--write', text.write)
    .option('--yes', text.yes)
    .option('--keep', text.keep)
    .option('--toolkit-image <image>', text.toolkitImage)
    .option('--ttl <duration>', text.ttl)
    .option('--pull-secret <name>', text.pullSecret, collect)
    .option('--request <resource=amount>', text.request, collect)
    .option('--limit <resource=amount>', text.limit, collect);
}

function addClusterOptions(command: Command, text: ProgramOutput['messages']['cli']['options']): Command {
  return command.option('-n, --namespace <name>', text.namespace).option('--context <name>', text.context).option('--kubeconfig <file>', text.kubeconfig);
}

export function addAccessCommands(program: Command, { messages, actions, ended }: ProgramOutput): void {
  const { options: text, about, usage } = messages.cli;
  const shell = program.command('shell').usage(usage.shell).description(about.shell).argument('[words...]', text.shellWords);
  addAccessOptions(addClusterOptions(shell, text).option('-c, --container <name>', text.container), text).option('--install-tools', text.installTools).action(async (words: readonly string[], options: RawShellOptions) => {
    ended(await actions.shell(words, wholeProgramsToo(program, options)));
  });
  const toolkit = program.command('toolkit').usage(usage.toolkit).description(about.toolkit).argument('[action]', text.toolkitAction).argument('[command...]', text.toolkitCommand);
  addAccessOptions(addClusterOptions(toolkit, text), text)
    .option('--beside <target>', text.beside)
    .option('--node-pod', text.nodePod)
    .option('--copy-labels', text.copyLabels)
    .option('-o, --output <format>', text.output)
    .action(async (action: string | undefined, argv: readonly string[], options: RawToolkitOptions) => {
      ended(await actions.toolkit(action, argv, wholeProgramsToo(program, options)));
    });
  addClusterOptions(program.command('cleanup').usage(usage.cleanup).description(about.cleanup), text)
    .option('--all-owners', text.allOwners)
    .option('--dry-run', text.dryRun)
    .option('--yes', text.yesCleanup)
    .option('-o, --output <format>', text.output)
    .action(async (options: RawCleanupOptions) => {
      ended(await actions.cleanup(options));
    });
}
