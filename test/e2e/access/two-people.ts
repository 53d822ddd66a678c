import { appoint, kubeconfigOf } from './people.ts';
import { deletePod, makePod } from './pods.ts';
import { start, type AccessResult } from './run.ts';
import { leftAfter, podProcesses } from './traces.ts';

const PEOPLE = ['ana', 'luis'] as const;

/** Two people make things, and clean up everybody's at the same moment. */
export async function twoPeopleCleanUp(): Promise<AccessResult> {
  const before = await podProcesses();
  const pods = [await makePod('bare'), await makePod('bare')];
  const dismiss = await appoint(PEOPLE);
  const people = await Promise.all(PEOPLE.map((person) => kubeconfigOf(person)));
  try {
    const made = await Promise.all(people.map(async ({ file }, index) => {
      const env = { KUBECONFIG: file };
      const run = start(['run', '-n', 'shop', 'pod/{pod}', '--to', 'https://api.payments.example/', '--write', '--yes', '--keep', '--ttl', '2m'], pods[index]?.name ?? '', env);
      const kit = start(['toolkit', 'up', '-n', 'shop', '--yes', '--ttl', '2m'], '', env);
      return [(await run.ended).exitCode, (await kit.ended).exitCode];
    }));
    const startedAt = Date.now();
    const both = people.map(({ file }) => start(['cleanup', '--all-owners', '--yes'], '', { KUBECONFIG: file }));
    const codes = await Promise.all(both.map(async ({ ended }) => (await ended).exitCode));
    const seconds = (Date.now() - startedAt) / 1000;
    const text = both.map(({ shown }) => shown()).join('\n---\n');
    const left = await leftAfter(before, 5_000);
    const confirmed = both.map(({ shown }) => (shown().match(/gone, as the API server confirms/gu) ?? []).length);
    const wrong = [
      // 1: a verdict; what counts is that it made something.
      ...(made.every(([run, kit]) => (run === 0 || run === 1) && kit === 0) ? [] : [`nothing to clean up was made: ${JSON.stringify(made)}`]),
      ...(codes.every((code) => code === 0) ? [] : [`exit codes ${codes.join(', ')}: ${text}`]),
      ...(confirmed.every((count) => count > 0) ? [] : [`confirmed: ${confirmed.join(', ')}`]),
      ...left.map((one) => `left: ${one}`),
    ];
    return { id: 'two-people', why: `two people clean up at once what both made (${confirmed.join(' and ')} confirmed)`, exitCode: codes[0] ?? null, seconds, said: '', terminal: '', wrong };
  } finally {
    for (const { name } of pods) await deletePod(name);
    for (const { remove } of people) await remove();
    await dismiss();
  }
}
