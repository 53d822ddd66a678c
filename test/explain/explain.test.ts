import { describe, expect, it } from 'vitest';
import { CAUSE_IDS, isCauseId } from '../../src/domain/cause.ts';
import { explainText, explanationToJson, renderExplanation } from '../../src/explain/index.ts';
import { MEANING_DEFAULTS } from '../../src/explain/meanings.ts';
import { RULES } from '../../src/explain/weigh.ts';
import { en } from '../../src/i18n/en.ts';
import { es } from '../../src/i18n/es.ts';

describe("the guide's table of common patterns", () => {
  it.each([
    ['Connection refused', 'refused', 'transport', ['nc -vz']],
    ['Connection timed out', 'timeout', 'transport', ['curl', 'nc -vz', 'ping', 'traceroute']],
    ['Could not resolve host', 'dns', 'internet', ['nslookup', 'dig', '/etc/resolv.conf', 'CoreDNS']],
    ['Network unreachable', 'unreachable', 'internet', ['ping', 'traceroute', 'networkpolicy']],
    ['SSL handshake failed', 'tls-handshake', 'application', ['kubectl logs', 'TLS']],
    ['404 Not Found', 'http-status', 'application', ['kubectl logs']],
    ['500 Internal Server Error', 'http-status', 'application', ['kubectl logs']],
  ])('%s', (text, meaning, layer, suggestions) => {
    const explanation = explainText(text);
    expect(explanation).toMatchObject({ meaning, layer });
    for (const messages of [en, es]) {
      const next = explanationToJson(explanation, messages).next.join('\n');
      for (const suggestion of suggestions) expect(next).toContain(suggestion);
    }
  });
});

describe('the object that is printed', () => {
  it('has exactly the fields of the schema', () => {
    const json = explanationToJson(explainText('curl: (7) Failed to connect to db.example port 5432: Connection refused'), en);
    expect(Object.keys(json)).toEqual(['schema', 'meaning', 'layer', 'confidence', 'causes', 'tool', 'observations', 'next']);
    expect(json).toMatchObject({ schema: 'netdiag-explain/v1', meaning: 'refused', layer: 'transport', confidence: 'certain', tool: 'curl' });
    expect(json.causes[0]).toEqual({ id: 'tcp.refused', likelihood: 'likely' });
    expect(json.next[0]).toBe('Try the port itself: nc -vz db.example 5432');
  });

  it('names only causes of the catalogue', () => {
    const named = [...RULES.flatMap(({ causes }) => Object.keys(causes ?? {})), ...Object.values(MEANING_DEFAULTS).flatMap(({ causes }) => Object.keys(causes))];
    expect(named.filter((id) => !isCauseId(id))).toEqual([]);
    expect(new Set(named).size).toBeLessThanOrEqual(CAUSE_IDS.length);
  });

  it('reads as sentences in both languages', () => {
    const explanation = explainText("getaddrinfo ENOTFOUND api.example.com");
    expect(renderExplanation(explanation, en)).toContain('Layer: Internet (2)');
    expect(renderExplanation(explanation, es)).toContain('Capa: Internet (2)');
    expect(renderExplanation(explanation, es)).toContain('nslookup api.example.com');
  });

  it('puts nothing into a suggested command but a name or an address', () => {
    const { next } = explanationToJson(explainText('connect to https://$(reboot);x/ failed: Connection refused'), en);
    expect(next.join('\n')).not.toContain('reboot');
    expect(explanationToJson(explainText('ssh: Could not resolve hostname -oProxyCommand=x: Name or service not known'), en).next.join('\n')).not.toContain('-oProxy');
  });
});

describe('the innermost cause decides', () => {
  it.each([
    ["HTTPSConnectionPool(host='api', port=443): Max retries exceeded with url: / (Caused by NameResolutionError(\"Failed to resolve 'api' ([Errno -2] Name or service not known)\"))", 'dns'],
    ['SSL handshake failed: Connection reset by peer', 'reset'],
    ['dial tcp: lookup db on 10.96.0.10:53: read udp 10.0.0.1:40000->10.96.0.10:53: read: connection refused', 'dns'],
    ['javax.net.ssl.SSLHandshakeException: PKIX path building failed\nCaused by: java.security.cert.CertificateExpiredException: NotAfter: x', 'tls-expired'],
    ['Connected to api (10.0.0.5) port 443\nRecv failure: Connection reset by peer', 'reset'],
    ['504 Gateway Time-out', 'http-status'],
    ['Connection to 10.96.0.10 53 port [udp/domain] succeeded!', 'other'],
  ])('%s', (text, meaning) => {
    expect(explainText(text).meaning).toBe(meaning);
  });
});

describe('what loggers and terminals put around a message', () => {
  it.each([
    ['klog', 'E1012 10:11:12.000000       1 reflector.go:147] Get "https://10.96.0.1:443/api": dial tcp 10.96.0.1:443: connect: no route to host', 'unreachable'],
    ['zap', '{"level":"error","ts":1700000000.1,"timeout":30,"status":200,"msg":"call failed","error":"dial tcp 10.0.0.1:443: connect: connection refused"}', 'refused'],
    ['nested JSON', '{"level":50,"time":1,"err":{"type":"Error","message":"getaddrinfo ENOTFOUND api","stack":"Error: ..."},"msg":"boom"}', 'dns'],
    ['logfmt', 'time="2024-01-01T00:00:00Z" level=error msg="probe failed" error="x509: certificate signed by unknown authority" timeout=5s', 'tls-untrusted'],
    ['CRI', '2024-01-01T00:00:00.000000000Z stderr F curl: (6) Could not resolve host: nowhere.example', 'dns'],
    ['colours', '\u001b[31mERROR\u001b[0m connect \u001b[1mECONNREFUSED\u001b[0m 10.0.0.1:80', 'refused'],
    ['syslog', 'Jan  1 10:11:12 node-3 kubelet[812]: Readiness probe failed: HTTP probe failed with statuscode: 503', 'http-status'],
    ['Spring', '2024-01-01 10:00:00.000 ERROR 1 --- [nio-8080-exec-1] c.e.A : java.net.SocketTimeoutException: Read timed out', 'timeout'],
  ])('%s', (_name, text, meaning) => {
    expect(explainText(text).meaning).toBe(meaning);
  });

  it('says nothing of settings that merely look like faults', () => {
    expect(explainText('INFO config loaded: {"timeout": 30, "retries": 3, "connectTimeout": 5}').meaning).toBe('other');
    expect(explainText('listening on 0.0.0.0:10061').meaning).toBe('other');
  });
});
