import type { RunEvent } from '../../src/domain/run-event.ts';
import { changeTexts } from '../../src/privacy/texts.ts';
import { runEvent } from '../../src/run-file/schema/events.ts';

/** Stands in each of the secrets, or its base64 does. */
export const MARK = /hunter2|aHVudGVyM|HUNTER2/u;

/** Secrets as people and programs put them beside a connection; each in the words that give it away. */
export const SECRETS: readonly string[] = [
  // URLs and connection strings
  'postgres://orders:hunter2@db.example/orders',
  'mongodb+srv://orders:hunter2@cluster.example/x',
  'http_proxy=http://ana:hunter2@proxy.example:3128',
  'https://api.example/v1?access_token=hunter2&page=2',
  'https://bucket.example/x?X-Amz-Credential=hunter2&X-Amz-Signature=hunter2',
  'https://hooks.slack.com/services/T0/B0/hunter2hunter2',
  'Server=db;User Id=sa;Password=hunter2;Encrypt=yes',
  'Data Source=db;Uid=sa;Pwd=hunter2;',
  'AccountName=a;AccountKey=hunter2hunter2==;EndpointSuffix=x',
  'orders:hunter2@tcp(db.example:3306)/orders',
  'orders:hunter2@db.example:5432/orders',
  'jdbc:mysql://db.example/x?user=orders&password=hunter2',
  // Headers
  '> Authorization: Bearer hunter2hunter2',
  '> Authorization: Basic aHVudGVyMjpodW50ZXIy',
  '< Set-Cookie: session=hunter2; Path=/; HttpOnly',
  '> Cookie: JSESSIONID=hunter2',
  'x-api-key: hunter2',
  'X-Vault-Token: hunter2',
  'level=error msg="unauthorized" header="bearer hunter2hunter2"',
  // Variables, options, files
  'DB_PASSWORD=hunter2',
  'AWS_SECRET_ACCESS_KEY=hunter2/hunter2',
  'AWS_ACCESS_KEY_ID=AKIAHUNTER2HUNTER22A',
  '{"name":"DB_PASSWORD","value":"hunter2"}',
  '{\\"clientSecret\\":\\"hunter2\\"}',
  'mysql -uroot -phunter2 -h db.example',
  'redis-cli -a hunter2 ping',
  'curl -u orders:hunter2 https://api.example/',
  'sshpass -p hunter2 ssh node-3',
  'kubectl create secret generic x --from-literal=key=hunter2',
  '{"auths":{"registry.example":{"auth":"aHVudGVyMjpodW50ZXIy"}}}',
  'root:$6$salt$hunter2hunter2:19000:0',
  "ALTER USER orders PASSWORD 'hunter2'",
  // Tokens and keys that show by their form
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.hunter2hunter2',
  'remote: ghp_hunter2hunter2hunter2hunter2',
  '-----BEGIN RSA PRIVATE KEY-----hunter2-----END RSA PRIVATE KEY-----',
];

/** The event with a secret in every text that may hold one, the next of them in each. */
export function planted(event: RunEvent, first: number): RunEvent {
  let next = first;
  const secret = (): string => SECRETS[next++ % SECRETS.length] ?? '';
  return changeTexts(runEvent as never, event, {
    text: (text, holds) => (holds === 'word' || holds === 'author-name' ? text : `${text} ${secret()}`),
    argv: (argv) => [...argv, 'say', secret(), '--password', 'hunter2', 'curl', '-u', 'orders:hunter2'],
  }) as RunEvent;
}
