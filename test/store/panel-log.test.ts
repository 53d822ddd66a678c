import { describe, expect, it } from 'vitest';
import { LineRing } from '../../src/store/line-ring.ts';
import { PanelLog } from '../../src/store/panel-log.ts';
import { CONNECT, FILTERED_RUN, REQUEST, commandEnded, commandStarted, output } from './run-events.ts';

function texts(log: PanelLog, from = 0, count = 100): readonly string[] {
  return log.slice('application', from, count).map((line) => {
    switch (line.kind) {
      case 'command':
        return `$ ${line.argv.join(' ')}`;
      case 'output':
        return line.text;
      case 'dropped':
        return `dropped ${line.count.toString()}`;
      case 'ended':
        return `exit ${String(line.exitCode)} ${line.durationMs.toString()}`;
    }
  });
}

describe('the ring of lines', () => {
  it('keeps the newest and counts what it dropped', () => {
    const ring = new LineRing<number>(3);
    for (const item of [1, 2, 3, 4, 5]) ring.push(item);
    expect([ring.at(0), ring.at(1), ring.at(2), ring.at(3), ring.at(-1)]).toEqual([3, 4, 5, undefined, undefined]);
    expect(ring.dropped).toBe(2);
  });
});

describe('the output of a layer', () => {
  it('does not mix the lines of commands that run at once', () => {
    const log = new PanelLog();
    log.apply(commandStarted('c1', REQUEST, 'application', ['curl'], 0));
    log.apply(commandStarted('c2', CONNECT, 'application', ['nc'], 0));
    log.apply(output('c1', 1, 'one'));
    log.apply(output('c2', 2, 'two'));
    log.apply(output('c1', 3, 'three'));
    expect(texts(log)).toEqual(['$ curl', 'one', 'three', '$ nc', 'two']);
  });

  it('has what still runs at its end, where one looks', () => {
    const log = new PanelLog();
    log.apply(commandStarted('c1', REQUEST, 'application', ['curl'], 0));
    log.apply(commandStarted('c2', CONNECT, 'application', ['nc'], 0));
    log.apply(commandEnded('c2', 7, 1));
    expect(texts(log)).toEqual(['$ nc', 'exit 1 7', '$ curl']);
  });

  it('says how many lines are gone, and gives any part of the rest', () => {
    const log = new PanelLog();
    log.apply(commandStarted('c1', REQUEST, 'application', ['curl'], 0));
    for (let line = 0; line < 600; line += 1) log.apply(output('c1', line, `line ${line.toString()}`));
    expect(log.lineCount('application')).toBe(502);
    expect(texts(log, 0, 3)).toEqual(['$ curl', 'dropped 100', 'line 100']);
    expect(texts(log, 500, 10)).toEqual(['line 598', 'line 599']);
  });

  it('belongs to the layer of its question only', () => {
    const log = new PanelLog();
    for (const event of FILTERED_RUN) log.apply(event);
    expect(log.lineCount('transport')).toBe(3);
    expect(log.lineCount('network-access')).toBe(0);
    expect(log.lastLine('network-access')).toBeNull();
    expect(log.lastLine('transport')).toMatchObject({ kind: 'output' });
  });
});
