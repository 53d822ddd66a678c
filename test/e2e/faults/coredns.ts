import { corefile } from './manifests.ts';
import { kubectl, type Scenario, type Step } from './scenario.ts';

/** CoreDNS with another configuration, and back. */

export const READY: Step = kubectl('-n', 'kube-system', 'rollout', 'status', 'deployment/coredns', '--timeout=60s');
export const COREDNS = ['-n', 'kube-system'] as const;

const KUBERNETES = ['kubernetes cluster.local in-addr.arpa ip6.arpa {', '   pods insecure', '   fallthrough in-addr.arpa ip6.arpa', '   ttl 30', '}'] as const;
export const ORIGINAL = ['errors', 'health {', '   lameduck 5s', '}', 'ready', ...KUBERNETES, 'prometheus :9153', 'forward . /etc/resolv.conf {', '   max_concurrent 1000', '}', 'cache 30', 'loop', 'reload', 'loadbalance'] as const;
export const without = (...words: readonly string[]): readonly string[] => ['errors', 'health', 'ready', ...KUBERNETES, ...words, 'reload'];

/** A Corefile of its own, with new CoreDNS pods that read it. `wait`: whether they become ready. */
export function withCorefile(lines: readonly string[], wait: 'ready' | 'crash'): Pick<Scenario, 'inject' | 'undo' | 'until' | 'restored'> {
  const restart = `kubectl apply -f - && kubectl -n kube-system delete pod -l k8s-app=kube-dns --wait=false --grace-period=1`;
  const step = (content: readonly string[]): Step => ({ argv: ['sh', '-c', restart], input: corefile(...content) });
  const crashed: Step = { argv: ['sh', '-c', 'kubectl -n kube-system get pods -l k8s-app=kube-dns | grep -E "CrashLoop|Error" && ! kubectl -n kube-system get pods -l k8s-app=kube-dns | grep -E "1/1 +(Running|Terminating)"'] };
  return { inject: step(lines), undo: step(ORIGINAL), until: wait === 'ready' ? READY : crashed, restored: READY };
}
