import type { Question } from '../domain/question.ts';
import type { Look } from './look.ts';

/** Put at the very beginning, and nobody is waited for but the place itself. */
const LOCAL: readonly Question[] = [{ kind: 'tools' }, { kind: 'files' }];

/** How long the target takes for what needs no network, its survey among it: a measure of what any command takes there. Infinity until it is known. */
export function paceMs(look: Look): number {
  return Math.max(...LOCAL.map((question) => look.peek(question)?.observations[0]?.durationMs ?? Infinity));
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** So many times what a command takes at the target, within limits. */
export function pacedMs(look: Look, { least, most }: Bounds, paces = 1): number {
  return Math.min(Math.max(paces * paceMs(look), least), most);
}
