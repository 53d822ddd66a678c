/** The same plain data (JSON's types) with every string in it passed through `change`, keys of objects included. What does not change is not copied. */
export function mapStrings<T>(data: T, change: (text: string) => string): T {
  return mapped(data, change) as T;
}

function mapped(data: unknown, change: (text: string) => string): unknown {
  if (typeof data === 'string') return change(data);
  if (Array.isArray(data)) {
    const items = data.map((item) => mapped(item, change));
    return items.some((item, index) => item !== data[index]) ? items : data;
  }
  return data !== null && typeof data === 'object' ? mappedObject(data as Readonly<Record<string, unknown>>, change) : data;
}

function mappedObject(data: Readonly<Record<string, unknown>>, change: (text: string) => string): unknown {
  const keys = Object.keys(data);
  const names = keys.map(change);
  const values = keys.map((key) => mapped(data[key], change));
  const isSame = keys.every((key, index) => names[index] === key && values[index] === data[key]);
  return isSame ? data : Object.fromEntries(names.map((name, index) => [name, values[index]]));
}
