import { expect, test } from 'vitest';
import { bashPlace, bashRefused } from '../fakes/replies.ts';
import type { Reply } from '../fakes/scripted-vantage.ts';
import { eventsOf, only, request } from './diagnose.ts';

/** Every reading of /proc/net/snmp counts two more segments that were sent again. */
function countingPlace(): (argv: readonly string[]) => Reply | null {
  let readings = 0;
  let connects = 0;
  // The tries after the first take their time, as on a network: the reading between them has long been made.
  const place = bashPlace((_address, _port, argv) => ({ ...bashRefused(argv), afterMs: (connects += 1) > 1 ? 300 : 0 }));
  return (argv) => {
    if (!argv.some((word) => word.includes('/proc/net/netstat'))) return place(argv);
    readings += 1;
    const names = 'Tcp: RtoAlgorithm RetransSegs';
    return { out: [`/proc/net/snmp\t${names}`, `/proc/net/snmp\tTcp: 1 ${String(readings * 2)}`, 'netdiag-done'] };
  };
}

test('when a connect fails, the kernel\'s counters are read again and say what was added since the first reading', async () => {
  const events = await eventsOf(request(countingPlace()));
  const facts = only(events, 'observed').flatMap(({ observation }) => (observation.fact.kind === 'counters' ? [observation.fact] : []));
  expect(facts.slice(0, 2)).toEqual([
    { kind: 'counters', counters: { TcpRetransSegs: 2 }, changes: null, sockets: null },
    { kind: 'counters', counters: { TcpRetransSegs: 4 }, changes: { TcpRetransSegs: 2 }, sockets: null },
  ]);
  // A refusal is looked at once more after its tries: what is added then counts from the first reading, too.
  expect(facts.slice(2)).toEqual(facts.slice(2).map((_, index) => ({ kind: 'counters', counters: { TcpRetransSegs: 6 + 2 * index }, changes: { TcpRetransSegs: 4 + 2 * index }, sockets: null })));
});
