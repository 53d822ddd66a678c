import { PAYMENTS, during, fromShop, type Scenario, type Step } from './scenario.ts';
import { pod } from './manifests.ts';

/** What the application's own log and configuration say, while everything works from its pod. */

const DATABASE_URL = 'postgres://db.payments.example';
const every = (seconds: number, line: string): string => `while true; do echo '${line}'; sleep ${String(seconds)}; done`;

/** A pod that says this and does nothing. */
function speaker(name: string, script: string, env: Readonly<Record<string, string>> = {}): object {
  return pod(name, { container: { command: ['bash', '-c', script], env: Object.entries(env).map(([key, value]) => ({ name: key, value })) } });
}

/** The usual application, with its configuration from a ConfigMap. */
function configured(name: string, data: Readonly<Record<string, string>>): readonly object[] {
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `fault-${name}`, namespace: 'shop' }, data },
    pod(name, { container: { envFrom: [{ configMapRef: { name: `fault-${name}` } }] } }),
  ];
}

const says = (name: string, pattern: string, times = 1): Step => ({ argv: ['sh', '-c', `test "$(kubectl -n shop logs fault-${name} | grep -cE '${pattern}')" -ge ${String(times)}`] });
const restarted = (name: string): Step => ({ argv: ['sh', '-c', `kubectl -n shop get pod fault-${name} | grep -E "1/1 +Running +1"`] });
const asked = (name: string, to: string): readonly string[] => fromShop(`pod/fault-${name}`, to);

export const logs: readonly Scenario[] = [
  { id: 'log-wrong-host', ...during(...configured('wrong-host', { DATABASE_URL: 'postgres://orders@db.paymnets.example:5432/orders' })), until: says('wrong-host', 'ERROR'), run: asked('wrong-host', DATABASE_URL), expected: 'app.wrong-endpoint', why: 'the ConfigMap has a slip in the database’s name' },
  { id: 'log-wrong-port', ...during(...configured('wrong-port', { DB_HOST: 'db.payments.example', DB_PORT: '5433' })), until: says('wrong-port', 'ERROR'), run: asked('wrong-port', DATABASE_URL), expected: 'app.wrong-endpoint', why: 'the ConfigMap names port 5433; the database listens on 5432' },
  { id: 'log-refused-credentials', ...during(speaker('denied', every(3, 'ERROR POST https://api.payments.example/v1/charge: 401 Unauthorized'))), until: says('denied', '401'), run: asked('denied', PAYMENTS), expected: 'app.not-network', why: 'the application is refused again and again, the network works' },
  { id: 'log-timeout', ...during(speaker('hasty', every(3, 'ERROR GET https://slow.payments.example/: timeout of 300ms exceeded'))), until: says('hasty', 'timeout'), run: asked('hasty', 'https://slow.payments.example/'), expected: 'app.timeout-too-short', why: 'it waits for 300 ms, the answer takes seconds' },
  { id: 'log-pool', ...during(speaker('pool', every(3, 'ERROR HikariPool-1 - Connection is not available, request timed out after 30000ms.'))), until: says('pool', 'Hikari'), run: asked('pool', DATABASE_URL), expected: 'app.connections-exhausted', why: 'its pool of database connections is empty' },
  { id: 'log-files', ...during(speaker('files', every(3, 'ERROR http: Accept error: accept4: too many open files; retrying in 1s'))), until: says('files', 'too many'), run: asked('files', PAYMENTS), expected: 'app.connections-exhausted', why: 'it has no file descriptors left' },
  { id: 'log-idle', ...during(speaker('idle', every(21, 'ERROR write tcp 198.51.100.11:5432: connection reset by peer'))), until: says('idle', 'reset', 4), run: asked('idle', DATABASE_URL), expected: 'tcp.idle-timeout', why: 'its connections are reset each 21 s, new ones work' },
  { id: 'healthy-log-once', ...during(speaker('once', `echo 'ERROR dial tcp 198.51.100.10:443: i/o timeout'; sleep infinity`)), until: says('once', 'timeout'), run: asked('once', PAYMENTS), expected: 'reachable', why: 'one error, a moment ago, and none since' },
  { id: 'healthy-log-before-restart', ...during(pod('before', { container: { command: ['bash', '-c', '[ -e /marks/one ] || { touch /marks/one; echo "FATAL dial tcp 198.51.100.10:443: connect: connection refused"; exit 1; }; exec sleep infinity'], volumeMounts: [{ name: 'marks', mountPath: '/marks' }] }, spec: { volumes: [{ name: 'marks', emptyDir: {} }] } })), until: restarted('before'), run: asked('before', PAYMENTS), expected: 'reachable', why: 'the error made it restart; it works since' },
  { id: 'healthy-log-others', ...during(speaker('others', every(3, 'ERROR lookup mail.nowhere.example: no such host'), { API_URL: PAYMENTS, MAIL_URL: 'https://mail.nowhere.example/' })), until: says('others', 'no such host'), run: asked('others', PAYMENTS), expected: 'reachable', why: 'another destination fails, and is meant to be another' },
  { id: 'healthy-log-other-pool', ...during(speaker('other-pool', every(3, 'ERROR HikariPool-1 - Connection is not available, request timed out after 30000ms.'))), until: says('other-pool', 'Hikari'), run: asked('other-pool', PAYMENTS), expected: 'reachable', why: 'the pool for the database is empty; an API is asked about' },
];
