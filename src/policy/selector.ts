/**
 * Label selectors as the Kubernetes API defines them (meta/v1 LabelSelector): all terms must hold; an empty selector selects
 * everything; NotIn and DoesNotExist hold for an object that lacks the label.
 */
export interface LabelExpression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

export interface LabelSelector {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly LabelExpression[];
}

export type Labels = Readonly<Record<string, string>>;

export const SELECT_ALL: LabelSelector = { labels: {}, expressions: [] };

export function selects(selector: LabelSelector, labels: Labels): boolean {
  for (const key in selector.labels) {
    if (valueOf(labels, key) !== selector.labels[key]) return false;
  }
  return selector.expressions.every((expression) => holds(expression, labels));
}

function holds({ key, operator, values }: LabelExpression, labels: Labels): boolean {
  const value = valueOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

/** Own properties alone: a label may be called `constructor`. */
function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** Both at once: what it selects is selected by each of the two. Meant for two selectors that select a common object. */
export function both(one: LabelSelector, other: LabelSelector): LabelSelector {
  const known = new Set(one.expressions.map((expression) => JSON.stringify(expression)));
  return {
    labels: { ...one.labels, ...other.labels },
    expressions: [...one.expressions, ...other.expressions.filter((expression) => !known.has(JSON.stringify(expression)))],
  };
}

export function isEmptySelector({ labels, expressions }: LabelSelector): boolean {
  return Object.keys(labels).length === 0 && expressions.length === 0;
}
