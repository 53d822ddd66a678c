import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import type { CommandOutput } from '../../../src/domain/command.ts';
import { readTrustStore, trustStoreArgv } from '../../../src/tools/trust-store/trust-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'trust-store-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\nAA==\n-----END CERTIFICATE-----\n';

function outputOf(stdout: string): CommandOutput {
  return { exitCode: 0, stdout, stderr: '', lines: [], durationMs: 0 };
}

describe('the trust store of a place', () => {
  it('is the bundle that SSL_CERT_FILE names, certificates alone', () => {
    const path = join(folder, 'bundle.pem');
    writeFileSync(path, `# Company root\n${CERTIFICATE}# Another\n${CERTIFICATE.trimEnd()}`);
    const [program = '', ...args] = trustStoreArgv();
    const stdout = execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, SSL_CERT_FILE: path } });
    expect(readTrustStore(outputOf(stdout))).toEqual({ kind: 'trust-store', path, pem: CERTIFICATE + CERTIFICATE });
  });

  it('is unavailable when the output was cut, however little is missing', () => {
    const stdout = `netdiag-trust-store /etc/ssl/cert.pem\n${CERTIFICATE}\nnetdiag-trust-store end\n`;
    expect(readTrustStore(outputOf(stdout))).toMatchObject({ kind: 'trust-store' });
    expect(readTrustStore(outputOf(stdout.slice(0, -2)))).toMatchObject({ kind: 'unavailable' });
  });

  it('may be missing altogether', () => {
    expect(readTrustStore(outputOf('netdiag-trust-store none\n'))).toEqual({ kind: 'trust-store', path: null, pem: '' });
  });
});
