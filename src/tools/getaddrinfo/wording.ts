import type { ResolveOutcome } from '../../domain/facts.ts';

/**
 * gai_strerror(3) as glibc 2.36 and musl 1.2 write it; null for another text.
 * musl has one text for EAI_NONAME, `Name does not resolve`, and `Name has no usable address` for EAI_NODATA; for EAI_AGAIN `Try again`.
 */
export function outcomeOfGaiText(text: string): ResolveOutcome | null {
  // glibc: `Name or service not known`, `No address associated with hostname`; musl: `Name does not resolve`
  if (/^(?:Name or service not known|No address associated with hostname|Name does not resolve|Name has no usable address)$/iu.test(text)) {
    return 'not-found';
  }
  // glibc: `Temporary failure in name resolution`; musl: `Try again`
  if (/^(?:Temporary failure in name resolution|Try again)$/iu.test(text)) return 'try-again';
  // glibc: `Non-recoverable failure in name resolution`; musl: `Non-recoverable error`
  if (/^Non-recoverable (?:failure in name resolution|error)$/iu.test(text)) return 'failed';
  return null;
}
