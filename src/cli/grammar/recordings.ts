import type { Command } from 'commander';
import type { ProgramOutput } from '../program.ts';
import type { RawAttachOptions, RawDemoOptions, RawReplayOptions, RawReportOptions } from '../recordings/options.ts';
import { addLooks, addSharing, looksOf } from './console.ts';

/** What the commands about recordings were given, unchecked. */
export interface RecordingActions {
  replay(name: string | undefined, options: RawReplayOptions): Promise<number>;
  report(name: string | undefined, options: RawReportOptions): Promise<number>;
  runs(options: { readonly output?: string }): Promise<number>;
  demo(name: string | undefined, options: RawDemoOptions): Promise<number>;
  attach(name: string | undefined, options: RawAttachOptions): Promise<number>;
}

export function addRecordings(program: Command, { messages, actions, ended }: ProgramOutput): void {
  const { usage, about, options: text } = messages.recordings;
  addLooks(program.command('replay'), { messages })
    .usage(usage.replay)
    .description(about.replay)
    .argument('[recording]', text.recording)
    .option('--to-end', text.toEnd)
    .option('--redecide', text.redecide)
    .option('-o, --output <format>', text.reportOutput)
    .option('--privacy', text.privacy)
    .action(async (name: string | undefined, options: RawReplayOptions) => {
      ended(await actions.replay(name, { ...options, ...looksOf(program) }));
    });
  program
    .command('report')
    .usage(usage.report)
    .description(about.report)
    .argument('[recording]', text.recording)
    .option('-o, --output <format>', text.recordedOutput)
    .option('--privacy', text.privacy)
    .action(async (name: string | undefined, options: RawReportOptions) => {
      ended(await actions.report(name, options));
    });
  program
    .command('runs')
    .usage(usage.runs)
    .description(about.runs)
    .option('-o, --output <format>', messages.cli.options.output)
    .action(async (options: { readonly output?: string }) => {
      ended(await actions.runs(options));
    });
}

/** A demo needs no cluster, no network and no recording of the user's. */
export function addDemo(program: Command, { messages, actions, ended }: ProgramOutput): void {
  const { usage, about, options: text } = messages.recordings;
  addLooks(program.command('demo'), { messages })
    .usage(usage.demo)
    .description(about.demo)
    .argument('[name]', text.demoName)
    .option('-o, --output <format>', text.reportOutput)
    .option('--privacy', text.privacy)
    .action(async (name: string | undefined, options: RawDemoOptions) => {
      ended(await actions.demo(name, { ...options, ...looksOf(program) }));
    });
}

/** Somebody else's run, while it goes on. */
export function addAttach(program: Command, { messages, actions, ended }: ProgramOutput): void {
  const { usage, about, options: text } = messages.pairing;
  addLooks(program.command('attach'), { messages })
    .usage(usage)
    .description(about)
    .argument('[recording]', text.recording)
    .option('--follow-driver', text.followDriver)
    .option('--list', text.list)
    .option('-o, --output <format>', text.output)
    .action(async (name: string | undefined, options: RawAttachOptions) => {
      ended(await actions.attach(name, { ...options, ...looksOf(program) }));
    });
}

/** Options of `run` about its recording. */
export function addRecordOptions(command: Command, output: Pick<ProgramOutput, 'messages'>): Command {
  return addSharing(command.option('--record <file>', output.messages.recordings.options.record), output);
}
