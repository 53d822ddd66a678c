import { describe, expect, it } from 'vitest';
import { parseMtr } from '../../../src/tools/mtr/parse.ts';
import { describeGolden, outputOf } from '../golden.ts';

describeGolden(new URL('./fixtures/', import.meta.url), () => parseMtr);

describe('mtr', () => {
  it('cannot know from a report without its destination that the last hop is it', () => {
    const facts = parseMtr(outputOf('HOST: pod       Loss%   Snt   Last   Avg  Best  Wrst StDev\n  1.|-- 10.77.0.1   0.0%     1    0.1   0.1   0.1   0.1   0.0'));
    expect(facts).toMatchObject([{ kind: 'trace', address: null, reached: false, hops: [{ ttl: 1, replies: [{ address: '10.77.0.1' }] }] }]);
  });

  it('does not understand half a JSON document', () => {
    expect(parseMtr(outputOf('{ "report": { "mtr": { "dst": "10.77.3.2"'))).toMatchObject([{ kind: 'unavailable' }]);
  });
});
