import { basename, resolve } from 'node:path';
import type { PortResult } from '../../domain/console-ports.ts';
import type { ExportRequest, ExportStep } from '../../domain/exported.ts';
import type { OpenedRecording, Playback, RecordingRow } from '../../domain/playback.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { problemLines } from '../problem.ts';
import type { CommandContext } from '../context.ts';
import { demos } from '../demo/shelf.ts';
import { Player } from './player.ts';

/** What the console does with recordings. Reading and checking them is loaded when one is wanted. */
export class ConsoleRecordings {
  readonly #context: CommandContext;
  #ofRun: string | null = null;
  readonly #events = new Map<string, readonly RunEvent[]>();

  constructor(context: CommandContext) {
    this.#context = context;
  }

  /** Past runs, the newest first, and then the demos. */
  async list(): Promise<readonly RecordingRow[]> {
    const { pastRuns } = await import('../commands/runs.ts');
    return [...(await pastRuns(this.#context)), ...this.demos()];
  }

  demos(): readonly RecordingRow[] {
    return demos(this.#context.messages).map(({ id, story, path }) => ({ kind: 'demo', path, name: id, about: story }));
  }

  async open(path: string): Promise<PortResult<OpenedRecording>> {
    const { gapsOf, openRecording } = await import('./open.ts');
    const opened = await openRecording(path, this.#context);
    if (!opened.ok) return { ok: false, failure: { kind: 'failed', detail: problemLines(opened.problem, this.#context.messages)[0] ?? '' } };
    const { recording } = opened.value;
    const { events } = recording;
    const [started] = events;
    if (started?.kind !== 'run-started') return { ok: false, failure: { kind: 'failed', detail: path } };
    this.#events.set(path, events);
    return { ok: true, value: { path, name: basename(path), target: started.target, dependencyText: started.dependency.url, gaps: gapsOf(recording, this.#context.messages) } };
  }

  /** Where the run on the screen is recorded; null: nowhere. */
  keepsRunIn(path: string | null): void {
    this.#ofRun = path;
  }

  /** `netdiag-20260301T031200Z-1f3a9c2e` in the working folder, as its recording is named; null when there is none. */
  exportFolder(recording: string | null): string | null {
    const path = recording ?? this.#ofRun;
    return path === null ? null : resolve(`netdiag-${basename(path, '.jsonl')}`);
  }

  async *export({ recording, ...request }: ExportRequest): AsyncGenerator<ExportStep> {
    const path = recording ?? this.#ofRun;
    if (path === null) return;
    const { exportRecording } = await import('./export.ts');
    yield* exportRecording(path, request, this.#context.messages);
  }

  /** From its beginning. The path was opened before. */
  play(path: string): Playback {
    return new Player(this.#events.get(path) ?? []);
  }
}
