/** One hop of Debian's traceroute, inetutils, busybox, BSD and macOS: the words after the hop's number. */
import { familyOf } from '../address-family.ts';
import { unreachableError } from '../icmp-error.ts';
import type { HopReply, IcmpError } from '../../domain/facts.ts';

/**
 * Flags after a time. !H !N !P !S !F-1300 !X !V !C !<num> in traceroute 2.1 (traceroute(8)); busybox 1.35 writes !A for
 * codes 9 and 13 and !C for 10; FreeBSD adds !Z, !U, !W, !I; inetutils 2.4 writes !* for every code it has no letter for.
 */
const FLAGS: Readonly<Record<string, IcmpError>> = {
  '!H': 'host-unreachable',
  '!N': 'network-unreachable',
  '!P': 'protocol-unreachable',
  '!X': 'prohibited',
  '!A': 'prohibited',
  '!C': 'prohibited',
  '!Z': 'prohibited',
  '!U': 'network-unreachable',
  '!W': 'host-unreachable',
};

type Token =
  | { readonly kind: 'silent' }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'time'; readonly rttMs: number }
  | { readonly kind: 'flag'; readonly flag: string; readonly code: number | null }
  | { readonly kind: 'aside' };

const TOKENS: readonly (readonly [RegExp, (match: RegExpExecArray) => Token | null])[] = [
  //  3  *                     no answer
  [/^\*(?=\s|$)/u, () => ({ kind: 'silent' })],
  //  10.77.2.2  0.458 ms      traceroute 2.1;  `0.004ms` in inetutils 2.4
  [/^([\d.]+) ?ms(?=\s|$)/u, (match) => ({ kind: 'time', rttMs: Number(match[1]) })],
  //  3057.928 ms !H           any flag; !F-1300 names the MTU, !<10> the code
  [/^!(?:F(?:-\d+)?|<(\d+)>|[A-Z*])?(?=\s|$)/u, (match) => ({ kind: 'flag', flag: match[0], code: match[1] === undefined ? null : Number(match[1]) })],
  //  [AS64500] or [*] (-A), <MPLS:L=1,E=0,S=1,T=1> (-e), (61) (busybox -l), (TOS=0!)
  [/^(?:\[(?:AS[\d/AS]+|\*)\]|<\w[^>]*>|\(\d+\)|\(TOS=\d+!?\))(?=\s|$)/u, () => ({ kind: 'aside' })],
  //  r3.example (10.77.2.2)   without -n
  [/^\S+ \(([\da-fA-F:.]+(?:%\S+)?)\)(?=\s|$)/u, (match) => addressToken(match[1] ?? '')],
  //  10.77.2.2                with -n
  [/^([\da-fA-F:.]+(?:%\S+)?)(?=\s|$)/u, (match) => addressToken(match[1] ?? '')],
];

function errorOfFlag(flag: string, code: number | null, family: 4 | 6): IcmpError {
  if (code !== null) return unreachableError(family, code);
  if (flag.startsWith('!F')) return 'fragmentation-needed';
  // busybox 1.35 writes !S for ICMPv6 "administratively prohibited"; for IPv4 it is "source route failed".
  if (flag === '!S') return family === 6 ? 'prohibited' : 'other';
  return FLAGS[flag] ?? 'other';
}

function addressToken(address: string): Token | null {
  return familyOf(address) === null ? null : { kind: 'address', address };
}

function nextToken(rest: string): { readonly token: Token; readonly length: number } | null {
  for (const [pattern, read] of TOKENS) {
    const match = pattern.exec(rest);
    const token = match === null ? null : read(match);
    if (match !== null && token !== null) return { token, length: match[0].length };
  }
  return null;
}

/** Replies in the order printed; null when the text is not a hop. What follows a word that no traceroute writes is not believed. */
export function readReplies(words: string): readonly HopReply[] | null {
  const replies: HopReply[] = [];
  let address: string | null = null;
  let rest = words.trim();
  while (rest !== '') {
    const next = nextToken(rest);
    if (next === null) break;
    rest = rest.slice(next.length).trimStart();
    const { token } = next;
    if (token.kind === 'address') address = token.address;
    else if (token.kind === 'silent') replies.push({ address: null, rttMs: null, error: null });
    else if (token.kind === 'time' && address !== null) replies.push({ address, rttMs: token.rttMs, error: null });
    else if (token.kind === 'flag') flagLast(replies, token.flag, token.code);
  }
  return replies.length > 0 ? replies : null;
}

/** A bare `!` (BSD) says that the answer's own TTL was 1 or less, not that anything failed. */
function flagLast(replies: HopReply[], flag: string, code: number | null): void {
  const last = replies.at(-1);
  if (flag === '!' || last === undefined || last.address === null) return;
  replies.splice(-1, 1, { ...last, error: errorOfFlag(flag, code, familyOf(last.address) ?? 4) });
}
