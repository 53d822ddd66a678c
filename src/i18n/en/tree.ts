import type { NodeText } from '../tree-text.ts';

/** The steps of the guide, by node id. A test compares the ids with the tree's. */
const nodes: Readonly<Record<string, NodeText>> = {
  'pod.running': {
    question: 'Is the pod running?',
    guide: 'Look at the pod before its network: `kubectl get pod`. Nothing can be asked from a pod that does not run.',
    branches: {
      running: 'the container runs',
      'not-a-pod': 'the connection does not start in a pod',
      'cannot-tell': 'the API does not tell',
      'no-network': 'no network was set up for it',
      'not-running': 'it does not run',
    },
  },
  'pod.tools': {
    question: 'Can it be entered, and which tools does it have?',
    guide: '`kubectl exec -it POD -- sh`: without curl, nslookup, ping, nc or telnet there, another way to ask is needed.',
    branches: {
      some: 'there are tools to ask with',
      none: 'there is no tool in this container to ask with',
      'no-entry': 'nothing can be run there',
    },
  },
  'service.endpoints': {
    question: 'Is the Service there, with endpoints?',
    guide: 'If the dependency is a Service: does it exist, does it have this port, is an endpoint ready?',
    branches: {
      'not-a-service': 'the dependency is not a Service of this cluster',
      'has-endpoints': 'it has ready endpoints on this port',
      'external-name': 'it stands for an external name',
      'cannot-tell': 'the API does not tell',
      'not-found': 'there is no such Service',
      'wrong-port': 'the Service has no such port',
      'no-endpoints': 'no endpoint is ready',
    },
  },
  'app.request': {
    question: 'Does the dependency answer a request?',
    guide: '`curl -v` from the pod, or the equivalent for the protocol: try the external service directly.',
    branches: {
      answers: 'curl works. If the application still fails, the problem is almost certainly in its code or configuration: the network works up to here',
      status: 'it was reached and answered with an error of its own',
      'tls-fails': 'curl fails with "SSL handshake failed" or "certificate verify failed": the problem is in the TLS certificates of the application or of the pod\'s environment',
      'no-answer': 'it connects and gets no whole answer',
      proxy: 'the proxy on the way does not let it through',
      name: 'curl fails with "Could not resolve host": the problem is in a lower layer, we go on',
      'no-connection': 'curl fails with "Connection timed out", "Connection refused" or similar: the problem is in a lower layer, we go on',
      'no-datagram': 'the dependency speaks UDP, which has no connection to try',
      'cannot-ask': 'there is no tool here that could make the request',
    },
  },
  'app.everywhere': {
    question: 'On every address, every time, and really from it?',
    guide: 'One success is not all: each address of the name, several tries, and a port that cannot be open.',
    branches: {
      everywhere: 'yes: it is reachable',
      'some-addresses': 'some of its addresses fail',
      sometimes: 'some of the tries fail',
      'anything-accepts': 'something on the way accepts for every port',
      'slow-name': 'yes, but the name takes seconds to resolve',
    },
  },
  'app.status': {
    question: 'Which error does it answer with?',
    guide: '"404 Not Found", "500 Internal Server Error": the network connection works, the logic of the remote application fails.',
    branches: {
      'client-error': 'it rejects the request',
      credentials: 'it rejects the credentials',
      rate: 'it asks us to slow down',
      'server-error': 'it fails itself',
      'https-wanted': 'it wants HTTPS on this port',
      'proxy-password': 'a proxy wants credentials',
      'only-by-proxy': 'the error is the proxy\'s',
      mesh: 'the service mesh answers for it',
      other: 'an answer that names no cause',
    },
  },
  'app.silence': {
    question: 'Why is there no whole answer?',
    guide: 'Connected, and then nothing: a server that closes, that takes too long, or that speaks another protocol.',
    branches: {
      closed: 'it accepts and then closes',
      slow: 'it accepts and does not answer in time',
      'other-protocol': 'it speaks another protocol',
      'nobody-there': 'something on the way accepts for every port',
      'cannot-tell': 'what was seen does not tell',
    },
  },
  'tls.handshake': {
    question: 'What is wrong with TLS?',
    guide: '`openssl s_client`: are the certificates expired, not trusted, for another name? Do both sides share a version and a cipher?',
    branches: {
      certificate: 'the certificate is not accepted',
      negotiation: 'the two sides do not agree on how to talk',
      silence: 'the other side ends the handshake without a word',
      unexplained: 'the handshake fails and nobody says why',
    },
  },
  'proxy.connect': {
    question: 'Does the proxy let it through?',
    guide: 'The environment names a proxy: it has to answer, to know us, and to allow the destination.',
    branches: {
      unreachable: 'the proxy does not answer',
      denied: 'the proxy refuses the destination',
      password: 'the proxy wants credentials',
      'not-needed': 'it works without the proxy',
      'cannot-tell': 'what was seen does not tell',
    },
  },
  'dns.answer': {
    question: 'Does the name lead to the right address?',
    guide: 'Compare what the pod uses with what the nameserver says, without hosts file and search list, and with what others get.',
    branches: { right: 'nothing speaks against it', wrong: 'the pod uses another address' },
  },
  'dns.resolve': {
    question: 'What do the nameservers say of the name?',
    guide: '`nslookup` or `dig` from the pod. If nslookup fails ("server can\'t find"), the problem is DNS: look at the cluster\'s DNS (CoreDNS) or the pod\'s /etc/resolv.conf.',
    branches: {
      nxdomain: 'the name does not exist',
      'no-address': 'the name exists, without an address of the wanted kind',
      servfail: 'the resolver fails to find out',
      refused: 'the resolver refuses',
      'only-here': 'it resolves elsewhere, not here',
      'external-name': 'the Service leads to a name that does not resolve',
      'tcp-only': 'the answer is too large for UDP, and TCP does not get through',
      silent: 'no nameserver answers',
      unclear: 'what was seen does not tell',
    },
  },
  'dns.resolver': {
    question: 'Why does no nameserver answer?',
    guide: 'Look at the DNS of the cluster (CoreDNS) and at the pod\'s /etc/resolv.conf, and try another name at the same server.',
    branches: {
      'cluster-dns-down': 'the cluster\'s DNS has no ready endpoint',
      'wrong-resolver': 'resolv.conf names another server than the cluster\'s',
      upstream: 'it answers for its own names: its upstream fails',
      unreachable: 'it answers for nothing',
      'no-link': 'the pod\'s own link is broken',
      unclear: 'there is no tool here to ask it',
    },
  },
  'service.direct': {
    question: 'Do the Service\'s endpoints connect by themselves?',
    guide: 'Ask an endpoint by its own address: it tells the Service\'s proxy (kube-proxy) from the pods behind it.',
    branches: {
      'not-a-service': 'the dependency is not a Service of this cluster',
      same: 'its endpoints fail too',
      'endpoint-connects': 'an endpoint connects, the Service does not',
      'endpoint-refuses': 'its endpoints refuse on their port',
    },
  },
  'proxy.elsewhere': {
    question: 'Do others go through a proxy?',
    guide: 'Where direct egress is closed, HTTPS_PROXY is the way: look at the environment of places where it works.',
    branches: { no: 'no proxy was found that lets it through', 'through-proxy': 'elsewhere it works through a proxy that is not set here' },
  },
  'tcp.connect': {
    question: 'Can the port be touched?',
    guide: '`nc -vz HOST PORT` or `telnet`: the definitive test of whether you can touch the remote port.',
    branches: {
      connects: 'nc connects ("succeeded!"): connectivity to the port is fine, and so are the layers below; it is the application layer again',
      refused: '"Connection refused": the connection was received and actively rejected. Nothing listens on that port, or a firewall rejects it',
      'timed-out': '"Timed out": the connection never arrived, or no answer came back. A firewall on the path blocks it, or the destination does not exist or does not answer',
      unreachable: '"Network unreachable": a problem of the internet layer, we go on',
      'not-permitted': 'this system itself does not let the packet out',
      'no-source-port': 'no source address or port is left',
      'cannot-ask': 'there is no tool here that could try',
    },
  },
  'tcp.refusal': {
    question: 'Who refuses: the host, or something on the way?',
    guide: 'Is the service really listening on that port? Is a firewall rejecting? The same port from elsewhere, and the time the refusal took, tell.',
    branches: {
      'nothing-listens': 'nothing listens on that port',
      'on-the-way': 'something on the way rejects it',
      sometimes: 'some of the tries connect',
    },
  },
  'udp.answer': {
    question: 'Does the UDP service answer?',
    guide: '`nc -u` proves nothing: only an answer of the protocol itself does.',
    branches: {
      answers: 'it answers',
      refused: 'the port is closed',
      silent: 'nothing comes back',
      name: 'the name does not resolve',
      'cannot-tell': 'there is no tool here that could ask',
    },
  },
  'ip.ping': {
    question: 'Does the address answer a ping?',
    guide: '`ping -c 4 ADDRESS`. If it fails, routing is broken or a firewall blocks ICMP: alone it proves nothing.',
    branches: {
      answers: 'ping works: basic IP connectivity is fine, the problem is more likely in the transport layer',
      unreachable: 'somebody says unreachable or prohibited',
      silent: 'ping fails ("Request timed out"): routing, or a firewall that blocks ICMP',
      'cannot-ask': 'ping cannot be used here',
    },
  },
  'ip.route': {
    question: 'Is there a route?',
    guide: 'Is there a valid network route from the pod to that IP? `ip route get ADDRESS`.',
    branches: {
      'no-route': 'there is no route to it',
      'no-ipv6-route': 'there is no route for IPv6',
      'no-link': 'there is no interface to route through',
      'has-route': 'there is a route: the error comes from farther away',
      'cannot-tell': 'the routing table cannot be read',
    },
  },
  'ip.trace': {
    question: 'Where does the path end?',
    guide: '`traceroute ADDRESS` shows the path that the packets take and where they stop: invaluable to identify firewalls or routers that do not forward.',
    branches: {
      loops: 'the path goes in circles',
      prohibited: 'a router says that it is prohibited',
      unreachable: 'a router says that it is unreachable',
      reached: 'the path reaches the address',
      stops: 'the path stops on the way, without a word',
      'cannot-ask': 'the path cannot be traced from here',
    },
  },
  'tcp.repeat': {
    question: 'Does it fail every time?',
    guide: 'Try again: a loss that comes and goes is another fault than a closed door.',
    branches: { always: 'every try fails', sometimes: 'some of the tries connect' },
  },
  'tcp.elsewhere': {
    question: 'Does it connect from anywhere else?',
    guide: 'The same connection from another pod, the node or this machine tells whether the fault is near the pod or far away.',
    branches: {
      'connects-elsewhere': 'it connects from elsewhere: the fault is near the pod',
      'fails-everywhere': 'it fails everywhere: the fault is far from the pod',
      'nowhere-to-ask': 'there is no other place to try from',
    },
  },
  'link.interfaces': {
    question: 'Are interface and gateway in order?',
    guide: '`ip a show`: are the network interfaces up and correctly configured? Does the gateway answer?',
    branches: {
      up: 'the interface is up, and nothing speaks against the gateway',
      down: 'the interface is down, or has no address or route',
      'gateway-silent': 'the gateway does not answer on the link',
      'on-link': 'the address is looked for on the pod\'s own link, where nobody has it',
      'cannot-tell': 'the interfaces cannot be read',
    },
  },
  'node.ready': {
    question: 'Is the node in order?',
    guide: '`kubectl get nodes`: is the node that your pod runs on "Ready"?',
    branches: {
      ready: 'the node is Ready',
      'not-ready': 'the node is NotReady',
      'network-unavailable': 'the node has no network',
      'cannot-ask': 'the node cannot be asked about',
    },
  },
  'node.cni': {
    question: 'Does the network plugin work on this node?',
    guide: '`kubectl logs -n kube-system -l k8s-app=<name>`: are there problems with the CNI plugin, which gives pods their addresses and interfaces?',
    branches: {
      works: 'its agent on this node is ready',
      fails: 'its agent on this node fails',
      'cannot-ask': 'no agent was found to ask about',
    },
  },
  'path.near': {
    question: 'What do the places that fail have in common?',
    guide: 'Compare: pods of this node with pods of others, pods with nodes, and how far each path goes.',
    branches: {
      'this-node': 'only pods of this node fail',
      'only-pods': 'it fails from the pod and connects from outside it',
      'not-translated': 'the path ends right behind the node: pod addresses leave untranslated',
      'ends-early': 'the path ends earlier than from elsewhere',
    },
  },
  'path.far': {
    question: 'Does the address answer anything at all?',
    guide: 'Is there a firewall (of your cloud, of the destination) that blocks the port, or is there nobody at that address?',
    branches: {
      'this-port': 'it answers other things: this port is filtered',
      'nothing-answers': 'it answers nothing',
      unreachable: 'the system says unreachable, and nobody on the path could be seen to say so',
      'cannot-tell': 'what was seen does not tell',
    },
  },
};

export const tree = { nodes };
