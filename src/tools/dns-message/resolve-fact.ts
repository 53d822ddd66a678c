import ipaddr from 'ipaddr.js';
import type { CommandOutput } from '../../domain/command.ts';
import type { ResolveFact, UnavailableFact } from '../../domain/facts.ts';

const NOTHING_SAID: ResolveFact = {
  kind: 'resolve',
  name: null,
  nameserver: null,
  recordType: 'any',
  transport: null,
  outcome: 'failed',
  addresses: [],
  canonicalNames: [],
  answeredName: null,
  truncated: false,
  elapsedMs: null,
};

/** A resolution of which the text says this much; all that it does not say is null, empty or `any`. */
export function resolveFact(said: Partial<ResolveFact> & Pick<ResolveFact, 'outcome'>): ResolveFact {
  return { ...NOTHING_SAID, ...said, addresses: [...new Set(said.addresses ?? [])] };
}

/** The tool ran, and its output proves nothing about the name. The detail is its last words, or the exit status. */
export function notUnderstood(output: CommandOutput): UnavailableFact {
  const said = output.lines.findLast((line) => line.text.trim() !== '')?.text.trim();
  const detail = said ?? (output.exitCode === null ? 'no output and no exit status' : `no output, exit status ${String(output.exitCode)}`);
  return { kind: 'unavailable', reason: 'not-understood', detail };
}

/** How long a command took that does nothing but resolve; null for pasted text, of which nobody knows. An upper bound: it has the start of the command in it. */
export function wholeDuration(output: CommandOutput): number | null {
  return output.durationMs > 0 ? output.durationMs : null;
}

/** IPv4 with four parts, or IPv6 without a zone: what a nameserver's answer and a libc print. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes('%'));
}

/**
 * Only names that no tool can take for an option, for a file or for a server: printable, not empty, and not beginning with
 * `-`, `+` or `@` (dig). Everything else cannot be asked.
 */
export function isAskable(name: string): boolean {
  return /^[^-+@\s][^\s]*$/u.test(name) && name.length <= 254;
}

/** With the last dot: no resolver appends a search domain to it. */
export function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

/** `resolver.timeout` of tools that take whole seconds, at least one. */
export function wholeSeconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)));
}
