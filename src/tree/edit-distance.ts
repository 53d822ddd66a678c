/** Letters that have to be inserted, deleted, replaced or exchanged with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const exchanged = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const steps = [(rows[row - 1]?.[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (rows[row - 1]?.[column - 1] ?? 0) + (same ? 0 : 1)];
      if (exchanged) steps.push((rows[row - 2]?.[column - 2] ?? 0) + 1);
      current.push(Math.min(...steps));
    }
    rows.push(current);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
