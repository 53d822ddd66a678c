import { expect, test } from 'vitest';
import { createOutputCollector } from '../../src/vantage/output-collector.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

test('a character that arrives in two pieces is one character', () => {
  const collector = createOutputCollector(null, undefined);
  const text = bytes('año 🙂\n');
  for (const byte of text) collector.stdout(Uint8Array.of(byte));
  expect(collector.finish().stdout).toBe('año 🙂\n');
});

test('a torn last line can be told from a whole one', () => {
  const collector = createOutputCollector(null, undefined);
  collector.stdout(bytes('whole\ntor'));
  collector.stderr(bytes('err\n'));
  expect(collector.finish()).toMatchObject({ stdout: 'whole\ntor', stderr: 'err\n' });
});

test('the process id is not output, and what the prefix said before it is dropped', async () => {
  const collector = createOutputCollector('mark', undefined);
  collector.stderr(bytes('Warning: banner\nmark 41'));
  expect(collector.hasStarted()).toBe(false);
  collector.stderr(bytes('7\nreal error\n'));
  expect(await collector.pid).toBe(417);
  expect(collector.finish().lines.map((line) => line.text)).toEqual(['real error']);
});

test('what the prefix said is kept when the command never started', () => {
  const collector = createOutputCollector('mark', undefined);
  collector.stderr(bytes('no route to host\n'));
  expect(collector.finish()).toMatchObject({ stderr: 'no route to host\n' });
});

test('a process id that comes after the result was given is still read', async () => {
  const collector = createOutputCollector('mark', undefined);
  collector.finish();
  collector.stderr(bytes('mark 99\nlate\n'));
  expect(await collector.pid).toBe(99);
});

test('neither process 1 nor a foreign marker is taken for the command', () => {
  const collector = createOutputCollector('mark', undefined);
  collector.stderr(bytes('mark 1\nmark -1\nmarked 500\nmark 5 5\n'));
  expect(collector.hasStarted()).toBe(false);
});
