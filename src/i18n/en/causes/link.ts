import { afterColon, endpoint, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const link: CauseTexts<'link' | 'node' | 'pod'> = {
  'link.interface-down': {
    title: 'The interface is down or has no address',
    wrong: 'The pod has no working network interface beside loopback.',
    evidence: '`ip addr` shows it DOWN, or without an inet address.',
    next: [
      'See it: `kubectl -n <namespace> exec <pod> -c <container> -- ip addr` (or `cat /proc/net/dev`).',
      'Delete the pod so that the CNI sets it up anew; if it happens again, read the CNI’s log on <node>.',
    ],
    summary: (p) => `The network interface here is down or has no address, so ${endpoint(p)} is out of reach${afterColon(p)}.`,
  },
  'link.gateway-unreachable': {
    title: 'The gateway does not answer',
    wrong: 'The next hop does not answer ARP or neighbour discovery, so no packet leaves.',
    evidence: 'The gateway’s entry in `ip neigh` is FAILED or INCOMPLETE, and connects fail with “No route to host” after about 3 s.',
    next: [
      'See it: `kubectl -n <namespace> exec <pod> -c <container> -- ip neigh` (or `cat /proc/net/arp`).',
      'On <node>, look at the bridge and the pod’s veth: `ip link`, `bridge link`, and the CNI’s log.',
    ],
    summary: (p) => `The gateway does not answer on the link, so ${endpoint(p)} is out of reach${afterColon(p)}.`,
  },
  'link.mtu-mismatch': {
    title: 'The pod’s MTU is too large',
    wrong: 'The pod sends packets that are larger than the first link or tunnel carries.',
    evidence: 'The pod’s MTU is larger than the node’s or the tunnel’s, and there is a sharp limit in the payload size.',
    next: [
      'Compare: `ip link` in the pod and on <node> (VXLAN takes 50 bytes, WireGuard 60 to 80, IPIP 20).',
      'Set the MTU in the CNI’s configuration and start the pods anew.',
    ],
    summary: (p) => `The MTU here is larger than the first link carries, so large packets to ${endpoint(p)} are lost${afterColon(p)}.`,
  },
  'node.not-ready': {
    title: 'The node is not ready',
    wrong: 'The pod’s node does not report to the control plane, or reports that it is not ready.',
    evidence: 'The Ready condition is False or Unknown, or the node’s lease is old.',
    next: [
      'See why: `kubectl describe node <node>`',
      'Move the pods and repair the node: `kubectl drain <node> --ignore-daemonsets --delete-emptydir-data`',
    ],
    summary: (p) => `The node of this pod is not ready${afterColon(p)}.`,
  },
  'node.network-unavailable': {
    title: 'The node’s network is not set up',
    wrong: 'The node itself reports that its network is not configured.',
    evidence: 'The condition NetworkUnavailable is True.',
    next: [
      'See the condition: `kubectl describe node <node>`',
      'Look at the CNI’s agent or the cloud’s route controller: `kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=<node>`',
    ],
    summary: (p) => `The node of this pod reports that its network is not set up${afterColon(p)}.`,
  },
  'node.cni-agent-failing': {
    title: 'The CNI’s agent on this node fails',
    wrong: 'The agent that sets up pod networking on this node is not healthy.',
    evidence: 'The agent’s pod on this node is not ready, or its log shows errors.',
    next: [
      'Find it: `kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=<node>`',
      'Read its log: `kubectl -n kube-system logs AGENT-POD --tail=100 --previous`',
      'Restart the agent; cordon the node until it is healthy: `kubectl cordon <node>`',
    ],
    summary: (p) => `The CNI’s agent on the node of this pod fails${afterColon(p)}.`,
  },
  'node.single-node-fault': {
    title: 'Only this node’s pods fail',
    wrong: 'The same pod works on other nodes; the fault is this node’s.',
    evidence: 'Siblings on other nodes pass the same probe.',
    next: [
      'Keep new pods away: `kubectl cordon <node>`, and move this one: `kubectl -n <namespace> delete pod <pod>`',
      'Compare routes, firewall rules, conntrack and the CNI’s agent with a good node.',
    ],
    summary: (p) => `${endpoint(p)} fails only from the node of this pod${afterColon(p)}${withContrast(p, (name) => `; ${name}, on another node, gets through`)}.`,
  },
  'pod.not-running': {
    title: 'The pod is not running',
    wrong: 'The container is not running, so nothing can connect from it.',
    evidence: 'The pod’s phase, the container’s state and reason, and its events.',
    next: [
      'See why: `kubectl -n <namespace> describe pod <pod>`',
      'Read the last words: `kubectl -n <namespace> logs <pod> -c <container> --previous`',
      'Fix the pod first; then ask again.',
    ],
    summary: (p) => `The pod is not running, so it cannot reach ${endpoint(p)}${afterColon(p)}.`,
  },
  'pod.sandbox-failed': {
    title: 'The pod got no network',
    wrong: 'The pod’s sandbox could not be created, so it has no network at all.',
    evidence: 'An event FailedCreatePodSandBox.',
    next: [
      'Read the event: `kubectl -n <namespace> get events --field-selector involvedObject.name=<pod>`',
      'Look at the CNI and its address management on <node>: no free addresses, a missing plugin binary, an agent that does not answer.',
    ],
    summary: (p) => `No network could be set up for this pod${afterColon(p)}.`,
  },
};
