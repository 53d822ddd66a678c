import { describe, expect, test } from 'vitest';
import { openCluster } from '../../src/kube/client.ts';
import type { ClusterReader } from '../../src/domain/cluster.ts';
import { forbidden, kubeconfigFor, startApiServer, type Answer, type FakeApiServer } from '../fakes/api-server.ts';

const { signal } = new AbortController();

async function readerOf(server: FakeApiServer): Promise<ClusterReader> {
  const opened = await openCluster({ kubeconfig: kubeconfigFor(server.url), context: null, environment: {} });
  if (!opened.ok) throw new Error(opened.failure.detail);
  return opened.value.reader;
}

const POD = {
  kind: 'Pod', metadata: { name: 'p', namespace: 'shop' },
  spec: {
    containers: [{
      name: 'app', image: 'app:1', command: ['app', '--db=$(DB_URL)'], args: ['--price', '$$5', '$(MISSING)'],
      env: [{ name: 'DB_URL', value: 'postgres://db/x' }, { name: 'API_URL', valueFrom: { secretKeyRef: { name: 'api', key: 'url' } } }],
      envFrom: [{ secretRef: { name: 'whole' } }],
      volumeMounts: [{ name: 'config', mountPath: '/etc/app/' }, { name: 'one', mountPath: '/etc/one.yaml', subPath: 'one.yaml' }, { name: 'many', mountPath: '/many' }, { name: 'data', mountPath: '/data' }],
    }],
    volumes: [
      { name: 'config', configMap: { name: 'files' } },
      { name: 'one', configMap: { name: 'files', items: [{ key: 'b', path: 'one.yaml' }, { key: 'a', path: 'other.yaml' }] } },
      { name: 'many', projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }, { secret: { name: 'certificates' } }] } },
      { name: 'data', emptyDir: {} },
    ],
  },
};

/** A Secret as the server gives its metadata alone: from Kubernetes 1.34, with that Accept header; names changed. */
const SECRET_METADATA = {
  kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1',
  metadata: {
    name: 'whole', namespace: 'shop',
    managedFields: [{ manager: 'kubectl-create', operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: { 'f:data': { '.': {}, 'f:DATABASE_URL': {}, 'f:PASSWORD': {} }, 'f:type': {} } }],
  },
};

const SERVICE_ENTRIES = { items: [{ metadata: { name: 'mail', namespace: 'mesh' }, spec: { hosts: ['api.mail.example', '*.wild.example'], ports: [{ number: 443, protocol: 'tls' }] } }] };

function serve(url: URL): Answer {
  switch (url.pathname) {
    case '/api/v1/namespaces/shop/pods/p': return { body: POD };
    case '/api/v1/namespaces/shop/configmaps/files': return { body: { data: { a: 'url: https://a.example/', b: 'url: https://b.example/' } } };
    case '/api/v1/namespaces/shop/secrets/whole': return { body: SECRET_METADATA };
    case '/api/v1/namespaces/shop/secrets/certificates': return forbidden('secrets "certificates" is forbidden');
    case '/apis': return { body: { groups: [{ name: 'networking.istio.io', versions: [], preferredVersion: { version: 'v1' } }] } };
    case '/apis/networking.istio.io/v1/serviceentries': return { body: SERVICE_ENTRIES };
    default: return { status: 404, body: { kind: 'Status', message: 'not found' } };
  }
}

describe('where a container connects, by the API', () => {
  test('command line, mounted files, names of Secrets, ServiceEntries; what may not be read is named', async () => {
    await using server = await startApiServer({ answer: serve });
    const read = await (await readerOf(server)).dependencySources('shop', 'p', 'app', signal);
    expect(read).toMatchObject({
      ok: true,
      value: {
        commandLine: ['app', '--db=postgres://db/x', '--price', '$5', '$(MISSING)'],
        files: [
          { source: 'configmap/files', path: '/etc/app/a', text: 'url: https://a.example/' },
          { source: 'configmap/files', path: '/etc/app/b', text: 'url: https://b.example/' },
          { source: 'configmap/files', path: '/etc/one.yaml', text: 'url: https://b.example/' },
        ],
        secrets: [{ secret: 'whole', names: ['DATABASE_URL', 'PASSWORD'] }, { secret: 'certificates', names: null }],
        serviceEntries: [{ name: 'mesh/mail', hosts: ['api.mail.example', '*.wild.example'], ports: [{ port: 443, protocol: 'TLS' }] }],
        unreadable: [{ source: 'secret/certificates', failure: { kind: 'forbidden' } }],
      },
    });
    const secrets = server.requests.filter(({ url }) => url.pathname.includes('/secrets/'));
    expect(secrets.length).toBe(2);
    for (const { headers } of secrets) expect(headers.accept, 'values are not asked for').toContain('as=PartialObjectMetadata');
  });

  test('a ServiceEntry list that is forbidden everywhere is asked for in the pod\'s namespace, and then named', async () => {
    await using server = await startApiServer({ answer: (url) => (url.pathname.endsWith('/serviceentries') ? forbidden('serviceentries is forbidden') : serve(url)) });
    const read = await (await readerOf(server)).dependencySources('shop', 'p', 'app', signal);
    expect(server.requests.map(({ url }) => url.pathname)).toContain('/apis/networking.istio.io/v1/namespaces/shop/serviceentries');
    expect(read).toMatchObject({ value: { serviceEntries: [], unreadable: expect.arrayContaining([expect.objectContaining({ source: 'serviceentries' })]) as unknown } });
  });

  test('a log keeps the runtime\'s stamps apart from the lines, cleaned', async () => {
    const text = '2026-11-25T18:19:01.123456789Z 2026/11/25 ERROR \u001b[31mx\u001b[0m\n2026-11-25T18:19:02Z \nno stamp\n';
    await using server = await startApiServer({ answer: () => ({ body: text, date: 'Wed, 25 Nov 2026 18:20:00 GMT' }) });
    const log = await (await readerOf(server)).containerLog('shop', 'p', 'app', { previous: true, tailLines: 9 }, signal);
    expect(log).toEqual({
      ok: true,
      value: {
        lines: [{ at: '2026-11-25T18:19:01.123456789Z', text: '2026/11/25 ERROR x' }, { at: '2026-11-25T18:19:02Z', text: '' }, { at: null, text: 'no stamp' }],
        readAtMs: Date.parse('2026-11-25T18:20:00Z'),
      },
    });
    expect(Object.fromEntries(server.requests[0]?.url.searchParams ?? [])).toMatchObject({ container: 'app', timestamps: 'true', tailLines: '9', previous: 'true' });
  });
});
