import type { DependencyErrorCode } from '../../domain/dependency.ts';
import { castProblems } from './cast.ts';
import { pairingProblems } from './pairing.ts';
import { recordingProblems } from './recordings.ts';
import { watchProblems } from './watch.ts';

/** What went wrong, in one sentence, and what to do about it. */
export interface ProblemText {
  readonly message: string;
  readonly hint: string;
}

/** `detail` is what was given, or what the system said; `suggestion` is the nearest word that would have been right. */
export type ProblemSentence = (detail: string, suggestion: string | null) => ProblemText;

const meant = (suggestion: string | null, otherwise: string): string => (suggestion === null ? otherwise : `Did you mean ${suggestion}?`);

const HELP = 'See: netdiag-tui run --help';

const dependency: Readonly<Record<DependencyErrorCode, string>> = {
  empty: 'the destination is empty',
  'looks-like-option': 'it begins with a dash, like an option',
  'unknown-scheme': 'the scheme is not known',
  'bad-host': 'the host is neither a name nor an address',
  'bad-port': 'the port is not a number from 1 to 65535',
  'no-port': 'it needs a port',
  'not-a-url': 'it contains spaces or control characters',
};

const problems = {
  'unknown-option': (detail, suggestion) => ({ message: `There is no option ${detail}.`, hint: meant(suggestion, 'See: netdiag-tui --help') }),
  'bad-config': (detail) => ({ message: `The configuration is not valid:\n${detail}`, hint: 'netdiag-tui config shows the settings and keys that there are, once the file is right or away.' }),
  'unknown-command': (detail, suggestion) => ({ message: `There is no command ${detail}.`, hint: meant(suggestion, 'See: netdiag-tui --help') }),
  'option-without-value': (detail) => ({ message: `The option ${detail} needs a value.`, hint: HELP }),
  'too-many-arguments': (detail) => ({ message: `There is one argument too many: ${detail}.`, hint: 'Quote arguments that contain spaces.' }),
  'missing-argument': (detail) => ({ message: `The argument ${detail} is missing.`, hint: 'See: netdiag-tui --help' }),
  'no-target': () => ({
    message: 'It is not said where the connection starts.',
    hint: "Name a pod or workload (pod/NAME, deploy/NAME, svc/NAME), or use --local or --via 'COMMAND'.",
  }),
  'two-targets': (detail) => ({ message: `The connection can start at one place only, and these were given: ${detail}.`, hint: 'Keep one of them.' }),
  'bad-target': (detail, suggestion) => ({
    message: `${detail} is not a pod or workload.`,
    hint: meant(suggestion, 'Use NAME, pod/NAME, deploy/NAME, sts/NAME, ds/NAME, rs/NAME, job/NAME or svc/NAME.'),
  }),
  'no-dependency': () => ({
    message: 'It is not said where the connection goes.',
    hint: 'Add --to, such as --to https://api.example.com/health or --to tcp://10.0.0.9:5432.',
  }),
  'bad-dependency': (detail) => ({
    message: `The destination after --to cannot be used: ${detail}.`,
    hint: 'Use a URL (https://api.example.com/), host:port, [IPv6]:port or svc/NAME:PORT.',
  }),
  'nothing-fails': (detail) => ({ message: `Nothing that the pod names fails at present, so --to auto has nothing to choose. It names: ${detail}.`, hint: 'Name one with --to.' }),
  'no-destination-found': (detail) => ({ message: `No destination was found in the configuration, the log and the sockets of ${detail}.`, hint: 'Name one with --to.' }),
  'fan-out-needs-workload': (detail) => ({ message: `${detail} asks from the pods of a workload, and none is named.`, hint: 'Name one: deploy/NAME, sts/NAME, ds/NAME, svc/NAME, or a pod, whose siblings are asked too.' }),
  'auto-needs-pod': () => ({ message: '--to auto needs a pod: what it looks into are a pod’s configuration, log and sockets.', hint: 'Name a pod or workload, or a destination.' }),
  'bad-name': (detail) => ({ message: `${detail} is not a valid Kubernetes name.`, hint: 'Names are lower-case letters, digits, dots and dashes.' }),
  'looks-like-option': (detail) => ({ message: `${detail} begins with a dash, so it looks like an option.`, hint: 'Put the value after the option it belongs to.' }),
  'bad-prefix': (detail) => ({
    message: `The command prefix cannot be used: ${detail}.`,
    hint: "Write it as in a shell, in one pair of quotes: --via 'ssh node-3'. It is split into arguments, never given to a shell.",
  }),
  'bad-contrast': (detail) => ({
    message: `The contrast ${detail} cannot be used.`,
    hint: "Write NAME='PREFIX', such as --contrast node='ssh node-3'; each name once.",
  }),
  conflict: (detail) => ({ message: `These do not go together: ${detail}.`, hint: HELP }),
  'bad-duration': (detail) => ({ message: `${detail} is not a duration.`, hint: 'Use seconds or a unit: 30, 30s, 500ms, 2m; at most 1h.' }),
  'no-terminal-for-shell': () => ({ message: 'A shell needs a terminal, and there is none here.', hint: 'Run one command instead: netdiag-tui toolkit exec -- COMMAND' }),
  'exec-failed': (detail) => ({ message: `The command did not come to its end: ${detail}.`, hint: 'Whether it was run is not known. See: kubectl describe pod' }),
  'labels-not-copied': (detail) => ({ message: `The labels cannot be copied safely: ${detail}.`, hint: 'A Service or a controller might take the pod for its own. Leave --copy-labels out.' }),
  'bad-image': (detail) => ({ message: `${detail} is not the name of an image.`, hint: 'Use a name as in a pod: registry.example/tools/netshoot:v0.13' }),
  'bad-quantity': (detail) => ({ message: `${detail} is not an amount of a resource.`, hint: 'Write it as in a pod: cpu=100m, memory=128Mi' }),
  'yes-without-write': () => ({ message: '--yes agrees to changes, and without --write there are none.', hint: 'Add --write, or leave --yes out.' }),
  'ttl-too-short': (detail) => ({ message: `${detail} is too short: a container would end before its first probe.`, hint: 'Use at least 60s.' }),
  'bad-choice': (detail, suggestion) => ({ message: `${detail}.`, hint: meant(suggestion, 'See: netdiag-tui --help') }),
  'no-terminal': () => ({
    message: 'The console needs a terminal, and there is none here.',
    hint: 'Use: netdiag-tui run TARGET --to DESTINATION -o text',
  }),
  'unknown-cause': (detail, suggestion) => ({ message: `There is no cause ${detail}.`, hint: meant(suggestion, 'List them: netdiag-tui causes') }),
  'no-text': () => ({ message: 'There is nothing to explain.', hint: 'Give a text, a file or standard input: netdiag-tui explain "connection refused"' }),
  'bad-pod': (detail) => ({ message: `${detail} does not describe a pod or a namespace.`, hint: 'Use --pod NAMESPACE/NAME[=ADDRESS][,LABEL=VALUE…] or --namespace-labels NAME,LABEL=VALUE….' }),
  'bad-manifest': (detail) => ({ message: `The manifest cannot be used: ${detail}.`, hint: 'Check it as the API server would: kubectl apply --dry-run=server -f FILE' }),
  'unreadable-file': (detail) => ({ message: `The file cannot be read: ${detail}.`, hint: 'Check the path and its permissions.' }),

  'no-kubeconfig': (detail) => ({ message: `No kubeconfig could be used: ${detail}.`, hint: 'Set KUBECONFIG or --kubeconfig, or start with --local or --via.' }),
  'unknown-context': (detail, suggestion) => ({ message: `The context cannot be used: ${detail}.`, hint: meant(suggestion, 'List them: kubectl config get-contexts') }),
  'api-unreachable': (detail) => ({ message: `The API server cannot be reached: ${detail}.`, hint: 'Check the VPN and the context: kubectl get --raw /version' }),
  unauthorized: (detail) => ({ message: `The API server does not accept the credentials: ${detail}.`, hint: 'Log in again, then check: kubectl auth whoami' }),
  forbidden: (detail) => ({ message: `Not permitted: ${detail}.`, hint: 'Ask for that permission, or see what you may do: kubectl auth can-i --list' }),
  'namespace-not-found': (detail) => ({ message: `There is no namespace ${detail}.`, hint: 'List them: kubectl get namespaces' }),
  'target-not-found': (detail, suggestion) => ({ message: `${detail} was not found.`, hint: meant(suggestion, 'Check the name and the namespace (-n).') }),
  'no-pods': (detail) => ({ message: `There is no pod to start from: ${detail}.`, hint: 'See why: kubectl get pods, kubectl describe' }),
  'container-not-found': (detail, suggestion) => ({ message: `The pod has no container ${detail}.`, hint: meant(suggestion, 'Name one with -c.') }),
  'prefix-not-started': (detail) => ({ message: `The command prefix does not start: ${detail}.`, hint: 'Try it yourself with `true` after it.' }),
  ...recordingProblems,
  ...castProblems,
  ...pairingProblems,
  ...watchProblems,
  internal: (detail) => ({ message: `netdiag-tui failed: ${detail}.`, hint: 'Please report it, with the command line that you used.' }),
} satisfies Readonly<Record<string, ProblemSentence>>;

