import { Readable } from 'node:stream';
import { readRegistry } from '../../../cli/read-registry.js';
import { REGISTRY_COLUMNS } from '../../../shared/domain/registry/registry-row.js';
import { USUAL_NETWORK_SETTINGS } from '../../../shared/domain/registry/network-settings.js';
import { LocalDate } from '../../../shared/domain/time.js';
import { aRow } from '../../fixtures/registry-row.js';

const ROWS = 100_000;

const two = (number: number): string => String(number).padStart(2, '0');

/** Another number for each ordinal up to 300,000: by month and day of birth, and sequence. */
const employeeNumber = (ordinal: number): string => {
  const [day, sequence] = [Math.floor(ordinal / 999), (ordinal % 999) + 1];
  const born = `1990${two((day % 12) + 1)}${two((Math.floor(day / 12) % 28) + 1)}`;
  return `${born}2015031${String(sequence).padStart(3, '0')}`;
};

/** As many people, each with an account of their own; all but the first have a superior. */
const lines = function* () {
  yield `${REGISTRY_COLUMNS.join(',')}\n`;
  for (let ordinal = 0; ordinal < ROWS; ordinal += 1) {
    const row = aRow({
      employeeNumber: employeeNumber(ordinal),
      name: `Pegawai ${ordinal}`,
      email: `pegawai.${ordinal}@sukamaju.example`,
      supervisorEmployeeNumber: ordinal === 0 ? '' : employeeNumber(Math.floor(ordinal / 10)),
      handle: `https://pegawai-${ordinal}.sukamaju.example/feed.xml`,
      declarationRef: `SP-${ordinal}/2026`,
      declaredOn: '2026-09-01',
      noticeVersion: '1',
    });
    yield `${REGISTRY_COLUMNS.map((column) => row[column]).join(',')}\n`;
  }
};

const { rows, faults } = await readRegistry(Readable.from(lines(), { objectMode: false }), {
  guard: 'public',
  today: LocalDate.parse('2026-11-23'),
  settings: USUAL_NETWORK_SETTINGS,
});
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ rows: rows.length, faults: faults.length, peakMegabytes }));
