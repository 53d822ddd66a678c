import type { Question } from '../domain/question.ts';
import type { Look } from './look.ts';

/** Put at the very beginning, and nobody is waited for but the place itself. */
const LOCAL: readonly Question[] = [{ kind: 'tools' }, { kind: 'files' }];

/** How long the target takes for what needs no network, its survey among it: a measure of what any command takes there. Infinity until it is known. */
export function paceMs(look: Look): number {
  return Math.max(...LOCAL.map((question) => look.peek(question)?.observations[0]?.durationMs ?? Infinity));
}

export function withinMs(ms: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.min(Math.max(ms, least), most);
}
