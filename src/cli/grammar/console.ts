import type { Command } from 'commander';
import type { ProgramOutput } from '../program.ts';
import type { RawRecordOptions } from '../recordings/choice.ts';

/** How a console looks, as it was typed. The whole program takes these, and parses them wherever they stand. */
export interface RawLooks {
  readonly ascii?: boolean;
  readonly screenReader?: boolean;
  /** A file to film it into. */
  readonly cast?: string;
}

/** Options of everything that may open a console. */
export function addLooks(command: Command, { messages }: Pick<ProgramOutput, 'messages'>): Command {
  const { options: text } = messages.cli;
  return command.option('--ascii', text.ascii).option('--screen-reader', text.screenReader).option('--cast <file>', messages.cast.option);
}

export function looksOf(program: Command): RawLooks {
  return pickLooks(program.opts<RawLooks>());
}

/** Of all options those about looks. */
export function pickLooks({ ascii, screenReader, cast }: RawLooks): RawLooks {
  return { ...(ascii === undefined ? {} : { ascii }), ...(screenReader === undefined ? {} : { screenReader }), ...(cast === undefined ? {} : { cast }) };
}

/** Whether a run is recorded, and who may follow it: the console's own options, which `run` takes, too. */
export function addSharing(command: Command, { messages }: Pick<ProgramOutput, 'messages'>): Command {
  const { options: text } = messages.recordings;
  return command.option('--no-record', text.noRecord).option('--share', text.share);
}

export function sharingOf(program: Command): RawRecordOptions {
  const { record, share } = program.opts<RawRecordOptions>();
  return { ...(record === false ? { record } : {}), ...(share === undefined ? {} : { share }) };
}
