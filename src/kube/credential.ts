import type { ClusterResult } from '../domain/cluster.ts';
import { runExecPlugin, type ExecPlugin } from './exec-credential.ts';
import { failed, ok } from './failure.ts';
import type { LoadedConfig } from './kubeconfig.ts';

export interface CredentialSource {
  /** Sees to it that the config's user holds a credential that is valid now. Returns whether its certificate was changed. */
  refresh(): Promise<ClusterResult<boolean>>;
  /** The server did not accept it: the next refresh asks again. */
  reject(): void;
}

/** A credential that is about to expire is renewed this long before. */
const RENEW_BEFORE_MS = 10_000;

/**
 * Credential plugins are run here and not by the client, which gives them neither a time limit nor KUBERNETES_EXEC_INFO; what they
 * answer is put into the config's user in memory. All other kinds of credential are the client's.
 */
export function createCredentialSource(config: LoadedConfig): CredentialSource {
  const plugin = config.user.exec as ExecPlugin | null | undefined;
  if (!plugin?.command) return { refresh: () => Promise.resolve(ok(false)), reject: () => undefined };
  const { user } = config as { user: { exec?: unknown; token?: string; certData?: string; keyData?: string } };
  delete user.exec;
  let validUntilMs = 0;
  let running: Promise<ClusterResult<boolean>> | null = null;

  const ask = async (): Promise<ClusterResult<boolean>> => {
    const result = await runExecPlugin(plugin, config.cluster);
    if (!result.ok) return failed({ kind: 'unauthorized', detail: result.detail });
    const { token, certificate, key, expiresAtMs } = result.credential;
    if (token !== null) user.token = token;
    const certData = certificate === null ? user.certData : Buffer.from(certificate).toString('base64');
    const isNewCertificate = certData !== user.certData;
    if (certData !== undefined) user.certData = certData;
    if (key !== null) user.keyData = Buffer.from(key).toString('base64');
    validUntilMs = expiresAtMs === null ? Number.POSITIVE_INFINITY : expiresAtMs - RENEW_BEFORE_MS;
    return ok(isNewCertificate);
  };
  return {
    refresh() {
      if (Date.now() < validUntilMs) return Promise.resolve(ok(false));
      // Many requests start at once, and one plugin run serves them all.
      running ??= ask().finally(() => { running = null; });
      return running;
    },
    reject() {
      validUntilMs = 0;
    },
  };
}
