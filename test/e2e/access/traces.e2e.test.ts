import { describe, expect, test } from 'vitest';
import { kubectl, podOf } from '../cluster.ts';
import { runProduct } from '../product.ts';

/** Process 1 of most containers reaps nobody: what a probe does not wait for stays there as a dead entry, and counts against the pod's limit. */

async function processes(pod: string, container: string, shell: string): Promise<readonly string[]> {
  const script = 'for file in /proc/[0-9]*/stat; do read -r line <"$file" && echo "$line"; done 2>/dev/null';
  const lines = (await kubectl(['exec', '-n', 'shop', pod, '-c', container, '--', shell, '-c', script])).split('\n');
  // proc(5): pid (name) state parent; the reader itself is left out.
  const own = new RegExp(`^\\d+ ${shell} [RS]$`, 'u');
  return lines.flatMap((line) => /^(\d+) \((.*)\) (\w) (\d+) /u.exec(line)?.slice(1, 4).join(' ') ?? []).filter((one) => !own.test(one));
}

describe.each([
  ['bash and no network tools', 'orders', 'orders', 'bash'],
  ['busybox alone, under sleep', 'web', 'sidecar', 'sh'],
])('in a container with %s', (_tools, app, container, shell) => {
  test.each([
    ['answers', 'https://api.payments.example/', 0],
    ['refuses', 'tcp://198.51.100.10:81', 1],
    ['is silent', 'https://silent.payments.example/', 1],
  ])('a run towards what %s leaves no process, not even a dead one', async (_what, to, exitCode) => {
    const { name } = await podOf(app);
    const before = await processes(name, container, shell);
    const ended = await runProduct(['run', '-n', 'shop', `pod/${name}`, '-c', container, '--to', to]);
    expect(ended.exitCode).toBe(exitCode);
    expect(await processes(name, container, shell)).toEqual(before);
  });
});
