import { afterColon, endpoint, inBrackets, withContrast } from '../../phrases.ts';
import type { CauseTexts } from '../../cause-text.ts';

export const app: CauseTexts<'app'> = {
  'app.not-network': {
    title: 'The network is fine, the application is not',
    wrong: 'Every layer works from the application’s own pod, and the application still fails.',
    evidence: 'All probes pass, several times over, from the same network namespace. The errors in the log match no network failure, or are older than the pod.',
    next: [
      'Read the exact error: `kubectl -n <namespace> logs <pod> -c <container> --since=15m`',
      'Compare the host, port and credentials that the application reads with the ones probed here: `kubectl -n <namespace> exec <pod> -c <container> -- env`',
      'Restart one replica: a client that caches addresses or connections starts clean.',
    ],
    limits: 'A probe is a moment: a fault that comes and goes can be absent while we look. Only a run in a pod whose log may be read ends with this, and only when the application logs another error about the destination while it is watched; otherwise the verdict is reachable, with a note about older errors.',
    summary: (p) =>
      p.since === undefined
        ? `${endpoint(p)}${inBrackets(p)} works from the pod at every layer, so the fault is in the application${afterColon(p)}.`
        : `The last error about ${endpoint(p)} in the application’s log is from ${p.since}, and none came since: the network works now${afterColon(p)}.`,
  },
  'app.wrong-endpoint': {
    title: 'The application uses another address',
    wrong: 'The application is configured with a host or port other than the dependency’s.',
    evidence: 'The host or port in the environment, in a ConfigMap, in the log lines or among the open connections differs from the dependency, and that other one fails.',
    next: [
      'Find where the value comes from: `kubectl -n <namespace> set env pod/<pod> --list`',
      'Correct it in the Deployment, ConfigMap or Secret, then `kubectl -n <namespace> rollout restart deployment/NAME` (environment variables are read at start only).',
    ],
    limits: 'An address that is compiled in or read from a remote configuration shows only in logs and open connections. The run ends with this only when the dependency is configured nowhere, another endpoint looks meant for it, and a probe fails there as well; where the log or the environment cannot be read, the verdict is that of the dependency you named.',
    summary: (p) => `The application does not use ${endpoint(p)} but another endpoint, and that one fails${afterColon(p)}.`,
  },
  'app.timeout-too-short': {
    title: 'The application’s timeout is too short',
    wrong: 'The dependency answers correctly, but later than the application is prepared to wait.',
    evidence: 'The time to the first byte is longer than the timeout named in the environment or the log, and the answer itself is good.',
    next: [
      'Measure it a few times: `curl -o /dev/null -s -w "%{time_connect} %{time_starttransfer} %{time_total}\\n" https://<host>:<port>/`',
      'Raise the client’s timeout above the slowest normal answer, and retry with a growing pause.',
      'Ask the dependency’s owner whether the time to answer is normal.',
    ],
    limits: 'The application’s timeout is known only when it stands in the environment or in a log line: without it, or without a new timeout in the log while it is watched, a slow answer is called reachable, and a client that gives up elsewhere is app.not-network.',
    summary: (p) => `${endpoint(p)} answers, but later than the application waits${afterColon(p)}.`,
  },
  'app.slow-response': {
    title: 'Connected, but no answer in time',
    wrong: 'The connection opens at once, and the complete answer does not arrive within the limit.',
    evidence: 'TCP and TLS are quick and then no first byte comes (curl exit 28 after the connect), for small and large requests alike.',
    next: [
      'Tell the dependency’s owner: connected, request sent, no answer, with the time of the try.',
      'Try a cheaper request of the same service, such as its health path: `curl -v --max-time 30 https://<host>:<port>/health`',
      'Give the client a timeout and a circuit breaker, so that its own threads do not pile up.',
    ],
    limits: 'A server that thinks and a path that loses large packets look alike from one side: compare with a small answer (ip.pmtu-blackhole).',
    summary: (p) => `${endpoint(p)}${inBrackets(p)} accepts the connection but does not answer within the limit${afterColon(p)}.`,
  },
  'app.http-client-error': {
    title: 'The service rejects the request (4xx)',
    wrong: 'The dependency was reached and says that the request itself is wrong.',
    evidence: 'A status line 4xx other than 401, 403, 407 and 429, from the dependency itself.',
    next: [
      'Check path, method and Host header: `curl -v https://<host>:<port>/PATH`',
      'Compare with the service’s documentation: version prefix, required headers, payload.',
    ],
    summary: (p) => `The network works: ${endpoint(p)} answers that the request is wrong${afterColon(p)}.`,
  },
  'app.auth-rejected': {
    title: 'Credentials rejected',
    wrong: 'The connection is good, and the dependency does not accept who we say we are.',
    evidence: '401 or 403, or the database’s own authentication error (SQLSTATE 28xxx, NOAUTH, WRONGPASS), after a good connection.',
    next: [
      'Check which Secret the pod reads, and when it was changed: `kubectl -n <namespace> get pod <pod> -o yaml | grep -A4 secretKeyRef`',
      'Restart the pod if the Secret changed after it started.',
      'Ask the owner whether the account, its scopes or an address allow-list changed.',
    ],
    summary: (p) => `The network works: ${endpoint(p)} rejects the credentials${afterColon(p)}.`,
  },
  'app.rate-limited': {
    title: 'Rate limited',
    wrong: 'The dependency asks this client to send fewer requests.',
    evidence: 'Status 429, or 503 with Retry-After.',
    next: [
      'Honour Retry-After and retry with a growing, randomised pause.',
      'Count the clients that share the limit: all pods behind one NAT address usually count as one.',
      'Ask the dependency’s owner for a higher quota.',
    ],
    summary: (p) => `The network works: ${endpoint(p)} limits the rate of requests${afterColon(p)}.`,
  },
  'app.http-server-error': {
    title: 'The service itself fails (5xx)',
    wrong: 'The dependency was reached and reports a failure of its own.',
    evidence: 'A status line 5xx whose `server` and `via` headers are not those of a proxy or a mesh on our side.',
    next: [
      'Tell the dependency’s owner, with the time, the path and the request id from the headers: `curl -sv https://<host>:<port>/ -o /dev/null`',
      'Look at the service’s status page before changing anything here.',
    ],
    limits: 'A gateway on the far side answers 502 to 504 for a service that we cannot see.',
    summary: (p) => `The network works: ${endpoint(p)} reports a failure of its own${afterColon(p)}.`,
  },
  'app.connection-closed': {
    title: 'Accepted, then closed',
    wrong: 'The server accepts the connection and ends it before it answers.',
    evidence: 'The connection opens and is closed or reset before an answer (curl exit 52 or 56), the same from every vantage.',
    next: [
      'Make sure of the protocol first: TLS to a plain port, or HTTP to a database, ends like this.',
      'Ask the dependency’s owner for the server’s log at this time: limits on clients, an address allow-list, a crash.',
      'See what arrives: `openssl s_client -connect <host>:<port> -servername <host> </dev/null`',
    ],
    limits: 'The server and a device in front of it close alike.',
    summary: (p) => `${endpoint(p)}${inBrackets(p)} accepts the connection and ends it before an answer${withContrast(p, (name) => `, from ${name} as well`)}${afterColon(p)}.`,
  },
  'app.protocol-mismatch': {
    title: 'Another protocol answers on this port',
    wrong: 'The port is open, but what listens there speaks another protocol.',
    evidence: 'The first bytes or the banner belong to another protocol.',
    next: [
      'Check scheme and port in the application’s configuration.',
      'Look at the first bytes yourself: `timeout 3 nc <host> <port> </dev/null | head -c 200`',
    ],
    summary: (p) => `Something listens on ${endpoint(p)}${inBrackets(p)}, but it speaks another protocol${afterColon(p)}.`,
  },
  'app.connections-exhausted': {
    title: 'The application has run out of connections',
    wrong: 'A pool, file or thread limit in the pod stops the application before it sends anything.',
    evidence: 'Probes from the pod pass. The log names the pool, EMFILE or “too many open files”, or many connections to the dependency stand in CLOSE_WAIT or ESTABLISHED.',
    next: [
      'Count the connections by state: `kubectl -n <namespace> exec <pod> -c <container> -- ss -tan`',
      'Close responses and connections in every code path, errors too; CLOSE_WAIT means that the application did not.',
      'Raise the pool or the file limit once leaks are excluded.',
    ],
    summary: (p) =>
      p.since === undefined
        ? `${endpoint(p)} is reachable, but the application has no free connection left${afterColon(p)}.`
        : `At ${p.since} the application’s log named a limit of its own; it was not repeated, or concerns another server${afterColon(p)}.`,
  },
  'app.stale-address': {
    title: 'The application holds an old address',
    wrong: 'The application keeps using an address that the name no longer has.',
    evidence: 'The peer of an open connection (SYN_SENT or ESTABLISHED) is not among the addresses that DNS gives now.',
    next: [
      'Restart the pod to confirm: `kubectl -n <namespace> delete pod <pod>` (its controller makes a new one).',
      'Make the client honour the TTL: in Java `networkaddress.cache.ttl`, elsewhere a maximum connection age.',
    ],
    limits: 'Names with many or changing addresses make a good connection look stale.',
    summary: (p) => `The application still uses an address that ${p.host} no longer has${afterColon(p)}.`,
  },
};
