/** The authorities that programs in the vantage trust: the PEM bundle that OpenSSL and most libraries read. */
import type { CommandOutput } from '../../domain/command.ts';
import type { UnavailableFact } from '../../domain/facts.ts';
import { notUnderstood } from '../dns-message/resolve-fact.ts';

/**
 * First the file that SSL_CERT_FILE names (OpenSSL, Go, curl), then the usual paths: Debian and Alpine, Red Hat, Alpine's and BSD's
 * OpenSSL, SUSE (crypto/x509/root_linux.go of Go lists them too).
 */
const SCRIPT = `for file in "$SSL_CERT_FILE" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt \\
/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem /etc/ssl/cert.pem /etc/ssl/ca-bundle.pem; do
  if [ -n "$file" ] && [ -r "$file" ] && [ -f "$file" ]; then
    printf 'netdiag-trust-store %s\\n' "$file"
    while IFS= read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done < "$file"
    printf '\\nnetdiag-trust-store end\\n'
    exit 0
  fi
done
printf 'netdiag-trust-store none\\n'`;

export interface TrustStore {
  readonly kind: 'trust-store';
  /** Path in the vantage; null when it has no bundle at all. */
  readonly path: string | null;
  /** The certificates alone, without the comments between them; empty when there are none. */
  readonly pem: string;
}

/** `sh` by default; `['bash']` or `['busybox', 'sh']` where there is no sh. */
export function trustStoreArgv(shell: readonly string[] = ['sh']): readonly string[] {
  return [...shell, '-c', SCRIPT, 'netdiag-trust-store'];
}

/** The vantage's trust store; unavailable when the output is cut, because a missing authority would look like an unknown one. */
export function readTrustStore(output: CommandOutput): TrustStore | UnavailableFact {
  if (/^netdiag-trust-store none$/mu.test(output.stdout)) return { kind: 'trust-store', path: null, pem: '' };
  const path = /^netdiag-trust-store (\/.*)$/mu.exec(output.stdout)?.[1];
  if (path === undefined || !/^netdiag-trust-store end\n?$/mu.test(output.stdout)) return notUnderstood(output);
  // RFC 7468: `-----BEGIN CERTIFICATE-----`; OpenSSL also writes `TRUSTED CERTIFICATE`, with data behind it that others cannot read
  const certificates = output.stdout.match(/^-----BEGIN CERTIFICATE-----$[A-Za-z0-9+/=\s]+?^-----END CERTIFICATE-----$/gmu) ?? [];
  return { kind: 'trust-store', path, pem: certificates.map((certificate) => `${certificate}\n`).join('') };
}
