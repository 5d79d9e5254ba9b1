import { execFile } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readRegistry } from '../../../cli/read-registry.js';
import { REGISTRY_COLUMNS } from '../../../shared/domain/registry/registry-row.js';
import { USUAL_NETWORK_SETTINGS } from '../../../shared/domain/registry/network-settings.js';
import { LocalDate } from '../../../shared/domain/time.js';
import { aRow } from '../../fixtures/registry-row.js';

const around = {
  guard: 'public' as const,
  today: LocalDate.parse('2026-11-23'),
  settings: USUAL_NETWORK_SETTINGS,
};
const header = REGISTRY_COLUMNS.join(',');

const line = (overrides: Parameters<typeof aRow>[0] = {}, separator = ','): string => {
  const row = aRow(overrides);
  return REGISTRY_COLUMNS.map((column) => row[column]).join(separator);
};
const read = (text: string | Buffer) => readRegistry(Readable.from([Buffer.from(text)]), around);
const reasons = async (text: string | Buffer): Promise<string[]> =>
  (await read(text)).faults.map(({ line: at, column, reason }) => `${at} ${column}: ${reason}`);

describe('registry.csv', () => {
  it.each([
    ['as it should be', `${header}\n${line()}\n`],
    ['with a byte order mark', `\ufeff${header}\n${line()}\n`],
    ['with the line ends of Windows', `${header}\r\n${line()}\r\n`],
    [
      'with semicolons, as Excel writes it in Indonesia',
      `${header.replaceAll(',', ';')}\n${line({}, ';')}\n`,
    ],
    ['with empty lines', `${header}\n\n${line()}\n\n`],
    ['without a line end at its end', `${header}\n${line()}`],
    ['with its columns in another order', 'X'],
  ])('%s is read', async (_how, text) => {
    const row = aRow();
    const turned = [...REGISTRY_COLUMNS].reverse();
    const given = text === 'X' ? `${turned.join(',')}\n${turned.map((name) => row[name]).join(',')}` : text;
    const { rows, faults } = await read(given);
    expect(faults).toEqual([]);
    expect(rows).toMatchObject([{ written: row, person: row.employeeNumber, supervisor: null }]);
  });

  it('keeps a comma inside a name where semicolons separate', async () => {
    const { rows } = await read(
      `${header.replaceAll(',', ';')}\n${line({ name: 'Sari Lestari, S.Pd.' }, ';')}`,
    );
    expect(rows).toMatchObject([{ written: { name: 'Sari Lestari, S.Pd.' } }]);
  });

  it('is read the same however it is cut into chunks', async () => {
    const bytes = Buffer.from(
      `${header.replaceAll(',', ';')}\r\n${line({ name: 'Siti Nurjanah “Nur”' }, ';')}\r\n`,
    );
    const whole = await read(bytes);
    const bytewise = await readRegistry(Readable.from([...bytes].map((byte) => Buffer.from([byte]))), around);
    expect(bytewise).toEqual(whole);
    expect(whole.rows).toHaveLength(1);
  });

  it('names every fault of every line at once, with line and column', async () => {
    expect(
      await reasons(
        [
          header,
          line(),
          line({ employeeNumber: '1,99E+17'.replace(',', '.'), area: 'x' }),
          'a,b',
          line(),
          line({ handle: 'https://dua.sukamaju.example/', name: 'Orang Lain' }),
        ].join('\n'),
      ),
    ).toEqual([
      '3 employeeNumber: was changed by a spreadsheet (…E+17), its last digits are lost: format the column as text and copy it anew',
      '3 area: must be dotted codes from the province down, like 99 or 99.01',
      '4 : has 2 cells, the header has 14',
      '5 handle: is the same account as in line 2',
      '6 name: differs from line 2, which has the same employee number',
    ]);
  });

  it('whose header is wrong is told which name was meant, and its rows are not judged', async () => {
    const wrong = header
      .replace('employeeNumber', 'employee_nmber')
      .replace(',unit', ',unit,party')
      .replace(',area', '');
    expect(await reasons(`${wrong}\nrubbish`)).toEqual([
      '1 : the header does not fit; unknown: “employee_nmber” (did you mean employeeNumber?), “party”; missing: employeeNumber, area',
    ]);
  });

  it('of another make is told in one sentence what is missing and what is unknown', async () => {
    expect(await reasons('NIP,Nama Lengkap\n1,Sari\n')).toEqual([
      `1 : the header does not fit; unknown: “NIP”, “Nama Lengkap”; missing: ${REGISTRY_COLUMNS.join(', ')}`,
    ]);
  });

  it('with a column twice is refused', async () => {
    expect(await reasons(`${header},name\n`)).toEqual(['1 : the header does not fit; there twice: name']);
  });

  it('that is not UTF-8 is told where', async () => {
    const latin = Buffer.from(`${header}\n${line({ name: 'Andr\u00e9' })}`, 'latin1');
    expect(await reasons(latin)).toEqual(['2 : is not UTF-8; save the file as “CSV UTF-8”']);
  });

  it('of 100,000 people is checked in less than 512 MB', async () => {
    const script = fileURLToPath(new URL('./read-many-rows.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
    const read = z.object({ rows: z.int(), faults: z.int(), peakMegabytes: z.number() });
    const { rows, faults, peakMegabytes } = read.parse(JSON.parse(stdout));
    expect({ rows, faults }).toEqual({ rows: 100_000, faults: 0 });
    expect(peakMegabytes).toBeLessThan(512);
  }, 120_000);

  it.each(['', '\n', '\ufeff'])('that is empty is said to be', async (text) => {
    expect(await reasons(text)).toEqual(['1 : the file is empty']);
  });

  it('with a stray quotation mark is told where reading ended', async () => {
    expect(await reasons(`${header}\n${line()}\n"${line()}\n`)).toEqual([
      expect.stringMatching(/^\d+ : a quotation mark is not where CSV has it/),
    ]);
  });
});
