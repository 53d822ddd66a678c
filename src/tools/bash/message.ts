import type { Parse } from '../../domain/dialect.ts';
import type { ConnectFact } from '../../domain/facts.ts';
import { failed, notUnderstood, peerOf } from '../connect/fact.ts';

/**
 * bash's own messages about /dev/tcp and /dev/udp, as a person pastes them. bash says nothing when it is connected. The line before the one
 * with the path holds the reason: after a name that was not resolved, the path's own line says `Invalid argument`.
 */
export const parseBashMessage: Parse = (output) => {
  const facts: ConnectFact[] = [];
  let reason: string | null = null;
  for (const { text } of output.lines) {
    // 5.2: `bash: line 6: /dev/tcp/10.72.0.2/7999: Connection refused`, interactive: `bash: /dev/tcp/10.72.0.2/7999: Connection refused`
    const path = /^\S+: (?:line \d+: )?\/dev\/(tcp|udp)\/([^/\s]+)\/(\d+): (.*)$/u.exec(text);
    if (path !== null) {
      const message = reason ?? path[4] ?? '';
      // A bash without network redirections looks for a file of that name.
      if (!/No such file or directory/u.test(message)) facts.push(failed(peerOf(path[2] ?? null, path[3] ?? null), message, null, path[1] === 'udp' ? 'udp' : 'tcp'));
      reason = null;
      continue;
    }
    // 5.2: `bash: connect: Connection refused`, `bash: line 6: no-such-name.example: Temporary failure in name resolution`
    const before = /^\S+: (?:line \d+: )?(?:connect: (.*)|(\S+: (?:Temporary failure in name resolution|Name or service not known|.*[Nn]ame.*)))$/u.exec(text);
    reason = before?.[1] ?? before?.[2] ?? null;
  }
  return facts.length > 0 ? facts : [notUnderstood(output)];
};
