import type { PortFailure } from '../../domain/console-ports.ts';
import type { DependencyErrorCode } from '../../domain/dependency.ts';
import type { Question } from '../../domain/question.ts';
import type { CommandFailure } from '../../domain/command.ts';

function portFailure(failure: PortFailure): string {
  switch (failure.kind) {
    case 'forbidden': {
      const where = failure.namespace === null ? '' : ` in namespace ${failure.namespace}`;
      return `Forbidden: you may not ${failure.verb} ${failure.resource}${where}. Ask for the verb "${failure.verb}" on "${failure.resource}".`;
    }
    case 'unreachable':
      return `The API server cannot be reached: ${failure.detail}`;
    case 'no-cluster':
      return `No usable kubeconfig: ${failure.detail}. Set KUBECONFIG and press r, start from this machine (above), or type :demo to see recorded failures being found.`;
    case 'not-found':
      return `Not found: ${failure.detail}`;
    case 'failed':
      return `That failed: ${failure.detail}`;
  }
}

function dependencyError(code: DependencyErrorCode, detail: string): string {
  switch (code) {
    case 'empty':
      return 'Type where the connection should go, for example api.example.com:443.';
    case 'looks-like-option':
      return `"${detail}" begins with a dash: that is an option, not a destination.`;
    case 'unknown-scheme':
      return `The scheme "${detail}" is unknown. For any TCP port use tcp://host:port.`;
    case 'bad-host':
      return `"${detail}" is neither a host name nor an IP address.`;
    case 'bad-port':
      return `"${detail}" is not a port: 1 to 65535.`;
    case 'no-port':
      return 'A port is missing: host:port.';
    case 'not-a-url':
      return 'That is no destination: it contains spaces or control characters.';
  }
}

/** Kept that small to see whether size is what does not pass. */
function segments(sizeBytes: number | undefined): string {
  return sizeBytes === undefined ? '' : ` in segments of ${sizeBytes.toString()} bytes`;
}

function question(asked: Question): string {
  switch (asked.kind) {
    case 'tools':
      return 'which tools are there?';
    case 'files':
      return 'what do resolv.conf, hosts and the environment say?';
    case 'resolve':
      return `does ${asked.name} resolve?`;
    case 'query':
      return `what does ${asked.nameserver} answer for ${asked.name} ${asked.recordType}?`;
    case 'connect':
      return `does ${asked.address} port ${asked.port.toString()} accept?`;
    case 'request':
      return `what does ${asked.url} answer${segments(asked.segmentBytes)}?`;
    case 'tls':
      return `does TLS with ${asked.serverName ?? asked.address} port ${asked.port.toString()} succeed${segments(asked.segmentBytes)}?`;
    case 'exchange':
      // No protocol: whether the server says anything by itself.
      if (asked.protocol === 'none') return `what does ${asked.address} port ${asked.port.toString()} say by itself?`;
      return `does ${asked.address} port ${asked.port.toString()} speak ${asked.protocol}?`;
    case 'ping':
      return `does ${asked.address} answer pings?`;
    case 'trace':
      return `how far do packets to ${asked.address} get?`;
    case 'interfaces':
      return 'are the interfaces up?';
    case 'routes':
      return 'which routes are there?';
    case 'neighbours':
      return 'who answers on the link?';
    case 'sockets':
      return 'which connections are open?';
    case 'processes':
      return 'how many files do its processes hold open?';
    case 'conntrack':
      return `how are connections to ${asked.address} tracked?`;
    case 'counters':
      return asked.attempt === 0 ? 'what has the kernel counted?' : 'what has the kernel counted since?';
    case 'log':
      return asked.watchMs === 0 ? 'what does the application’s log say?' : 'does the application log more errors now?';
    case 'endpoints':
      return 'where does the application connect to?';
    case 'pod-state':
      return 'is the pod running?';
    case 'node-state':
      return 'is the node ready?';
    case 'cni-state':
      return 'is the network plugin healthy?';
    case 'proxy-state':
      return 'is kube-proxy healthy on the node?';
    case 'dns-server':
      return `what do the cluster DNS servers say of ${asked.name}?`;
    case 'changes':
      return 'what changed lately?';
    case 'service-at':
      return `which Service has ${asked.address} port ${asked.port.toString()}?`;
    case 'cluster-dns':
      return 'is the cluster DNS up?';
    case 'service':
      return `has service ${asked.name} endpoints?`;
    case 'policy':
      return `do the network policies allow ${asked.transport} ${asked.address} port ${asked.port.toString()}?`;
  }
}

function commandFailure(failure: CommandFailure): string {
  switch (failure) {
    case 'no-such-command':
      return 'no such command';
    case 'not-permitted':
      return 'not permitted';
    case 'vantage-lost':
      return 'connection to the place lost';
    case 'timed-out':
      return 'ended after its time limit';
    case 'too-much-output':
      return 'more output than is kept';
    case 'cancelled':
      return 'cancelled';
  }
}

