import { expect, test } from 'vitest';
import { kubectl, podOf } from '../cluster.ts';
import { runProduct } from '../product.ts';

/** Process 1 of most containers reaps nobody: what a probe does not wait for stays there as a dead entry, and counts against the pod's limit. */

async function processes(pod: string): Promise<readonly string[]> {
  const script = 'for file in /proc/[0-9]*/stat; do read -r line <"$file" && echo "$line"; done 2>/dev/null';
  const lines = (await kubectl(['exec', '-n', 'shop', pod, '--', 'bash', '-c', script])).split('\n');
  // proc(5): pid (name) state parent; the reader itself is left out.
  return lines.flatMap((line) => /^(\d+) \((.*)\) (\w) (\d+) /u.exec(line)?.slice(1, 4).join(' ') ?? []).filter((one) => !/^\d+ bash [RS]$/u.test(one));
}

test.each([
  ['answers', 'https://api.payments.example/', 0],
  ['refuses', 'tcp://198.51.100.10:81', 1],
  ['is silent', 'https://silent.payments.example/', 1],
])('a run towards what %s leaves no process in the container, not even a dead one', async (_what, to, exitCode) => {
  const { name } = await podOf('orders');
  const before = await processes(name);
  const ended = await runProduct(['run', '-n', 'shop', `pod/${name}`, '--to', to]);
  expect(ended.exitCode).toBe(exitCode);
  expect(await processes(name)).toEqual(before);
});
