import { LAYERS } from './layer.ts';

/** The parts of the screen that shows a run: what somebody looks at, and what one who follows may be shown. */
export const RUN_PANELS = ['verdict', 'path', 'picture', ...LAYERS] as const;
export type RunPanel = (typeof RUN_PANELS)[number];

/** Where the one who drives a console looks. */
export interface DriverView {
  readonly panel: RunPanel;
  readonly zoomed: boolean;
}
