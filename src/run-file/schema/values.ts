import { z } from 'zod';
import { CAUSE_IDS } from '../../domain/cause.ts';
import { LAYERS } from '../../domain/layer.ts';
import type { CauseId } from '../../domain/cause.ts';

/** Pieces that events are made of. No line of a recording is longer than what the reader takes, so texts need no limits of their own. */
export const text = z.string();
export const texts = z.array(text).max(10_000);

/**
 * What a text names. The ids stand in the JSON Schema, and tell where names are that may have to be replaced (src/privacy); `word` alone never
 * holds one. A text of none of these is running text, and may hold any of them.
 */
export const word = z.string().meta({ id: 'word', description: 'An id of the recording, or a word of this program, of a tool, a protocol or Kubernetes.' });
export const contextName = z.string().meta({ id: 'context-name', description: 'A context of the kubeconfig.' });
export const namespaceName = z.string().meta({ id: 'namespace-name', description: 'A namespace.' });
export const podName = z.string().meta({ id: 'pod-name', description: 'A pod.' });
export const containerName = z.string().meta({ id: 'container-name', description: 'A container of a pod.' });
export const nodeName = z.string().meta({ id: 'node-name', description: 'A node of the cluster.' });
export const serviceName = z.string().meta({ id: 'service-name', description: 'A Service.' });
export const imageName = z.string().meta({ id: 'image-name', description: 'A container image, as the pod names it.' });
export const objectName = z.string().meta({ id: 'object-name', description: 'Objects of the API: `[KIND ][NAMESPACE/]NAME`, several separated by commas.' });
export const placeName = z.string().meta({ id: 'place-name', description: 'What people call a place: `NAMESPACE/POD/CONTAINER`, or the name that somebody gave it.' });
export const hostName = z.string().meta({ id: 'host-name', description: 'A host name or an IP address.' });
export const userName = z.string().meta({ id: 'user-name', description: 'Who somebody is, as far as the system says.' });
export const authorName = z.string().max(100).meta({ id: 'author-name', description: 'Who wrote a note.' });
export const distinguishedName = z.string().meta({ id: 'distinguished-name', description: 'Subject or issuer of a certificate, as the tool writes it.' });
export const labelValue = z.string().meta({ id: 'label-value', description: 'The value of a label.' });
export const argument = z.string().meta({ id: 'argument', description: 'One argument of a command; a script is one of several lines.' });

export const words = z.array(word).max(10_000);
export const argv = z.array(argument).max(10_000);
export const hostNames = z.array(hostName).max(10_000);
export const count = z.int().min(0);
export const port = z.int().min(0).max(65_535);
/** Milliseconds; negative ones are clock offsets. */
export const ms = z.number();
export const layer = z.enum(LAYERS).meta({ id: 'layer' });
export const cause = z.enum(CAUSE_IDS as readonly [CauseId, ...CauseId[]]).meta({ id: 'cause' });
export const confidence = z.enum(['certain', 'likely', 'possible']).meta({ id: 'confidence' });
export const recordType = z.enum(['A', 'AAAA', 'any']);
export const commandFailure = z.enum(['no-such-command', 'not-permitted', 'vantage-lost', 'timed-out', 'too-much-output', 'cancelled']);
export const named = z.record(word, text);
export const namedWords = z.record(word, word);
export const labels = z.record(text, labelValue);
/** What the kernel counted: a reading, or a difference of two. */
export const counts = z.record(word, z.number());
