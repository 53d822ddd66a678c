import { afterColon, endpoint, inBrackets } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const service: CauseTexts<'service'> = {
  'service.not-found': {
    title: 'No such Service',
    wrong: 'The cluster has no Service of this name in this namespace.',
    evidence: 'The API server says that it is not there.',
    next: [
      'Look for it: `kubectl get services -A | grep NAME`',
      'Name the namespace when it is another one: `svc/NAME.NAMESPACE:PORT`, in the application `NAME.NAMESPACE`.',
    ],
    summary: (p) => `There is no Service ${p.host}${afterColon(p)}.`,
  },
  'service.no-endpoints': {
    title: 'The Service has no ready endpoint',
    wrong: 'The Service exists, but no ready pod stands behind it.',
    evidence: 'Its EndpointSlices have no ready address.',
    next: [
      'See endpoints and selector: `kubectl get endpointslices -l kubernetes.io/service-name=NAME` and `kubectl describe service NAME`',
      'Compare the selector with the pods’ labels: `kubectl get pods --show-labels`',
      'If the pods are there but not ready, their readiness probe is the next question.',
    ],
    summary: (p) => `The Service ${endpoint(p)} has no ready endpoint${afterColon(p)}.`,
  },
  'service.wrong-port': {
    title: 'The Service’s port is wrong',
    wrong: 'The port is not one of the Service’s, or its targetPort is closed in the pods.',
    evidence: 'The Service’s ports do not have it, or the endpoints refuse on the targetPort.',
    next: [
      'See the ports: `kubectl get service NAME -o jsonpath="{.spec.ports}"`',
      'Make targetPort the port that the container really listens on.',
    ],
    summary: (p) => `The port of ${endpoint(p)}${inBrackets(p)} is not the Service’s, or is closed behind it${afterColon(p)}.`,
  },
  'service.proxy-broken': {
    title: 'The Service’s address does not lead to its endpoints',
    wrong: 'The pods behind the Service answer, but the ClusterIP does not: kube-proxy (or its replacement) fails on this node.',
    evidence: 'Connecting to an endpoint’s own address works, to the ClusterIP it fails.',
    next: [
      'Look at kube-proxy on the node: `kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide --field-selector spec.nodeName=<node>` and its log.',
      'On <node>, see the rules: `iptables-save | grep NAME`, `ipvsadm -Ln` or `nft list table ip kube-proxy`',
    ],
    summary: (p) => `The endpoints behind ${endpoint(p)}${inBrackets(p)} answer, but the Service’s own address does not${afterColon(p)}.`,
  },
};
