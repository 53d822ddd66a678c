import { expect, test } from 'vitest';
import type { CauseId } from '../../src/domain/cause.ts';
import { observationOf, situation, walkToEnd, type Setting } from './situation.ts';
import { expectSoundWalk, shortly, type Shortly } from './expect-ending.ts';

export interface Story extends Setting {
  readonly story: string;
  readonly ends: Shortly;
  /** A step that the walk must have taken: `dns.resolve/nxdomain`. */
  readonly by?: string;
  /** Questions whose answers must be among the evidence, as `vantage kind`; the vantage `target` may be left out. */
  readonly evidence?: readonly string[];
  /** Words that the verdict's detail must hold. */
  readonly detail?: string;
  readonly contrast?: string;
  /** Causes of the notes, all of them. */
  readonly notes?: readonly CauseId[];
}

/** Each story is walked to its end; what it does not tell is unavailable. */
export function tellStories(stories: readonly Story[]): void {
  for (const one of stories) {
    test(`${one.story}: ${one.ends}`, () => {
      const { walk, situation: final } = walkToEnd(situation(one));
      expectSoundWalk(walk, final);
      if (walk.ending === null) throw new Error('no ending');
      expect(shortly(walk.ending), walk.path.map(({ node, answer }) => `${node}/${answer ?? ''}`).join(' ')).toBe(one.ends);
      if (one.by !== undefined) expect(walk.path.map(({ node, answer }) => `${node}/${answer ?? ''}`)).toContain(one.by);
      if (one.detail !== undefined) expect(walk.ending.parameters.detail).toContain(one.detail);
      if (one.contrast !== undefined) expect(walk.ending.parameters.contrast).toBe(one.contrast);
      if (one.notes !== undefined) expect(walk.ending.notes.map(({ cause }) => cause)).toEqual(one.notes);
      const seen = walk.ending.evidence.map((id) => {
        const observation = observationOf(final, id);
        const where = observation?.vantage === 'target' ? '' : `${observation?.vantage.replace('contrast:', '') ?? ''} `;
        return `${where}${observation?.question.kind ?? ''}`;
      });
      for (const kind of one.evidence ?? []) expect(seen).toContain(kind);
    });
  }
}
