import { describe, expect, test } from 'vitest';
import { CAUSE_IDS } from '../../src/domain/cause.ts';
import { NOT_YET_DETECTED } from '../../src/domain/not-yet-detected.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { ROOT, TREE } from '../../src/tree/tree.ts';

const ids = TREE.map((node) => node.id);

describe('the tree', () => {
  test('has one node of each id, and every branch leads to a node or ends', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const node of TREE) {
      for (const branch of node.branches) {
        if (branch.goto === null) continue;
        expect(ids, `${node.id}/${branch.id}`).toContain(branch.goto);
        expect(branch.causes, `${node.id}/${branch.id} goes on and ends`).toEqual([]);
      }
    }
  });

  test('is walked from its root without a circle, and every node is on some way', () => {
    const seen = new Set<string>();
    const visit = (id: string, way: readonly string[]): void => {
      expect(way, `circle at ${id}`).not.toContain(id);
      seen.add(id);
      const node = TREE.find((one) => one.id === id);
      for (const next of new Set(node?.branches.flatMap((branch) => branch.goto ?? []))) visit(next, [...way, id]);
    };
    visit(ROOT, []);
    expect([...seen].sort()).toEqual([...ids].sort());
  });

  test('can end with every cause of the catalogue that is not on the list of those still to come', () => {
    const reachable = new Set(TREE.flatMap((node) => node.branches.flatMap((branch) => branch.causes)));
    const missing = CAUSE_IDS.filter((cause) => !reachable.has(cause));
    expect([...NOT_YET_DETECTED].sort()).toEqual([...missing].sort());
  });

  for (const [language, messages] of Object.entries(LANGUAGES)) {
    test(`has texts for every node and branch in ${language}, and for nothing else`, () => {
      const shape = (nodes: Iterable<readonly [string, readonly string[]]>): unknown =>
        Object.fromEntries([...nodes].map(([id, branches]) => [id, [...branches].sort()]));
      const texts = Object.entries(messages.tree.nodes).map(([id, text]) => [id, Object.keys(text.branches)] as const);
      expect(shape(texts)).toEqual(shape(TREE.map((node) => [node.id, node.branches.map((branch) => branch.id)] as const)));
      for (const [id, text] of Object.entries(messages.tree.nodes)) {
        expect(text.question.length, `${id}: question`).toBeGreaterThan(5);
        expect(text.question.length, `${id}: question is too long for a narrow screen`).toBeLessThanOrEqual(60);
        expect(text.guide.length, `${id}: guide`).toBeGreaterThan(10);
      }
    });
  }
});
