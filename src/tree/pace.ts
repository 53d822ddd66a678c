import type { Look } from './look.ts';

/** How long the target took for its survey, some fifty small commands that ask nobody: a measure of what any command takes there. Infinity until it is known. */
export function paceMs(look: Look): number {
  return look.peek({ kind: 'tools' })?.observations[0]?.durationMs ?? Infinity;
}

export function withinMs(ms: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.min(Math.max(ms, least), most);
}
