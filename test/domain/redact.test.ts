import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyBodiesHidden, redactData, redactText, REDACTED } from '../../src/domain/redact.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvcmRlcnMifQ.c2lnbmF0dXJl';

describe('redaction', () => {
  it.each([
    'postgres://orders:hunter2@db.example/orders',
    'postgres://orders:hun/ter2?x#y@db.example/orders',
    'redis://:hunter2@cache.example:6379/0',
    'https://hunter2@github.com/shop/orders.git',
    'GET https://api.example/v1?user=ana&access_token=hunter2&page=2',
    'https://api.example/cb?api_key=hunter2',
    'https://blob.example/x?sv=2024&sig=hunter2%3D',
    '> Authorization: Bearer hunter2hunter2',
    '> Authorization: Basic b3JkZXJzOmh1bnRlcjI=',
    'authorization: AWS4-HMAC-SHA256 Credential=hunter2/20260101, Signature=hunter2',
    'Proxy-Authorization: Basic hunter2',
    '< Set-Cookie: session=hunter2; Path=/; HttpOnly',
    'Cookie: a=1; session=hunter2',
    'x-api-key: hunter2',
    'X-Vault-Token: hunter2',
    'PRIVATE-TOKEN: hunter2',
    '{"Authorization": "Bearer hunter2hunter2"}',
    'DB_PASSWORD=hunter2',
    'export REDIS_PASSWORD="hunter2 with blanks"',
    'spring.datasource.password: hunter2',
    '{"clientSecret":"hunter2","user":"ana"}',
    "password='hunter2'",
    'AWS_SECRET_ACCESS_KEY=hunter2/hunter2',
    'sshpass -p hunter2 ssh node-3',
    'mysql --password=hunter2 -h db.example',
    'vault login --token hunter2',
    'curl -u orders:hunter2 https://api.example/',
    '    Resumption PSK: hunter2',
    `token ${JWT.replace('c2lnbmF0dXJl', 'hunter2')}`,
    'remote: ghp_hunter2hunter2hunter2hunter2',
    'oc login --token=sha256~hunter2hunter2hunter2',
    'xoxb-hunter2hunter2-hunter2',
    'glpat-hunter2hunter2hunter2',
    'hvs.hunter2hunter2hunter2',
    '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\nhunter2',
    'Uid=sa;Pwd=hunter2;',
    'Server=db;User Id=sa;Password=hunter2;',
    'AccountName=a;AccountKey=hunter2hunter2==;EndpointSuffix=x',
    'orders:hunter2@tcp(db.example:3306)/orders',
    'orders:hunter2@db.example:5432/orders',
    'jdbc:oracle:thin:scott/hunter2@db.example:1521/x',
    'redis-cli -a hunter2 ping',
    'requirepass hunter2',
    'mysql -uroot -phunter2 -h db',
    'curl --oauth2-bearer hunter2 https://api.example/',
    'curl -b session=hunter2 https://api.example/',
    'docker login -u ana -p hunter2 registry.example',
    '--from-literal=key=hunter2',
    '"name":"DB_PASSWORD","value":"hunter2"',
    'name: API_TOKEN, value: hunter2',
    '{"password":["hunter2"]}',
    'password => hunter2',
    '{\\"password\\":\\"hunter2\\"}',
    'dbpass: hunter2',
    'JSESSIONID=hunter2',
    'connect.sid=hunter2',
    'authorization=hunter2',
    'bearer hunter2hunter2',
    'basic_auth: ana:hunter2',
    '{"auths":{"registry.example":{"auth":"hunter2hunter2"}}}',
    'root:$6$salt$hunter2hunter2:19000:0',
    '$2b$10$hunter2hunter2hunter2',
    'https://hooks.slack.com/services/T0/B0/hunter2',
    'https://api.telegram.org/bot123456789:hunter2hunter2hunter2/getMe',
    "CREATE USER orders IDENTIFIED BY 'hunter2'",
    'PASS hunter2',
    'AUTH hunter2',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----\nhunter2',
  ])('takes the secret out of %s', (text) => {
    expect(redactText(text)).not.toContain('hunter2');
    expect(redactText(text)).toContain(REDACTED);
    expect(redactText(redactText(text))).toBe(redactText(text));
  });

  it('keeps what is around a secret', () => {
    expect(redactText('postgres://orders:x@db.example:5432/orders')).toBe('postgres://[redacted]@db.example:5432/orders');
    expect(redactText('https://api.example/v1?token=x&page=2')).toBe('https://api.example/v1?token=[redacted]&page=2');
    expect(redactText('DB_PASSWORD=x DB_HOST=db.example')).toBe('DB_PASSWORD=[redacted] DB_HOST=db.example');
  });

  it.each([
    'FATAL:  password authentication failed for user "orders"',
    'nc: connect to 198.51.100.10 port 5432 (tcp) failed: Connection refused',
    'nc -u 2001:db8::1 53',
    'WWW-Authenticate: Basic realm="orders"',
    '< HTTP/1.1 401 Unauthorized',
    'NOAUTH Authentication required.',
    'subject=CN = api.payments.example',
    'Peer signature type: ECDSA',
    'kubectl --context test exec -n shop orders-98d985fb9-bzlzj -c orders -- openssl s_client -connect 203.0.113.21:443',
    'https://api.payments.example:8443/orders?page=2&limit=10',
    'dn: user@example.com',
    'PWD=/srv/app',
    'OLDPWD=~',
    'Extended master secret: no',
    'socat -u OPEN:/dev/null TCP:10.72.0.2:7999',
    'sha256:0a1b2c3d4e5f@node',
    'app@sha256:0a1b2c3d4e5f',
    'at 10:15@bastion',
    'proxy-password',
    'AUTH failed',
    'bypass=true',
    'compass: north',
    'ana@bastion.example',
    'Bearer token expired',
    'curl: (60) SSL certificate problem: certificate has expired',
  ])('leaves %s alone', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('sees what the name of a field or the argument before says', () => {
    expect(redactData({ headers: { 'set-cookie': 'hunter2', server: 'nginx' } })).toEqual({ headers: { 'set-cookie': REDACTED, server: 'nginx' } });
    expect(redactData(['sshpass', '-p', 'hunter2', 'ssh', '-p', '22', 'node-3'])).toEqual(['sshpass', '-p', REDACTED, 'ssh', '-p', '22', 'node-3']);
    expect(redactData(['mysql', '--password', 'hunter2'])).toEqual(['mysql', '--password', REDACTED]);
    expect(redactData(['curl', '-u', 'orders:hunter2', 'https://api.example/'])).toEqual(['curl', '-u', REDACTED, 'https://api.example/']);
    expect(redactData(['nc', '-u', '2001:db8::1', '53'])).toEqual(['nc', '-u', '2001:db8::1', '53']);
  });

  it('sees the lines between the beginning and the end of a private key', () => {
    const lines = ['reading key', '-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7', 'hunter2', '-----END PRIVATE KEY-----', 'done', '-----BEGIN CERTIFICATE-----', 'MIIB'];
    const hide = keyBodiesHidden();
    expect(lines.map(hide)).toEqual(['reading key', '-----BEGIN PRIVATE KEY-----', REDACTED, REDACTED, '-----END PRIVATE KEY-----', 'done', '-----BEGIN CERTIFICATE-----', 'MIIB']);
    expect(JSON.stringify(redactData({ lines }))).not.toContain('hunter2');
    expect(redactData(redactData({ lines }))).toEqual(redactData({ lines }));
    expect(redactData({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }, { name: 'DB_HOST', value: 'db' }] })).toEqual({ env: [{ name: 'DB_PASSWORD', value: REDACTED }, { name: 'DB_HOST', value: 'db' }] });
  });

  it('done twice is done once', () => {
    const piece = fc.constantFrom('password', '=', ':', ' ', 'token', '//', 'https', '@', 'Bearer ', 'abc123', '"', '&', '?', '\n', 'Cookie', '-u', '--', 'sshpass -p', 'pass', 'pwd', 'auth', 'AUTH ', 'name', 'value', '@', 'a:b', 'mysql -p', '[', ']', '$6$', "'", '\\', REDACTED);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = redactText(pieces.join(''));
        expect(redactText(once)).toBe(once);
      }),
      { numRuns: 3_000 },
    );
  });
});
