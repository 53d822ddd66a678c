/** Whose words a single message is, where its own wording gives it away. The first that matches wins. */
const SIGNATURES: readonly (readonly [tool: string, signature: RegExp])[] = [
  ['curl', /^(?:\$ )?curl: \(\d+\)|\bcURL error \d+/mu],
  ['wget', /^wget: /mu],
  ['ncat', /^Ncat: /mu],
  ['nc', /^nc: |^Connection to \S+ (?:\([^)]*\) )?\S+ port \[|^\(UNKNOWN\) \[/mu],
  ['telnet', /^telnet: |^Connection closed by foreign host/mu],
  ['ping', /^ping6?: |icmp_seq=|packets transmitted/mu],
  ['traceroute', /^traceroute6?(?: to|: )/mu],
  ['dig', /^dig: |^;; (?:->>HEADER|communications error|connection timed out)/mu],
  ['nslookup', /^nslookup: |^\*\* server can't find|^\*\*\* Can't find/mu],
  ['host', /^Host \S+ not found: \d\(/mu],
  ['mtr', /^mtr: |\|-- /mu],
  ['openssl', /^verify error:num=|^Verify return code:|^CONNECTED\(\d{8}\)|:error:[0-9A-F]{8}:/mu],
  ['ssh', /^ssh: |^kex_exchange_identification/mu],
  ['git', /^fatal: unable to access/mu],
  ['bash', /^(?:-?bash|sh): /mu],
  ['psql', /^psql: /mu],
  ['mysql', /^ERROR \d{4} \((?:HY000|\d{5})\)/mu],
  ['redis-cli', /^Could not connect to Redis at/mu],
  ['kubectl', /^Unable to connect to the server: |^The connection to the server \S+ was refused|^Error from server/mu],
  ['kubelet', /\bFailed to (?:pull image|create pod sandbox)|^(?:Readiness|Liveness|Startup) probe failed/mu],
  ['coredns', /\bplugin\/(?:errors|loop|ready|forward):?/u],
  ['envoy', /upstream connect error or disconnect|response_flags/u],
  ['nginx', /while (?:connecting to|reading (?:response header )?from|SSL handshaking to) upstream|\[emerg\] host not found in upstream/u],
  ['haproxy', /^(?:\[WARNING\] )?.{0,120}Server \S+\/\S+ is DOWN, reason/mu],
  ['grpc', /\brpc error: code = |StatusCode\.[A-Z_]+|io\.grpc\.|\bDEADLINE_EXCEEDED\b/u],
  ['python', /\[Errno -?\d+\]|urllib3|requests\.exceptions|^Traceback \(most recent call last\)|\[SSL: [A-Z_]+\]/mu],
  ['java', /\bjavax?\.[\w.]{1,80}Exception|^\s+at [\w.$]+\([\w]+\.java/mu],
  ['dotnet', /\bSystem\.(?:Net|IO|Security|Threading)\.|HttpClient\.Timeout/u],
  ['rust', /\(os error \d+\)|reqwest::|hyper::|invalid peer certificate/u],
  ['erlang', /\{failed_connect,|\{tls_alert,|\{error,[a-z]+\}|Mint\.TransportError/u],
  ['php', /php_network_getaddresses|SQLSTATE\[|GuzzleHttp/u],
  ['ruby', /\bErrno::E[A-Z]+|Net::(?:Open|Read)Timeout|OpenSSL::SSL::SSLError/u],
  ['node', /\b(?:connect|read|write|getaddrinfo|query\w*) E[A-Z_]{3,}|UND_ERR_|ERR_TLS_|\bcode: '[A-Z_]+'|AxiosError|\(node:/u],
  ['go', /\bdial (?:tcp|udp)\b|\bx509: |\btls: |net\/http: |context deadline exceeded/u],
  ['chromium', /\bnet::ERR_/u],
];

/** The tool or runtime behind a message; null when the words belong to nobody in particular. */
export function toolOfMessage(text: string): string | null {
  return SIGNATURES.find(([, signature]) => signature.test(text))?.[0] ?? null;
}
