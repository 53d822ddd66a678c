import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainText } from '../../src/explain/index.ts';
import { parseFixture } from '../tools/fixture.ts';

/** What the terminal showed: both streams in order of arrival, as somebody would paste it. */
function pasted(fixture: string): { readonly command: string; readonly text: string } {
  const { command, output } = parseFixture(readFileSync(new URL(`../tools/${fixture}.out`, import.meta.url), 'utf8'));
  return { command, text: output.lines.map(({ text }) => `${text}\n`).join('') };
}

describe("captured outputs are read by the probes' own parsers", () => {
  it.each([
    ['curl/fixtures/curl--good', 'curl', 'ok', 'http'],
    ['curl/fixtures/curl--refused', 'curl', 'refused', 'connect'],
    ['curl/fixtures/curl--filtered', 'curl', 'timeout', 'connect'],
    ['curl/fixtures/curl--expired', 'curl', 'tls-expired', 'tls'],
    ['curl/fixtures/curl--self-signed', 'curl', 'tls-untrusted', 'tls'],
    ['curl/fixtures/curl--wrong-name', 'curl', 'tls-hostname', 'tls'],
    ['curl/fixtures/curl--plaintext', 'curl', 'tls-handshake', 'tls'],
    ['curl/fixtures/curl--slam', 'curl', 'reset', 'http'],
    ['curl/fixtures/curl--unreachable', 'curl', 'unreachable', 'connect'],
    ['curl/fixtures/curl--unresolved', 'curl', 'dns', 'resolve'],
    ['curl/fixtures/curl--error-503', 'curl', 'http-status', 'http'],
    ['curl/fixtures/curl--proxy-407', 'curl', 'http-status', 'http'],
    ['curl/fixtures/curl--silent', 'curl', 'timeout', 'http'],
    ['wget/fixtures/wget-gnu--good', 'wget', 'ok', 'http'],
    ['wget/fixtures/wget-gnu--expired', 'wget', 'tls-expired', 'tls'],
    ['wget/fixtures/wget-gnu--error-503', 'wget', 'http-status', 'http'],
    ['wget/fixtures/wget-gnu--slam', 'wget', 'reset', 'http'],
    ['wget/fixtures/wget-busybox--ok', 'wget', 'ok', 'http'],
    ['wget/fixtures/wget-busybox--error-503', 'wget', 'http-status', 'http'],
    ['dig/fixtures/dig--answered', 'dig', 'ok', 'resolve'],
    ['dig/fixtures/dig--nxdomain', 'dig', 'dns', 'resolve'],
    ['dig/fixtures/dig--servfail', 'dig', 'dns', 'resolve'],
    ['dig/fixtures/dig--timeout', 'dig', 'timeout', 'resolve'],
    ['nslookup/fixtures/nslookup-bind--answered', 'nslookup', 'ok', 'resolve'],
    ['nslookup/fixtures/nslookup-bind--nxdomain', 'nslookup', 'dns', 'resolve'],
    ['nslookup/fixtures/nslookup-busybox--nxdomain', 'nslookup', 'dns', 'resolve'],
    ['host/fixtures/host--answered', 'host', 'ok', 'resolve'],
    ['host/fixtures/host--nxdomain', 'host', 'dns', 'resolve'],
    ['getent/fixtures/getent--answered', 'getent', 'ok', 'resolve'],
    ['getent/fixtures/getent-hosts--answered', 'getent', 'ok', 'resolve'],
    ['ping/fixtures/iputils--ok', 'ping', 'ok', 'ping'],
    ['ping/fixtures/iputils--silent', 'ping', 'timeout', 'ping'],
    ['ping/fixtures/iputils--host-unreachable', 'ping', 'unreachable', 'ping'],
    ['ping/fixtures/busybox--ok', 'ping', 'ok', 'ping'],
    ['traceroute/fixtures/debian--ok', 'traceroute', 'ok', 'trace'],
    ['traceroute/fixtures/debian--silent', 'traceroute', 'timeout', 'trace'],
    ['traceroute/fixtures/debian--host-unreachable', 'traceroute', 'unreachable', 'trace'],
    ['mtr/fixtures/json--ok', 'mtr', 'ok', 'trace'],
    ['openssl/fixtures/s-client--good', 'openssl', 'ok', 'tls'],
    ['openssl/fixtures/s-client--expired', 'openssl', 'tls-expired', 'tls'],
    ['openssl/fixtures/s-client--self-signed', 'openssl', 'tls-untrusted', 'tls'],
    ['openssl/fixtures/s-client--wrong-name', 'openssl', 'tls-hostname', 'tls'],
    ['openssl/fixtures/s-client--plaintext', 'openssl', 'tls-handshake', 'tls'],
    ['openssl/fixtures/s-client--refused', 'openssl', 'refused', 'connect'],
  ])('%s', (fixture, tool, meaning, kind) => {
    const { text } = pasted(fixture);
    const explanation = explainText(text);
    expect(explanation).toMatchObject({ tool, meaning });
    expect(explanation.observations.map((fact) => fact.kind)).toContain(kind);
  });

  it('is not confused by the prompt and the command that stand before the output', () => {
    const { text } = pasted('dig/fixtures/dig--nxdomain');
    expect(explainText(`root@orders-6f7c9:/app# dig nope.example\n${text}`)).toMatchObject({ tool: 'dig', meaning: 'dns' });
    expect(explainText(`$ kubectl exec -it orders -- dig nope.example\n${text}`)).toMatchObject({ tool: 'dig', meaning: 'dns' });
  });

  it('explains the command that failed when several were pasted', () => {
    const ok = pasted('dig/fixtures/dig--answered').text;
    const refused = pasted('curl/fixtures/curl--refused').text;
    expect(explainText(`$ dig api\n${ok}\n$ curl -v https://api\n${refused}\n$ dig api\n${ok}`)).toMatchObject({ tool: 'curl', meaning: 'refused' });
  });
});

describe('files and lists', () => {
  it('a resolv.conf is read, and is no fault by itself', () => {
    const explanation = explainText('nameserver 10.96.0.10\nsearch shop.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n');
    expect(explanation).toMatchObject({ tool: 'resolv.conf', meaning: 'other', layer: 'internet' });
    expect(explanation.observations).toEqual([
      { kind: 'resolv-conf', nameservers: ['10.96.0.10'], search: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'], options: ['ndots:5'], ndots: 5 },
    ]);
  });

  it('routes without a default route are one', () => {
    expect(explainText('default via 10.244.0.1 dev eth0\n10.244.0.0/24 dev eth0 proto kernel scope link src 10.244.0.7\n')).toMatchObject({ tool: 'ip route', meaning: 'ok' });
    expect(explainText('10.244.0.0/24 dev eth0 proto kernel scope link src 10.244.0.7\n10.245.0.0/24 via 10.244.0.1 dev eth0\n')).toMatchObject({ tool: 'ip route', meaning: 'unreachable', layer: 'internet' });
  });

  it('a connection that waits for its answer is a timeout to come, and is what the next commands are about', () => {
    const explanation = explainText('State    Recv-Q Send-Q Local Address:Port  Peer Address:Port\nSYN-SENT 0      1      10.244.0.7:40112    10.0.0.5:443\n');
    expect(explanation).toMatchObject({ tool: 'ss', meaning: 'timeout', subject: { host: '10.0.0.5', port: 443 } });
  });

  it('half an answer is no success', () => {
    expect(explainText('Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nNon-authoritative answer:\n').meaning).not.toBe('ok');
  });
});
