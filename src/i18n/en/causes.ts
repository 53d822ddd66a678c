import type { CauseId } from '../../domain/cause.ts';
import type { CauseText } from '../cause-text.ts';

// Filled by the catalogue.
export const causes = {} as Readonly<Record<CauseId, CauseText>>;
