import type { Refusal } from '../domain/access.ts';
import { hasImage } from '../kube/node-access.ts';
import type { Climber } from './way-in.ts';

export interface NodePreflight {
  readonly refusal: Refusal | null;
  /** True when the image has to be got first; null when that cannot be told. */
  readonly pulls: boolean | null;
}

/** What the node says before anything is put on it. Many people may not read nodes: then nothing is known, and nothing refused. */
export async function nodePreflight({ access, options, signal }: Climber, node: string | null): Promise<NodePreflight> {
  if (node === null) return { refusal: null, pulls: null };
  const read = await access.node(node, signal);
  if (!read.ok) return { refusal: null, pulls: null };
  const { isReady, os } = read.value;
  if (os !== null && os !== 'linux') return { refusal: { kind: 'not-here', detail: os }, pulls: null };
  if (!isReady) return { refusal: { kind: 'not-here', detail: `node ${node}: NotReady` }, pulls: null };
  return { refusal: null, pulls: !hasImage(read.value, options.image) };
}
