import { describe, expect, it } from 'vitest';
import { conntrackDialects } from '../../../src/tools/conntrack/dialects.ts';
import { parseConntrack } from '../../../src/tools/conntrack/parse.ts';
import { describeGolden, outputOf } from '../golden.ts';

describeGolden(new URL('./fixtures/', import.meta.url), () => parseConntrack);

describe('connection tracking', () => {
  it('is not known of where its files are missing', () => {
    expect(parseConntrack(outputOf('netdiag-conntrack 1\nflows hidden\nnetdiag-conntrack end\n'))).toMatchObject([{ kind: 'unavailable', reason: 'no-tool' }]);
  });

  it('is asked about addresses only', () => {
    const limits = { connectTimeoutMs: 3000, commandTimeoutMs: 10_000 };
    const tools = { kind: 'tools', tools: {}, versions: {} } as const;
    for (const dialect of conntrackDialects) {
      expect(dialect.argv({ kind: 'conntrack', address: '$(id)', attempt: 0 }, limits, tools)).toBeNull();
      expect(dialect.argv({ kind: 'conntrack', address: '192.0.2.9', attempt: 0 }, limits, tools)?.at(-1)).toBe('192.0.2.9');
    }
  });
});
