/** What `explain` says, in one language. Keys are the closed lists of src/explain; this folder may not import them. */
export interface ExplainText {
  /** One or two sentences on what the text means. */
  readonly meanings: Readonly<
    Record<
      'ok' | 'refused' | 'timeout' | 'unreachable' | 'reset' | 'dns' | 'tls-expired' | 'tls-untrusted' | 'tls-hostname' | 'tls-handshake' | 'http-status' | 'other',
      string
    >
  >;
  readonly layers: Readonly<Record<'application' | 'transport' | 'internet' | 'network-access', string>>;
  readonly confidences: Readonly<Record<'certain' | 'likely' | 'possible', string>>;
  readonly headings: {
    readonly layer: (name: string, number: number) => string;
    readonly anyLayer: string;
    readonly confidence: (word: string) => string;
    readonly printedBy: (tool: string) => string;
    readonly causes: string;
    readonly next: string;
    readonly read: (facts: number) => string;
  };
  /** Host and port are words for placeholders when the text did not name them. */
  readonly next: Readonly<
    Record<
      | 'check-port'
      | 'destination-firewall'
      | 'curl-verbose'
      | 'ping'
      | 'traceroute'
      | 'network-policies'
      | 'lookup'
      | 'resolv-conf'
      | 'coredns'
      | 'routes'
      | 'neighbours'
      | 's-client'
      | 'clock'
      | 'tls-secrets'
      | 'application-logs'
      | 'remote-logs'
      | 'credentials'
      | 'run',
      (host: string, port: string) => string
    >
  >;
  readonly placeholders: { readonly host: string; readonly port: string };
}
