import { parseTracepath } from '../../../src/tools/tracepath/parse.ts';
import { describeGolden } from '../golden.ts';

describeGolden(new URL('./fixtures/', import.meta.url), () => parseTracepath);
