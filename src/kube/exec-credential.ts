import { execa } from 'execa';
import { cleanText } from '../domain/sanitise.ts';

/** How long a credential plugin may take; some open a connection of their own. */
const PLUGIN_TIMEOUT_MS = 15_000;

/** `users[].user.exec` of a kubeconfig. */
export interface ExecPlugin {
  readonly command: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly apiVersion?: string;
  readonly installHint?: string;
  readonly provideClusterInfo?: boolean;
}

export interface ClusterOfPlugin {
  readonly server: string;
  readonly caData?: string | undefined;
  readonly skipTLSVerify?: boolean;
  readonly tlsServerName?: string | undefined;
}

export interface ExecCredential {
  readonly token: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  readonly expiresAtMs: number | null;
}

export type PluginResult = { readonly ok: true; readonly credential: ExecCredential } | { readonly ok: false; readonly detail: string };

interface CredentialDocument {
  readonly status?: {
    readonly token?: string;
    readonly clientCertificateData?: string;
    readonly clientKeyData?: string;
    readonly expirationTimestamp?: string;
  };
}

/**
 * Asks a credential plugin (client.authentication.k8s.io: https://kubernetes.io/docs/reference/access-authn-authz/authentication/
 * #client-go-credential-plugins). It runs without a terminal: the screen is ours, so a plugin that must ask a person fails.
 */
export async function runExecPlugin(plugin: ExecPlugin, cluster: ClusterOfPlugin): Promise<PluginResult> {
  const info = {
    apiVersion: plugin.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(plugin.provideClusterInfo === true
        ? {
            cluster: {
              server: cluster.server,
              'certificate-authority-data': cluster.caData,
              'insecure-skip-tls-verify': cluster.skipTLSVerify,
              'tls-server-name': cluster.tlsServerName,
            },
          }
        : {}),
    },
  };
  const env = { ...Object.fromEntries((plugin.env ?? []).map(({ name, value }) => [name, value])), KUBERNETES_EXEC_INFO: JSON.stringify(info) };
  const result = await execa(plugin.command, [...(plugin.args ?? [])], {
    reject: false,
    stdin: 'ignore',
    env,
    timeout: PLUGIN_TIMEOUT_MS,
    killDescendants: true,
    forceKillAfterDelay: 500,
    maxBuffer: 1_000_000,
  });
  if (result.timedOut) return failure(plugin, `gave no answer within ${String(PLUGIN_TIMEOUT_MS / 1_000)} s`);
  if (result.code === 'ENOENT') return failure(plugin, `is not installed. ${plugin.installHint ?? ''}`);
  if (result.failed) return failure(plugin, `failed: ${result.stderr === '' ? (result.shortMessage ?? '') : result.stderr.slice(0, 500)}`);
  return readCredential(plugin, result.stdout);
}

function readCredential(plugin: ExecPlugin, text: string): PluginResult {
  try {
    const { status } = JSON.parse(text) as CredentialDocument;
    const expiresAtMs = status?.expirationTimestamp === undefined ? null : Date.parse(status.expirationTimestamp);
    const credential = {
      token: status?.token ?? null,
      certificate: status?.clientCertificateData ?? null,
      key: status?.clientKeyData ?? null,
      expiresAtMs,
    };
    if (credential.token === null && credential.certificate === null) return failure(plugin, 'gave no credential');
    return { ok: true, credential };
  } catch {
    return failure(plugin, 'did not answer with an ExecCredential');
  }
}

function failure(plugin: ExecPlugin, what: string): PluginResult {
  return { ok: false, detail: cleanText(`the credential plugin ${plugin.command} ${what}`).trim() };
}
