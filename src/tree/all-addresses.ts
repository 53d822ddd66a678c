import type { Answer, Look } from './look.ts';
import { nameserversOf, outcomeOf, queryQuestion } from './nameservers.ts';
import { isName, resolveQuestion } from './reading.ts';
import { nameToQuery } from './service-name.ts';

/**
 * A tool that shows one address alone has found the name: has its nameserver been asked for the rest, in both families? `cannot`
 * when that came to nothing that has this address in it, so that there may be others that nobody tried.
 */
export function allAddresses(look: Look): 'known' | 'wait' | 'cannot' {
  const shown = isName(look) ? (look.peek(resolveQuestion(look))?.fact('resolve') ?? null) : null;
  if (shown?.incomplete !== true) return 'known';
  const nameservers = nameserversOf(look);
  if (nameservers === null) return 'wait';
  if (isFromHostsFile(look, shown.addresses)) return 'known';
  const [nameserver] = nameservers;
  if (nameserver === undefined) return 'cannot';
  const answers = (['A', 'AAAA'] as const).map((recordType) => look.need(queryQuestion(nameToQuery(look), nameserver, recordType)));
  if (answers.includes(null)) return 'wait';
  const has = (answer: Answer | null): boolean => answer?.fact('resolve')?.addresses.some((address) => shown.addresses.includes(address)) === true;
  const isTold = (answer: Answer | null): boolean => outcomeOf(answer) === 'answered' || outcomeOf(answer) === 'no-data';
  return answers.every(isTold) && answers.some(has) ? 'known' : 'cannot';
}

/** hosts(5): a name that stands there is not looked up any further. */
function isFromHostsFile(look: Look, addresses: readonly string[]): boolean {
  const entries = look.peek({ kind: 'files' })?.fact('hosts-file')?.entries ?? [];
  return entries.some((entry) => addresses.includes(entry.address));
}
