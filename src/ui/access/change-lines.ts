import { KEPT, type Access, type Change, type Rung } from '../../domain/access.ts';
import type { Messages } from '../../i18n/index.ts';
import type { DialogLine } from '../../store/dialog.ts';
import { commandLine } from '../components/command-line.ts';

export function line(text: string, emphasis: DialogLine['emphasis'] = 'plain'): DialogLine {
  return { text, emphasis };
}

/** What a change does, what it keeps of the container's identity, and how to do it by hand. */
export function changeLines(change: Change, { access }: Messages): readonly DialogLine[] {
  return [
    line(access.change[change.rung](change), 'strong'),
    ...(change.pulls === true ? [line(access.pulls, 'warn')] : []),
    ...(change.limitedBy === undefined ? [] : [line(access.limitedBy(change.limitedBy), 'warn')]),
    line(access.kept(KEPT[change.rung])),
    line(access.sameAs, 'dim'),
    ...change.commands.map((argv) => line(`  ${commandLine(argv)}`)),
  ];
}

/** Every rung that was looked at, and why not. */
export function accessLines({ rungs, created }: Access, { access }: Messages): readonly DialogLine[] {
  return [...rungs.flatMap((rung) => rungLines(rung, access)), ...(created === null ? [] : [line(`  ${access.created(created)}`, 'dim')])];
}

function rungLines({ rung, place, refusal, kept, commands }: Rung, access: Messages['access']): readonly DialogLine[] {
  if (refusal === null) return [line(access.used(rung, place ?? '', access.kept(kept)), 'pass')];
  const offered = refusal.kind === 'read-only' || refusal.kind === 'declined';
  const told = line(access.notUsed(rung, place, access.refusal(refusal)), offered ? 'accent' : 'warn');
  return offered ? [told, line(`  ${access.kept(kept)}`), ...commands.map((argv) => line(`  ${commandLine(argv)}`, 'strong'))] : [told];
}
