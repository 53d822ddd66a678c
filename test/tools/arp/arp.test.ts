import { expect, it } from 'vitest';
import { parseArp } from '../../../src/tools/arp/parse.ts';
import { describeGolden, outputOf } from '../golden.ts';

describeGolden(new URL('./fixtures/', import.meta.url), () => parseArp);

it('macOS and Windows', () => {
  const text = '? (192.0.2.1) at 0:1:2:3:4:5 on en0 ifscope [ethernet]\n? (192.0.2.9) at (incomplete) on en0 ifscope [ethernet]\n  192.0.2.3             00-11-22-33-44-55     dynamic   ';
  expect(parseArp(outputOf(text))).toMatchObject([{ neighbours: [
    { address: '192.0.2.1', device: 'en0', linkAddress: '0:1:2:3:4:5' },
    { address: '192.0.2.9', linkAddress: null, state: 'incomplete' },
    { address: '192.0.2.3', device: null, linkAddress: '00:11:22:33:44:55' },
  ] }]);
});
