import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { errorText } from '../../domain/error-text.ts';
import { cleanLine } from '../../domain/sanitise.ts';
import { explainText, explanationToJson, renderExplanation } from '../../explain/index.ts';
import type { Messages } from '../../i18n/index.ts';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { problem, ProblemError } from '../problem.ts';
import type { OutputFormat } from '../run-request.ts';
import { writeJson, writeLines, type Streams } from '../streams.ts';

export interface ExplainOptions {
  readonly output: OutputFormat;
  /** One message a line in, one result a line out (JSON: one object a line). */
  readonly eachLine: boolean;
}

/** Explains a text, a file or standard input. Nothing to read, or a file that cannot be read, is a ProblemError. */
export async function execute(words: readonly string[], options: ExplainOptions, { streams, messages }: CommandContext): Promise<number> {
  const input = await readInput(words, streams);
  if (input.trim() === '' && !options.eachLine) throw new ProblemError(problem('no-text'));
  if (options.eachLine) explainLines(input, options.output, streams, messages);
  else explainWhole(input, options.output, streams, messages);
  return EXIT.ok;
}

async function readInput(words: readonly string[], { stdin }: Streams): Promise<string> {
  const [first] = words;
  if (first === undefined) {
    if (stdin.isTTY === true) throw new ProblemError(problem('no-text'));
    return readAll(stdin);
  }
  if (words.length > 1) return words.join(' ');
  if (first === '-') return readAll(stdin);
  return isFile(first) ? readFile(first, 'utf8').catch(unreadable) : first;
}

function isFile(path: string): boolean {
  // An error message may hold anything, a NUL too, which no path can.
  if (path.includes('\n') || path.includes('\u0000')) return false;
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function unreadable(error: unknown): never {
  throw new ProblemError(problem('unreadable-file', errorText(error)));
}

function explainWhole(input: string, output: OutputFormat, streams: Streams, messages: Messages): void {
  const explanation = explainText(input);
  if (output === 'json') writeJson(streams.stdout, explanationToJson(explanation, messages));
  else writeLines(streams.stdout, [renderExplanation(explanation, messages).replace(/\n+$/u, '')]);
}

/** Every line gets a result, an empty one too, so that results can be matched to lines by number. */
function explainLines(input: string, output: OutputFormat, streams: Streams, messages: Messages): void {
  const lines = input.replace(/\r?\n$/u, '').split(/\r?\n/u);
  for (const line of lines) {
    const explanation = explainText(line);
    if (output === 'json') writeJson(streams.stdout, explanationToJson(explanation, messages), 0);
    else writeLines(streams.stdout, [`${cleanLine(line)}\n  ${explanation.meaning}: ${messages.explain.meanings[explanation.meaning]}`]);
  }
}
