import { expect, it } from 'vitest';
import { parseProcesses } from '../../../src/tools/processes/processes.ts';
import { describeGolden, outputOf } from '../golden.ts';

describeGolden(new URL('./fixtures/', import.meta.url), () => parseProcesses);

it('a list that was cut says nothing of who is missing from it', () => {
  expect(parseProcesses(outputOf('netdiag-processes 1\nprocess 7 1019 1024 java\n'))).toMatchObject([{ kind: 'unavailable' }]);
});

it('a process may open as many files as it likes', () => {
  expect(parseProcesses(outputOf('netdiag-processes 1\nprocess 7 1019 unlimited java worker\nnetdiag-processes end\n'))).toEqual([
    { kind: 'processes', processes: [{ pid: 7, name: 'java worker', openFiles: 1019, openFilesLimit: null }] },
  ]);
});
