import type { RawLooks } from '../grammar/console.ts';

/** Options of `report` as they were typed. */
export interface RawReportOptions {
  readonly output?: string;
  readonly privacy?: boolean;
}

/** Options of `replay` as they were typed. */
export interface RawReplayOptions extends RawReportOptions, RawLooks {
  readonly toEnd?: boolean;
  readonly redecide?: boolean;
}

export interface RawDemoOptions extends RawReportOptions, RawLooks {}

export interface RawAttachOptions extends RawLooks {
  readonly followDriver?: boolean;
  readonly list?: boolean;
  readonly output?: string;
}
