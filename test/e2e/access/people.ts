import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { kubectl } from '../cluster.ts';

interface Config {
  readonly users: readonly { readonly name: string; readonly user: object }[];
}

const BINDING = 'netdiag-e2e-people';

/** Makes administrators of them until they are dismissed. */
export async function appoint(people: readonly string[]): Promise<() => Promise<void>> {
  const dismiss = async (): Promise<void> => { await kubectl(['delete', '--ignore-not-found', `clusterrolebinding/${BINDING}`]); };
  await dismiss();
  await kubectl(['create', 'clusterrolebinding', BINDING, '--clusterrole=cluster-admin', ...people.map((person) => `--user=${person}`)]);
  return dismiss;
}

/** A kubeconfig of another administrator, who is impersonated; the caller removes its folder. */
export async function kubeconfigOf(person: string, groups: readonly string[] = []): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'netdiag-e2e-'));
  const config = parse(await readFile(process.env['KUBECONFIG'] ?? '', 'utf8')) as Config;
  const users = config.users.map((one) => ({ ...one, user: { ...one.user, as: person, ...(groups.length === 0 ? {} : { 'as-groups': groups }) } }));
  const file = join(folder, 'config');
  await writeFile(file, stringify({ ...config, users }), { mode: 0o600 });
  return { file, remove: () => rm(folder, { recursive: true }) };
}
