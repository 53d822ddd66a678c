import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { EMPTY_RUN, withEvent } from '../../src/report/run-summary.ts';
import { textLines } from '../../src/report/text.ts';
import { CONCLUSION, REFUSED_RUN, started } from './refused-run.ts';

const ENDED = { kind: 'command-ended', atMs: 15, command: 'c1', exitCode: 1, failure: null } as const;

function print(events: readonly RunEvent[], language: keyof typeof LANGUAGES = 'en'): string[] {
  let run = EMPTY_RUN;
  return events.flatMap((event) => {
    const lines = textLines(event, run, LANGUAGES[language]);
    run = withEvent(run, event);
    return lines;
  });
}

describe('the text report', () => {
  it('grows as the run goes on and ends with the verdict', () => {
    expect(print(REFUSED_RUN).join('\n')).toMatchInlineSnapshot(`
      "Picked pod orders-6f7c for deploy/orders.
      From: pod shop/orders-6f7c, container app, on node n1
      To: postgres://db.example (db.example:5432)

      Compared with: node
      contrast:blue cannot be used: no such command
      c1 $ nc -vz -w 3 198.51.100.10 5432
      c2 $ nc -vz -w 3 198.51.100.10 5432   (node)
      c1 |   nc: connect to 198.51.100.10 port 5432 (tcp) failed: Connection refused
      c1 = exit 1
      > Transport (3): tcp-connect → refused [o1]
      c2 = connection to the place lost
      > Transport (3): tcp-refusal → nobody-listens [o1, o2]

      == Fault found · Nothing listens on that port [tcp.refused] · Transport (3) · certain
      db.example:5432 (198.51.100.10) refuses the connection, from node as well: nothing listens there.

      Layers:
        Application (4): not needed. This layer did not have to be asked.
        Transport (3): fault. Nothing listens on that port.
        Internet (2): works. What was asked of this layer works.
        Network access (1): unknown. Nothing can be said about this layer.

      Evidence:
        o1 · shop/orders-6f7c/app · does 198.51.100.10 port 5432 accept?
          $ nc -vz -w 3 198.51.100.10 5432
          | nc: connect to 198.51.100.10 port 5432 (tcp) failed: Connection refused
        o2 · node · does 198.51.100.10 port 5432 accept?
          $ nc -vz -w 3 198.51.100.10 5432
          | nc: connect to 198.51.100.10 port 5432 (tcp) failed: Connection refused

      Ruled out:
        tcp.filtered (Packets to this port are dropped) [o1]

      Could not be asked:
        how far do packets to 198.51.100.10 get? (shop/orders-6f7c/app): no tool for it here

      Also noticed:
        The NetworkPolicies deny db.example:5432, and yet it connects: they are not enforced here. [policy.not-enforced] [o1]

      Next steps:
        1. Check the port: a typing error, or the service moved.
        2. Have the owner start the service, or see what it listens on: \`ss -ltn\` on db.example. A service bound to 127.0.0.1 refuses everybody else.
        3. Try it again: \`nc -vz db.example 5432\`

      See it again:
        $ kubectl --context prod -n shop exec orders-6f7c -c app -- sh -c 'echo "$1"' sh 'it'\\''s'
        $ ssh n1 nc -vz -w 3 198.51.100.10 5432

      Finished after 1.3 s."
    `);
  });

  it('is the same story in Spanish', () => {
    const text = print(REFUSED_RUN, 'es').join('\n');
    expect(text).toContain('== Fallo encontrado · Nadie escucha en ese puerto [tcp.refused] · Transporte (3) · seguro');
    expect(text).toContain('Siguientes pasos:');
  });

  it('tells each step of the tree once', () => {
    const steps = print(REFUSED_RUN).filter((line) => line.startsWith('> '));
    expect(steps).toHaveLength(2);
    expect(new Set(steps).size).toBe(2);
  });

  it('prints what is known when the run is interrupted before a verdict', () => {
    const text = print([...REFUSED_RUN.slice(0, 11), { kind: 'run-ended', atMs: 900, reason: 'interrupted' }]).join('\n');
    expect(text).toContain('== Inconclusive\nThe run ended before there was a verdict about db.example:5432.');
    expect(text).toMatch(/Interrupted after 0\.9 s\.$/u);
  });

  it('does not drown people in a survey or in one long output', () => {
    const says = (command: string, count: number): RunEvent => ({
      kind: 'output',
      atMs: 12,
      command,
      lines: Array.from({ length: count }, (_, index) => ({ stream: 'stdout', text: `line ${String(index)} ${'x'.repeat(1_000)}`, atMs: 1 })),
    });
    const asked = { kind: 'question-asked', atMs: 4, key: 'k9', asked: { vantage: 'target', question: { kind: 'tools' } }, layer: 'application' } as const;
    const survey = { kind: 'command-started', atMs: 5, command: 'c9', key: 'k9', vantage: 'target', layer: 'application', argv: ['sh', '-c', 'a\nb', 'x'] } as const;
    const lines = print([...REFUSED_RUN.slice(0, 6), asked, survey, says('c9', 300), says('c1', 30), says('c1', 30), { ...ENDED, command: 'c1' }]);
    expect(lines).toContain("c9 $ sh -c '…' x");
    expect(lines.filter((line) => line.startsWith('c9 |'))).toEqual([]);
    const shown = lines.filter((line) => line.startsWith('c1 |'));
    expect(shown).toHaveLength(13);
    expect(shown.at(-1)).toBe('c1 |   … (+48)');
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThan(400);
  });

  it('points to the whole of a command that holds a script', () => {
    const conclusion = { ...CONCLUSION, verdict: { ...CONCLUSION.verdict, commands: [['sh', '-c', 'a\nb', 'x y'], ['ping', '-c', '3', 'x y']] } };
    const text = print([started(), { kind: 'concluded', atMs: 5, conclusion }]).join('\n');
    expect(text).toMatch(/See it again:\n {2}\$ sh -c '…' 'x y' {3}\(with its script: -o json\)\n {2}\$ ping -c 3 'x y'$/u);
  });

  it('never passes a control sequence on to the terminal', () => {
    const [first] = REFUSED_RUN;
    if (first === undefined) throw new Error('no event');
    const text = print([first, { kind: 'vantage-unusable', atMs: 1, vantage: 'x', reason: '\u001b[2Jgone\u0007' }]).join('\n');
    expect(text).toContain('x cannot be used: gone');
    expect(text).not.toContain('\u001b');
  });
});
