import type { EmployeeNumber } from '../shared/domain/registry/employee-number.js';
import type { FileRow, LineFault } from './read-registry.js';

const COLUMN = 'supervisorEmployeeNumber';

interface Ordered {
  /** Superiors before their staff. */
  readonly rows: readonly FileRow[];
  readonly faults: readonly LineFault[];
}

/** Everybody who is their own superior in the end, circle by circle. */
const circles = (rows: ReadonlyMap<EmployeeNumber, FileRow>): (readonly FileRow[])[] => {
  const settled = new Set<EmployeeNumber>();
  const found: (readonly FileRow[])[] = [];
  for (const start of rows.keys()) {
    const path: FileRow[] = [];
    let row = rows.get(start);
    while (row !== undefined && !settled.has(row.person) && !path.includes(row)) {
      path.push(row);
      row = row.supervisor === null ? undefined : rows.get(row.supervisor);
    }
    if (row !== undefined && path.includes(row)) found.push(path.slice(path.indexOf(row)));
    for (const { person } of path) settled.add(person);
  }
  return found;
};

const circleFaults = (circle: readonly FileRow[]): LineFault[] => {
  const lines = circle.map(({ line }) => line).sort((left, right) => left - right);
  const reason = `is part of a circle of superiors: lines ${lines.join(', ')}`;
  return lines.map((line) => ({ line, column: COLUMN, reason }));
};

const depthIn = (rows: ReadonlyMap<EmployeeNumber, FileRow>) => {
  const depths = new Map<EmployeeNumber, number>();
  return (row: FileRow): number => {
    const path: FileRow[] = [];
    let at: FileRow | undefined = row;
    while (at !== undefined && !depths.has(at.person)) {
      path.push(at);
      at = at.supervisor === null ? undefined : rows.get(at.supervisor);
    }
    let depth = at === undefined ? -1 : (depths.get(at.person) ?? -1);
    for (const { person } of path.reverse()) {
      depth += 1;
      depths.set(person, depth);
    }
    return depths.get(row.person) ?? 0;
  };
};

/**
 * Checks who is whose superior over the whole file, and puts superiors first. `isOnRecord` says which numbers the registry
 * knows. Whoever leans on a row that falls out falls out too.
 */
export const orderRows = async (
  read: readonly FileRow[],
  isOnRecord: (numbers: readonly EmployeeNumber[]) => Promise<ReadonlySet<EmployeeNumber>>,
): Promise<Ordered> => {
  const found = circles(new Map(read.map((row) => [row.person, row])));
  const faults = found.flatMap(circleFaults);
  const circling = new Set(found.flat().map(({ person }) => person));
  let rows = read.filter(({ person }) => !circling.has(person));
  const asked = new Set<EmployeeNumber>();
  const onRecord = new Set<EmployeeNumber>();
  for (;;) {
    const inFile = new Set(rows.map(({ person }) => person));
    const outside = [
      ...new Set(rows.flatMap(({ supervisor }) => (supervisor === null ? [] : [supervisor]))),
    ].filter((number) => !inFile.has(number) && !asked.has(number));
    for (const number of outside) asked.add(number);
    if (outside.length > 0) for (const number of await isOnRecord(outside)) onRecord.add(number);
    const holds = ({ supervisor }: FileRow): boolean =>
      supervisor === null || inFile.has(supervisor) || onRecord.has(supervisor);
    const fallen = rows.filter((row) => !holds(row));
    if (fallen.length === 0) break;
    faults.push(
      ...fallen.map(({ line }) => ({
        line,
        column: COLUMN,
        reason: 'is neither on record nor in a good row of this file',
      })),
    );
    rows = rows.filter(holds);
  }
  const depth = depthIn(new Map(rows.map((row) => [row.person, row])));
  return { rows: rows.toSorted((left, right) => depth(left) - depth(right)), faults };
};
