import type { DescribedContainer, PodDescription, PodPlace } from '../../domain/pod-pages.ts';
import type { PortResult } from '../../domain/console-ports.ts';
import type { Messages } from '../../i18n/index.ts';
import type { DialogLine } from '../../store/dialog.ts';
import { line } from '../access/change-lines.ts';
import type { ConsoleApp } from '../console-app.ts';
import { podHere } from './pod-place.ts';

/** What kubectl describe tells, as far as it bears on a connection. */
export function describePod(app: ConsoleApp): Promise<void> {
  return showPod(app, app.context.messages.podPages.describeTitle, async (place, signal) => {
    const result = await app.ports.describePod(place, signal);
    return result.ok ? { ok: true, value: descriptionLines(result.value, app.context.messages) } : result;
  });
}

export function showYaml(app: ConsoleApp): Promise<void> {
  return showPod(app, app.context.messages.podPages.yamlTitle, async (place, signal) => {
    const result = await app.ports.podYaml(place, signal);
    return result.ok ? { ok: true, value: result.value.map((text) => line(text)) } : result;
  });
}

type Read = (place: PodPlace, signal: AbortSignal) => Promise<PortResult<readonly DialogLine[]>>;

/** A page about the pod under the cursor, which is open while it is read. */
async function showPod(app: ConsoleApp, title: (name: string) => string, read: Read): Promise<void> {
  const { podPages, ui } = app.context.messages;
  const place = podHere(app);
  if (place === null) {
    app.notify('warn', podPages.noPod);
    return;
  }
  const closed = new AbortController();
  const page = app.dialogs.openPage({ title: title(`${place.namespace}/${place.pod}`), lines: [line(ui.lists.loading, 'dim')], from: 'start' });
  void page.closed.then(() => { closed.abort(); });
  const result = await read(place, closed.signal);
  page.update({ lines: result.ok ? result.value : [line(ui.failure(result.failure), 'fail')] });
}

function descriptionLines(pod: PodDescription, messages: Messages): readonly DialogLine[] {
  const text = messages.podPages;
  const { phase, node, addresses, owner, serviceAccount, dnsPolicy, hostNetwork, createdAt, labels, unmet } = pod;
  const none = messages.ui.identity.none;
  const facts: readonly (readonly [string, string])[] = [
    [text.facts.phase, phase],
    [text.facts.node, node ?? none],
    [text.facts.addresses, `${addresses.join(', ') || none}${hostNetwork ? ` (${text.hostNetwork})` : ''}`],
    [text.facts.owner, owner ?? none],
    [text.facts.serviceAccount, serviceAccount ?? none],
    [text.facts.dnsPolicy, dnsPolicy],
    [text.facts.createdAt, createdAt ?? none],
    [text.facts.labels, Object.entries(labels).map(([name, value]) => `${name}=${value}`).join(', ') || none],
  ];
  const widest = Math.max(...facts.map(([name]) => name.length));
  return [
    ...facts.map(([name, value]) => line(`${name.padEnd(widest)}  ${value}`)),
    ...unmet.map((condition) => line(`${text.unmet}: ${condition}`, 'warn')),
    ...pod.containers.flatMap((one) => [line(''), ...containerLines(one, messages)]),
    line(''),
    ...eventLines(pod, messages),
  ];
}

function containerLines({ name, kind, image, state, message, restarts, lastEnd, ports }: DescribedContainer, { podPages, ui }: Messages): readonly DialogLine[] {
  return [
    line(`${ui.containerKind[kind]} ${name}`, 'accent'),
    line(`  ${image}`),
    line(`  ${state}${restarts === 0 ? '' : `, ${podPages.restarts(restarts)}`}`, state === 'running' || kind !== 'container' ? 'plain' : 'warn'),
    ...(message === null ? [] : [line(`  ${message}`, 'warn')]),
    ...(lastEnd === null ? [] : [line(`  ${podPages.lastEnd(lastEnd)}`, 'warn')]),
    ...(ports.length === 0 ? [] : [line(`  ${podPages.ports(ports.join(', '))}`)]),
  ];
}

/** Events that may not be read are not "no events". */
function eventLines({ events, eventsFailure }: PodDescription, { podPages }: Messages): readonly DialogLine[] {
  if (events === null) return [line(podPages.eventsUnread(eventsFailure ?? ''), 'warn')];
  if (events.length === 0) return [line(podPages.noEvents, 'dim')];
  return [
    line(podPages.events, 'accent'),
    ...events.map(({ at, type, reason, message, count }) => line(`  ${at ?? ''} ${reason}${count > 1 ? ` (${count.toString()}x)` : ''}: ${message}`, type === 'Normal' ? 'plain' : 'warn')),
  ];
}
