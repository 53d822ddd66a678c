import ipaddr from 'ipaddr.js';
import type { CauseId } from '../domain/cause.ts';
import type { Look } from './look.ts';
import { absolute, nameserversOf, queryQuestion } from './nameservers.ts';
import { addressesOf, connectQuestion, isName, nameToResolve, resolveQuestion, tlsQuestion } from './reading.ts';

export interface WrongAnswer {
  readonly cause: CauseId;
  readonly evidence: readonly string[];
  readonly detail: string;
  readonly contrast?: string;
}

/**
 * The name resolves, but what it leads to fails: is it the right address? Names that a Service or the search list is meant to
 * complete are not judged. Answers that merely rotate (CDNs, round robin) are told apart by asking where the address came from.
 */
export function wrongAnswer(look: Look): WrongAnswer | null | 'wait' {
  if (!isName(look) || look.dependency.service !== null) return null;
  const resolve = look.need(resolveQuestion(look));
  const files = look.need({ kind: 'files' });
  const nameservers = nameserversOf(look);
  if (resolve === null || files === null || nameservers === null) return 'wait';
  const used = resolve.fact('resolve')?.addresses ?? [];
  if (used.length === 0) return null;
  const name = nameToResolve(look);
  const hostsEntry = files.fact('hosts-file')?.entries.find(
    (entry) => used.includes(entry.address) && entry.names.some((one) => one.toLowerCase() === name.toLowerCase()),
  );
  if (hostsEntry !== undefined) return fromHostsFile(look, name, nameservers, hostsEntry.address);
  return fromSearchList(look, name, nameservers, used) ?? fromBlocklist(look, name, nameservers, used) ?? fromOtherView(look, used);
}

/** Nobody's address is 0.0.0.0 (RFC 1122 3.2.1.3) or :: (RFC 4291 2.5.2): a nameserver that answers so does not want the name to be found. */
function fromBlocklist(look: Look, name: string, nameservers: readonly string[], used: readonly string[]): WrongAnswer | null | 'wait' {
  if (!used.every((address) => ipaddr.process(address).range() === 'unspecified')) return null;
  const [nameserver] = nameservers;
  const query = nameserver === undefined ? null : look.need(queryQuestion(name, nameserver));
  if (nameserver === undefined) return null;
  if (query === null) return 'wait';
  const says = query.fact('resolve')?.addresses.some((address) => used.includes(address)) === true;
  return says ? { cause: 'dns.split-horizon', evidence: query.ids(), detail: used.join(', ') } : null;
}

function fromHostsFile(look: Look, name: string, nameservers: readonly string[], address: string): WrongAnswer | null | 'wait' {
  const nameserver = nameservers[0];
  if (nameserver === undefined) return null;
  const query = look.need(queryQuestion(name, nameserver));
  if (query === null) return 'wait';
  const fact = query.fact('resolve');
  if (fact?.outcome !== 'answered' || fact.addresses.includes(address)) return null;
  const ids = [...(look.peek({ kind: 'files' })?.ids('hosts-file') ?? []), ...query.ids()];
  return { cause: 'dns.stale-hosts', evidence: ids, detail: `${address} / ${fact.addresses.join(', ')}` };
}

function fromSearchList(look: Look, name: string, nameservers: readonly string[], used: readonly string[]): WrongAnswer | null | 'wait' {
  const nameserver = nameservers[0];
  const search = look.peek({ kind: 'files' })?.fact('resolv-conf')?.search ?? [];
  if (nameserver === undefined || search.length === 0 || name.endsWith('.')) return null;
  const plain = look.need(queryQuestion(name, nameserver));
  if (plain === null) return 'wait';
  const fact = plain.fact('resolve');
  if (fact?.outcome !== 'answered' || fact.addresses.some((address) => used.includes(address))) return null;
  const completed = search.map((domain) => look.need(queryQuestion(`${name}.${domain}`, nameserver)));
  const hijacker = completed.find((answer) => answer?.fact('resolve')?.addresses.some((address) => used.includes(address)) === true);
  if (hijacker === undefined || hijacker === null) return completed.includes(null) ? 'wait' : null;
  const hijackedName = hijacker.asked.question.kind === 'query' ? hijacker.asked.question.name : absolute(name);
  return { cause: 'dns.search-hijack', evidence: [...hijacker.ids(), ...plain.ids()], detail: hijackedName };
}

/** Both addresses connect, and only the other one shows a certificate for the name that is accepted there: evidence ids. */
function anotherServer(look: Look, id: string, ours: string, theirs: string): readonly string[] | null | 'wait' {
  const good = look.need(tlsQuestion(look, theirs), id);
  const bad = look.need(tlsQuestion(look, ours), id);
  if (good === null || bad === null) return 'wait';
  const [theirFact, ourFact] = [good.fact('tls'), bad.fact('tls')];
  const differ = theirFact?.established === true && theirFact.verified && theirFact.failure === null && (ourFact?.failure ?? null) !== null;
  return differ ? [...good.ids('tls'), ...bad.ids('tls')] : null;
}

/** Another vantage gets another address, which works, while ours does not work from there either. */
function fromOtherView(look: Look, used: readonly string[]): WrongAnswer | null | 'wait' {
  const { port } = look.dependency;
  const ours = used[0];
  if (ours === undefined) return null;
  let waiting = false;
  for (const { id, name } of look.situation.contrasts) {
    const resolve = look.need(resolveQuestion(look), id);
    const theirs = (addressesOf(look, id) ?? [])[0];
    if (resolve === null) waiting = true;
    if (resolve === null || theirs === undefined || (addressesOf(look, id) ?? []).some((one) => used.includes(one))) continue;
    const toTheirs = look.need(connectQuestion(theirs, port), id);
    const toOurs = look.need(connectQuestion(ours, port), id);
    if (toTheirs === null || toOurs === null) {
      waiting = true;
      continue;
    }
    if (toTheirs.fact('connect')?.outcome !== 'connected') continue;
    const oursOutcome = toOurs.fact('connect')?.outcome;
    const another = oursOutcome === 'connected' && look.dependency.tls ? anotherServer(look, id, ours, theirs) : null;
    if (another === 'wait') waiting = true;
    if (another === 'wait' || oursOutcome === undefined || (oursOutcome === 'connected' && another === null)) continue;
    const evidence = [...resolve.ids('resolve'), ...toTheirs.ids(), ...toOurs.ids(), ...(another ?? [])];
    return { cause: 'dns.split-horizon', evidence, detail: `${ours} / ${theirs}`, contrast: name };
  }
  return waiting ? 'wait' : null;
}
