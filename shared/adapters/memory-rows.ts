import type * as z from 'zod';
import type { SaveOutcome } from '../ports.js';

/** The result of work that is done at once; a throw becomes a rejection, as from a real store. */
export const promised = <Result>(work: () => Result): Promise<Result> =>
  new Promise((resolve) => {
    resolve(work());
  });

const frozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

/** Values of a fake store by their id. They go in as parsed copies and never change, so whoever reads one may keep it. */
export const memoryRows = <Row>(schema: z.ZodType<Row>) => {
  const rows = new Map<string, Row>();
  return {
    get: (id: string): Row | null => rows.get(id) ?? null,
    set: (id: string, row: Row): void => {
      rows.set(id, frozen(schema.parse(structuredClone(row))));
    },
    delete: (id: string): void => {
      rows.delete(id);
    },
    all: (): Row[] => [...rows.values()],
  };
};

type MemoryRows<Row> = ReturnType<typeof memoryRows<Row>>;

/** Saves a value whose `revision` is one above what is stored, or 0 where nothing is. */
export const saveRow = <Row extends { readonly revision: number }>(
  rows: Pick<MemoryRows<Row>, 'get' | 'set'>,
  id: string,
  row: Row,
): SaveOutcome => {
  if (row.revision !== (rows.get(id)?.revision ?? -1) + 1) return 'stale';
  rows.set(id, row);
  return 'saved';
};
