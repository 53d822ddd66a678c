import type { CommandContext } from '../context.ts';
import { mustNotFilm } from '../cast/film.ts';
import type { RecordingActions } from '../grammar/recordings.ts';
import { problem, ProblemError } from '../problem.ts';

/** The commands about recordings. Each loads its own module. */
export function recordingActions(context: CommandContext): RecordingActions {
  const { messages } = context;
  return {
    replay: async (name, { redecide, output, toEnd, privacy = false, ...looks }) => {
      const { parseOutput, parseReportFormat } = await import('../options.ts');
      const replay = await import('../commands/replay.ts');
      if (redecide === true && privacy) throw new ProblemError(problem('conflict', '--redecide, --privacy'));
      if (redecide === true) return replay.printRedecision(name, parseOutput(output, messages), context);
      const printed = toEnd === true ? '--to-end' : output !== undefined ? '-o' : privacy ? '--privacy' : null;
      if (printed !== null) mustNotFilm(looks.cast, printed);
      else {
        const console = await import('../commands/console.ts');
        if (console.canDraw(context, looks)) return console.play(await replay.checkedPath(name, context), context, looks);
        mustNotFilm(looks.cast, messages.cast.noTerminal);
      }
      return replay.printRecording(name, { format: parseReportFormat(output, messages), isWithoutNames: privacy }, context);
    },
    report: async (name, { output, privacy = false }) => {
      const { parseRecordedFormat } = await import('../options.ts');
      const { printRecording } = await import('../commands/replay.ts');
      return printRecording(name, { format: parseRecordedFormat(output, messages), isWithoutNames: privacy }, context);
    },
    demo: async (name, { output, privacy = false, ...looks }) => {
      const { parseOutput, parseReportFormat } = await import('../options.ts');
      const demo = await import('../commands/demo.ts');
      if (name === undefined) return demo.list(parseOutput(output, messages), context);
      const console = await import('../commands/console.ts');
      if (output === undefined && !privacy && console.canDraw(context, looks)) return console.play(demo.pathOf(name, context), context, looks);
      mustNotFilm(looks.cast, output !== undefined ? '-o' : privacy ? '--privacy' : messages.cast.noTerminal);
      return demo.print(name, { format: parseReportFormat(output, messages), isWithoutNames: privacy }, context);
    },
    attach: async (name, { output, list, followDriver, ...looks }) => {
      const { parseOutput, parseReportFormat } = await import('../options.ts');
      const attach = await import('../commands/attach.ts');
      if (list === true) return attach.list(parseOutput(output, messages), context);
      const row = attach.found(name, context);
      const console = await import('../commands/console.ts');
      if (output === undefined && console.canDraw(context, looks)) return console.watch(row.path, followDriver === true, context, looks);
      mustNotFilm(looks.cast, output === undefined ? messages.cast.noTerminal : '-o');
      return attach.print(row, parseReportFormat(output, messages), context);
    },
    runs: async ({ output }) => {
      const { parseOutput } = await import('../options.ts');
      return (await import('../commands/runs.ts')).execute(parseOutput(output, messages), context);
    },
  };
}
