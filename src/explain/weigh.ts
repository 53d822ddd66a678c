import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Layer } from '../domain/layer.ts';
import type { Meaning } from './explanation.ts';
import { causesOfStatus, findStatus } from './http-status.ts';
import { RANKS, type Rank, type Rule } from './rule.ts';
import { ERRNO_RULES } from './rules/errno.ts';
import { HANDSHAKE_RULES } from './rules/handshake.ts';
import { ICMP_RULES } from './rules/icmp.ts';
import { LIBRARY_RULES } from './rules/libraries.ts';
import { LOCALISED_RULES } from './rules/localised.ts';
import { NAME_RULES } from './rules/names.ts';
import { PLATFORM_RULES } from './rules/platform.ts';
import { SUCCESS_RULES } from './rules/success.ts';
import { CERTIFICATE_RULES } from './rules/tls.ts';

export const RULES: readonly Rule[] = [
  ...ERRNO_RULES,
  ...NAME_RULES,
  ...CERTIFICATE_RULES,
  ...HANDSHAKE_RULES,
  ...LIBRARY_RULES,
  ...PLATFORM_RULES,
  ...ICMP_RULES,
  ...LOCALISED_RULES,
  ...SUCCESS_RULES,
];

/** What the words of a text say. */
export interface Reading {
  readonly meaning: Meaning;
  readonly confidence: Confidence;
  readonly rank: Rank;
  /** Where the deciding words end in the text. */
  readonly at: number;
  readonly causes: Partial<Readonly<Record<CauseId, Confidence>>> | null;
  readonly layer: Layer | null;
}

interface Weighed {
  readonly rank: Rank;
  readonly at: number;
}

function outweighs(a: Weighed, b: Weighed): boolean {
  return RANKS[a.rank] > RANKS[b.rank] || (a.rank === b.rank && a.at > b.at);
}

/** Where the last occurrence of a rule's words ends; -1 when none of them occurs. */
function lastEnd(rule: Rule, text: string, lower: string): number {
  let end = -1;
  for (const says of rule.says) {
    if (typeof says === 'string') {
      const at = lower.lastIndexOf(says);
      if (at >= 0) end = Math.max(end, at + says.length);
    } else {
      const match = says.exec(text);
      if (match !== null) end = Math.max(end, match.index + match[0].length);
    }
  }
  return end;
}

function readStatus(text: string): Reading | null {
  const found = /\d{3}|gateway|unavailable|requests|server error|unauthorized|forbidden|httpstatus|status (?:client|server) error|response code said/iu.test(text)
    ? findStatus(text, outweighs)
    : null;
  if (found === null) return null;
  const worked = found.status > 0 && found.status < 400;
  return {
    meaning: worked ? 'ok' : 'http-status',
    confidence: found.confidence,
    rank: found.rank,
    at: found.at,
    causes: worked ? null : causesOfStatus(found.status, text),
    layer: 'application',
  };
}

/** The weightiest reading of a text, or null when no rule knows any of its words. Text: plain, without log furniture. */
export function weigh(text: string): Reading | null {
  const lower = text.toLowerCase();
  let best = readStatus(text);
  for (const rule of RULES) {
    if (best !== null && RANKS[rule.rank] < RANKS[best.rank]) continue;
    const at = lastEnd(rule, text, lower);
    if (at < 0) continue;
    if (best === null || outweighs({ rank: rule.rank, at }, best)) {
      best = { meaning: rule.means, confidence: rule.confidence, rank: rule.rank, at, causes: rule.causes ?? null, layer: rule.layer ?? null };
    }
  }
  return best;
}
