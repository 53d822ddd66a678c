import type { Confidence } from '../../domain/cause.ts';
import type { UnavailableReason } from '../../domain/facts.ts';
import type { Layer, LayerStatus } from '../../domain/layer.ts';
import type { CauseParameters, VerdictStatus } from '../../domain/verdict.ts';
import { afterColon, endpoint, inBrackets } from '../phrases.ts';

const layers: Readonly<Record<Layer, string>> = {
  application: 'Application (4)',
  transport: 'Transport (3)',
  internet: 'Internet (2)',
  'network-access': 'Network access (1)',
};

const status: Readonly<Record<VerdictStatus, string>> = { reachable: 'Reachable', fault: 'Fault found', inconclusive: 'Inconclusive' };

const confidence: Readonly<Record<Confidence, string>> = { certain: 'certain', likely: 'likely', possible: 'possible' };

const layerStatus: Readonly<Record<LayerStatus, string>> = { pass: 'works', fail: 'fault', warn: 'warning', unknown: 'unknown', skipped: 'not needed' };

/** Said of a layer that has no cause of its own to name. */
const layerSummary: Readonly<Record<LayerStatus, string>> = {
  pass: 'What was asked of this layer works.',
  fail: 'Something that was asked of this layer fails.',
  warn: 'Something in this layer deserves a look.',
  unknown: 'Nothing can be said about this layer.',
  skipped: 'This layer did not have to be asked.',
};

const unavailable: Readonly<Record<UnavailableReason, string>> = {
  'no-tool': 'no tool for it here',
  'not-permitted': 'not permitted',
  'not-understood': 'the output was not understood',
  'command-failed': 'the command failed',
  'vantage-lost': 'the connection to the place was lost',
  cancelled: 'cancelled, because the verdict no longer needed it',
  'timed-out': 'no answer within the time limit',
};

const ended = {
  completed: (seconds: string): string => `Finished after ${seconds} s.`,
  'timed-out': (seconds: string): string => `Stopped at the time limit, after ${seconds} s.`,
  interrupted: (seconds: string): string => `Interrupted after ${seconds} s.`,
};

/** What reports say beside the causes' own texts. Sentences end in a full stop. */
export const report = {
  layers,
  status,
  confidence,
  layerStatus,
  layerSummary,
  unavailable,
  ended,
  otherTrustStore: 'The certificate was judged by the trust store of the image with the tools, not by the application’s.',
  reachable: (p: CauseParameters): string => `${endpoint(p)}${inBrackets(p)} is reachable and answers${afterColon(p)}.`,
  inconclusive: (p: CauseParameters): string => `The evidence does not single out a cause for ${endpoint(p)}${inBrackets(p)}${afterColon(p)}.`,
  nearest: (summary: string): string => `Not certain, but the nearest explanation: ${summary}`,
  noVerdict: (p: CauseParameters): string => `The run ended before there was a verdict about ${endpoint(p)}.`,
  from: 'From',
  to: 'To',
  thisMachine: 'this machine',
  pod: (name: string, container: string, node: string | null): string => `pod ${name}, container ${container}${node === null ? '' : `, on node ${node}`}`,
  picked: (pod: string, workload: string): string => `Picked pod ${pod} for ${workload}.`,
  contrast: 'Compared with',
  unusable: (vantage: string, reason: string): string => `${vantage} cannot be used: ${reason}`,
  exit: (code: number): string => `exit ${code.toString()}`,
  tools: 'Tools',
  counted: 'Counted by the kernel since the start',
  noTools: 'none',
  evidence: 'Evidence',
  ruledOut: 'Ruled out',
  untestable: 'Could not be asked',
  notes: 'Also noticed',
  changes: 'Changed in the last hour (UTC)',
  nextSteps: 'Next steps',
  commands: 'See it again',
  script: 'with its script: -o json',
  layersTitle: 'Layers',
  remark: (by: string, writtenAt: string, text: string): string => `# note by ${by}, ${writtenAt}: ${text}`,
};
