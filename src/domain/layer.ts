/** The four TCP/IP layers, in the order the guide walks them (application first), with the guide's numbers. */
export const LAYERS = ['application', 'transport', 'internet', 'network-access'] as const;
export type Layer = (typeof LAYERS)[number];

/** The guide counts from the bottom: application is 4, network access is 1. */
export const LAYER_NUMBER: Readonly<Record<Layer, number>> = {
  application: 4,
  transport: 3,
  internet: 2,
  'network-access': 1,
};

export type LayerStatus = 'pass' | 'fail' | 'warn' | 'unknown' | 'skipped';

export interface LayerState {
  readonly layer: Layer;
  readonly status: LayerStatus;
  /** Ids of the observations that decided the status; empty when nothing was asked. */
  readonly observations: readonly string[];
}
