import type { ToolsFact } from '../../domain/facts.ts';

/** The entry in ToolsFact that says: this applet is reached as `busybox APPLET` only, no link to it is on the PATH. */
export function unlinkedAppletKey(applet: string): string {
  return `busybox ${applet}`;
}

/** argv of a tool that may be an applet without a link: ['nc', ...] or ['busybox', 'nc', ...]. */
export function busyboxArgv(tools: ToolsFact, applet: string, args: readonly string[]): readonly string[] {
  const unlinked = tools.tools[unlinkedAppletKey(applet)] !== undefined;
  return unlinked ? ['busybox', applet, ...args] : [applet, ...args];
}