/** The console's own words. Sentences that name outside data take it as parameters, already cleaned. */
export const ui = {
  titles: {
    namespaces: 'Namespaces',
    pods: (namespace: string): string => `Pods in ${namespace}`,
    containers: (pod: string): string => `Containers of ${pod}`,
    dependencies: 'Where should the connection go?',
    help: 'Keys',
  },
  identity: { context: 'context', namespace: 'namespace', pod: 'pod', container: 'container', node: 'node', none: '(none)', readOnly: 'read-only', armed: 'changes allowed' },
  local: { name: 'this machine', about: 'start the connection here, without a cluster' },
  via: 'command prefix',
  columns: {
    name: 'NAME',
    status: 'STATUS',
    ready: 'READY',
    restarts: 'RESTARTS',
    age: 'AGE',
    node: 'NODE',
    ip: 'IP',
    namespace: 'NAMESPACE',
    cluster: 'CLUSTER',
    key: 'KEY',
    image: 'IMAGE',
    kind: 'KIND',
    state: 'STATE',
    destination: 'DESTINATION',
    foundIn: 'FOUND IN',
  },
  containerKind: { container: 'container', init: 'init', ephemeral: 'ephemeral' },
  lists: {
    loading: 'Loading',
    soFar: (rows: number, remaining: number | null): string =>
      remaining === null ? `${rows.toString()} so far` : `${rows.toString()} so far, ${remaining.toString()} to come`,
    none: { contexts: 'There are no contexts.', namespaces: 'There are no namespaces.', pods: 'There are no pods here.', containers: 'The pod has no containers.', dependencies: 'The pod names no destination in its environment, ConfigMaps, arguments, log or sockets.' },
    noMatch: (filter: string): string => `Nothing matches "${filter}".`,
    useTyped: (name: string): string => `go to namespace "${name}"`,
    typeNamespace: 'You can go on without the list: press / and type the namespace.',
    count: (shown: number, all: number): string => (shown === all ? all.toString() : `${shown.toString()} of ${all.toString()}`),
    filter: 'Filter',
  },
  failure: portFailure,
  input: {
    label: 'Destination',
    hint: 'https://api.example.com/health   db.internal:5432   10.0.0.9:443   svc/orders:8080',
    found: 'Found for this container',
    searching: 'Looking through the container\'s environment',
  },
  dependencyError,
  question,
  commandFailure,
  status: { pass: 'ok', fail: 'fault', warn: 'warning', unknown: 'unknown', skipped: 'not needed', waiting: 'waiting', running: 'running' },
  layers: { application: 'Application', transport: 'Transport', internet: 'Internet', 'network-access': 'Network access' },
  panels: { verdict: 'Verdict', path: 'Decision tree', picture: 'Path' },
  run: {
    starting: 'starting',
    running: 'running',
    completed: 'finished',
    timedOut: 'time limit reached',
    interrupted: 'cancelled',
    broken: (detail: string): string => `The run broke off: ${detail}`,
    asking: 'now',
    nothingAsked: 'nothing was asked of this layer',
    notYet: 'nothing yet',
    exit: (code: number): string => `exit ${code.toString()}`,
    dropped: (count: number): string => `${count.toString()} earlier lines are no longer kept`,
    more: (count: number): string => `+${count.toString()} new`,
    frozen: 'frozen',
    lines: (from: number, to: number, all: number): string => `${from.toString()}-${to.toString()}/${all.toString()}`,
    unusable: (vantage: string, reason: string): string => `${vantage} cannot be used: ${reason}`,
  },
  verdict: {
    status: { reachable: 'Reachable', fault: 'Fault found', inconclusive: 'Inconclusive' },
    reachable: (host: string, port: number): string => `${host} port ${port.toString()} answers from here.`,
    inconclusive: 'The evidence does not single out a cause.',
    confidence: { certain: 'certain', likely: 'likely', possible: 'possible' },
    evidence: 'Evidence',
    next: 'Next steps',
    commands: 'See it again',
    ruledOut: 'Ruled out',
    untestable: 'Could not be asked',
    notes: 'Also noticed',
    noVerdict: 'No verdict was reached.',
  },
  dialogs: {
    leaveRun: 'The run is still going on. Cancel it and go back?',
    runAgain: 'The run is still going on. Cancel it and start again?',
    quit: 'The run is still going on. Cancel it and quit?',
    yes: 'cancel the run',
    yesKey: 'y',
  },
  help: {
    intro: 'Pick where the connection starts, then where it goes. The console asks layer by layer and names the cause.',
  },
  tooSmall: (columns: number, rows: number): string => `The window is ${columns.toString()}x${rows.toString()}; 60x16 is the least that shows anything useful.`,
  crashed: (detail: string): string => `netdiag-tui broke down: ${detail}`,
};