/** What a problem is called: stable, part of the JSON contract. */
export type ProblemCode = keyof typeof problems;

export const cli = {
  problems: problems as Readonly<Record<ProblemCode, ProblemSentence>>,
  dependency,
  errorPrefix: 'Error',
  prefix: {
    empty: 'it is empty',
    'unbalanced-quotes': 'a quote is not closed',
    'looks-like-option': 'its command begins with a dash',
  },
  choice: (option: string, given: string, allowed: string): string => `${option} takes ${allowed}, not ${given}`,
  /** Titles that the help printer writes, by the English ones it knows. */
  helpTitles: {
    'Usage:': 'Usage:',
    'Arguments:': 'Arguments:',
    'Options:': 'Options:',
    'Global Options:': 'Global options:',
    'Commands:': 'Commands:',
  },
  usage: {
    program: '[options] [command]',
    run: "[TARGET | --local | --via 'PREFIX'] --to DESTINATION [options]",
    explain: '[TEXT | FILE] [options]',
    shell: 'TARGET [options] [-- COMMAND…]',
    toolkit: 'up | exec [-- COMMAND…] | down | status [options]',
    cleanup: '[options]',
    policy: '[TARGET] --to DESTINATION [-f FILE…] [options] | --cases FILE',
    dependencies: 'TARGET [options]',
    tree: '[options]',
    causes: '[ID] [options]',
  },
  about: {
    program: 'Finds out why a pod cannot reach something outside it. Without a command it opens the console.',
    run: 'Diagnose one connection without the console.\nExit code: 0 reachable, 1 fault found, 2 inconclusive, 3 could not run, 130 interrupted.',
    explain: 'Explain an error message or a tool’s output: layer, meaning, likely causes, what to run next.',
    shell: 'Open a shell in the pod’s network: in the container, or with --write in an ephemeral container beside it.',
    toolkit: 'The emergency kit: a pod with network tools that ends by itself. up creates it, exec runs a shell or a command in it, down deletes it.\nExit code: 0 done, 1 something remains, 2 not agreed or not possible, 3 could not run; exec: the command’s own.',
    cleanup: 'Find what netdiag-tui made in the cluster and delete it.\nExit code: 0 nothing is left, 1 something is, 2 nobody agreed, 3 could not run.',
    policy: 'Say whether network policies allow a connection, from the API or from manifests, without a probe.\nExit code: 0 allowed, 1 denied, 2 depends or unknown, 3 could not run.',
    dependencies: 'List the destinations that a pod’s configuration, log and sockets name, what fails now first.\nExit code: 0 listed (also when there is none), 3 could not run.',
    config: 'Print the settings and keys in force, as a config.yaml.',
    tree: 'Print the decision tree.',
    causes: 'Print the catalogue of causes, or all about one of them.',
    help: 'show help for a command',
  },
  options: {
    help: 'show this help',
    version: 'show the version',
    lang: 'language of the texts: en or es (default: from LC_ALL, LC_MESSAGES or LANG)',
    target: 'pod or workload that the connection starts from: NAME, pod/NAME, deploy/NAME, sts/NAME, ds/NAME, rs/NAME, job/NAME, svc/NAME',
    namespace: 'namespace of the target (default: the context’s)',
    context: 'context of the kubeconfig (default: the current one)',
    kubeconfig: 'kubeconfig file (default: KUBECONFIG or ~/.kube/config)',
    container: 'container of the pod (default: as kubectl chooses)',
    all: 'ask the same from every replica of the workload at once',
    perNode: 'ask the same from one pod of each node',
    local: 'start the connection on this machine',
    via: "start it behind a command prefix, such as 'ssh node-3' or 'docker exec app'",
    to: 'destination: a URL, host:port, [IPv6]:port, svc/NAME:PORT, or auto: what the pod itself names and fails at',
    contrast: "another place to compare with: NAME='PREFIX' (repeatable)",
    ascii: 'console: ASCII characters alone',
    screenReader: 'console: lines for a screen reader instead of a screen',
    write: 'allow changes to the cluster, such as an ephemeral container; each is shown and asked about',
    yes: 'with --write: agree to each change beforehand',
    keep: 'leave what was made until its time is over, so that the next run finds it',
    installTools: 'install tools in the container itself for a while (apt, apk, dnf), with --write',
    toolkitImage: 'image of what is made (default: nicolaka/netshoot)',
    ttl: 'when what is made ends by itself (default: 30m)',
    pullSecret: 'Secret for pulling the image of a toolkit pod (repeatable; default: those of the target)',
    request: 'resource request of a toolkit pod, such as cpu=100m (repeatable)',
    limit: 'resource limit of a toolkit pod, such as memory=256Mi (repeatable)',
    shellWords: 'pod or workload, and after -- a command instead of a shell',
    toolkitAction: 'up, exec, down or status',
    toolkitCommand: 'command for exec, after --; without it a shell',
    beside: 'put it on the node of this pod or workload',
    nodePod: 'a pod in the network of its node',
    toolkitContrast: 'compare with a toolkit pod on the same node, with --write',
    nodeContrast: 'compare with the network of the pod’s node, from a pod there, with --write',
    nodeNamed: 'compare with the network of this node instead',
    copyLabels: 'give it the labels of --beside, but for those by which a Service or a controller selects',
    allOwners: 'those of other people, too',
    dryRun: 'only list them',
    yesCleanup: 'agree beforehand',
    output: 'text or json (default: text)',
    timeout: 'limit of the whole run (with --all and --per-node, of each): 30s, 2m or seconds (default: 60s)',
    connectTimeout: 'limit of one connect (default: 3s)',
    text: 'an error message, or a file; without it, standard input',
    eachLine: 'take one message a line, print one result a line',
    policyTo: 'destination: as for run, or sctp://HOST:PORT, pod/NAME[.NAMESPACE]:PORT, deploy/NAME[.NAMESPACE]:PORT',
    protocol: 'tcp, udp or sctp (default: the destination’s, else tcp)',
    filename: 'manifests instead of a cluster: files, folders, or - for standard input',
    pod: 'a pod beside those in the files: [NAMESPACE/]NAME[=ADDRESS][,LABEL=VALUE…] (repeatable)',
    namespaceLabels: 'labels of a namespace beside those in the files: NAME,LABEL=VALUE… (repeatable)',
    cases: 'compare with the expected verdicts of a file of cases (.jsonl or .jsonl.gz)',
    format: 'text or mermaid (default: text)',
    id: 'id of a cause, such as dns.nxdomain',
  },
  causes: {
    wrong: 'What is wrong',
    evidence: 'Evidence',
    next: 'Next steps',
    limits: 'Limits',
    layer: 'Layer',
    notYet: 'not yet detected',
  },
  tree: { ends: 'end', healthy: 'no fault', unknown: 'inconclusive or healthy' },
};
