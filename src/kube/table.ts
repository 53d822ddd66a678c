import { cleanLine } from '../domain/sanitise.ts';

/*
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables: the server makes the rows that kubectl
 * prints. Without the objects (includeObject=None) ten thousand pods are 1.5 MB instead of 48.8 MB.
 */
export const AS_TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

export interface TableRow {
  readonly cells: readonly unknown[];
}

export function isTableRow(row: unknown): row is TableRow {
  return typeof row === 'object' && row !== null && 'cells' in row && Array.isArray(row.cells);
}

/** A row's cells by their column's name, in lower case. */
export type Cells = (column: string) => string;
export type ToRow<Row> = (cell: Cells, namespace: string) => Row;

export function cellsOf(columns: readonly string[], { cells }: TableRow): Cells {
  return (column) => cellText(cells[columns.indexOf(column)]);
}

function cellText(cell: unknown): string {
  return cell === undefined || cell === null ? '' : cleanLine(typeof cell === 'string' ? cell : JSON.stringify(cell));
}
