import type { Messages } from '../i18n/index.ts';
import type { ErrorJson } from '../report/json.ts';

export type ProblemCode = keyof Messages['cli']['problems'];

/** Why a command could not run. It becomes one sentence and a hint, in the user's language, and exit code 3. */
export interface Problem {
  readonly code: ProblemCode;
  /** What was given, or what the system said. */
  readonly detail: string;
  /** The nearest word that would have been right; null when there is none. */
  readonly suggestion: string | null;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function problem(code: ProblemCode, detail = '', suggestion: string | null = null): Problem {
  return { code, detail, suggestion };
}

export function failed(code: ProblemCode, detail = '', suggestion: string | null = null): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: problem(code, detail, suggestion) };
}

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function problemJson({ code, detail, suggestion }: Problem, schema: string, messages: Messages): ErrorJson {
  const { message, hint } = messages.cli.problems[code](detail, suggestion);
  return { schema, error: { code, message, hint } };
}

/** Two lines for people. */
export function problemLines({ code, detail, suggestion }: Problem, messages: Messages): readonly string[] {
  const { message, hint } = messages.cli.problems[code](detail, suggestion);
  return [`${messages.cli.errorPrefix}: ${message}`, hint];
}

/** Carries a Problem out of the option parser, which knows only exceptions. Nothing else throws it. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(found: Problem) {
    super(found.code);
    this.problem = found;
  }
}
