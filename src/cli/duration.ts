import { done, failed, type Outcome } from './problem.ts';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, '': 1_000 };
const MAX_MS = 3_600_000;

/** `30s`, `2m`, `500ms`, `1.5`: a number and a unit, seconds without one. More than zero, at most an hour. */
export function parseDuration(text: string): Outcome<number> {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/u.exec(text.trim()) ?? [];
  const ms = Math.round(Number(amount) * (UNIT_MS[unit] ?? Number.NaN));
  return amount !== '' && ms > 0 && ms <= MAX_MS ? done(ms) : failed('bad-duration', text);
}
