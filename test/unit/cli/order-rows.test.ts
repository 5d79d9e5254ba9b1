import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderRows } from '../../../cli/order-rows.js';
import type { FileRow } from '../../../cli/read-registry.js';
import { EmployeeNumber } from '../../../shared/domain/registry/employee-number.js';
import { aRow } from '../../fixtures/registry-row.js';

const number = (ordinal: number) => EmployeeNumber.parse(String(ordinal).padStart(18, '0'));
const row = (person: number, supervisor: number | null, line = person + 2): FileRow => ({
  line,
  written: aRow(),
  person: number(person),
  supervisor: supervisor === null ? null : number(supervisor),
});
const nobody = () => Promise.resolve(new Set<EmployeeNumber>());
const linesOf = (found: { readonly line: number }[] | readonly { readonly line: number }[]) =>
  found.map(({ line }) => line);

describe('the order of rows', () => {
  it('puts superiors before their staff, however the file has them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 40 }),
        fc.nat(),
        async (picks, seed) => {
          const rows = picks.map((pick, index) => row(index, index === 0 ? null : pick % index));
          const shuffled = rows.toSorted(
            (left, right) => ((left.line * 7919 + seed) % 101) - ((right.line * 7919 + seed) % 101),
          );
          const ordered = await orderRows(shuffled, nobody);
          expect(ordered.faults).toEqual([]);
          const place = new Map(ordered.rows.map(({ person }, index) => [person, index]));
          for (const { person, supervisor } of ordered.rows)
            if (supervisor !== null) expect(place.get(supervisor)).toBeLessThan(place.get(person) ?? -1);
          expect(ordered.rows).toHaveLength(rows.length);
        },
      ),
    );
  });

  it('keeps who has a superior on record, and asks of each number once', async () => {
    const asked: EmployeeNumber[] = [];
    const ordered = await orderRows([row(1, 9), row(2, 9)], (numbers) => {
      asked.push(...numbers);
      return Promise.resolve(new Set([number(9)]));
    });
    expect(ordered.faults).toEqual([]);
    expect(asked).toEqual([number(9)]);
  });

  it('drops whoever leans on somebody unknown, and whoever leans on them', async () => {
    const { rows, faults } = await orderRows([row(1, 9), row(2, 1), row(3, null)], nobody);
    expect(linesOf(rows)).toEqual([5]);
    expect(linesOf(faults)).toEqual([3, 4]);
  });

  it('names the lines of a circle, and drops all rows of those in it', async () => {
    const { rows, faults } = await orderRows(
      [row(1, 3), row(2, 1), row(3, 2), row(3, 2, 50), row(4, 1), row(5, null)],
      nobody,
    );
    expect(linesOf(rows)).toEqual([7]);
    expect(faults.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'is part of a circle of superiors: lines 3, 4, 50'],
      [4, 'is part of a circle of superiors: lines 3, 4, 50'],
      [50, 'is part of a circle of superiors: lines 3, 4, 50'],
      [6, 'is neither on record nor in a good row of this file'],
    ]);
  });
});
