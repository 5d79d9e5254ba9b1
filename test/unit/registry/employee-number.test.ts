import { describe, expect, it } from 'vitest';
import {
  EmployeeNumber,
  employeeNumberFault,
  masked,
} from '../../../shared/domain/registry/employee-number.js';

describe('a number of a PNS', () => {
  it.each([
    '199003122015032001',
    '19900312 201503 2 001',
    '19900312-201503-2-001',
    '20000229 202403 1 999',
    '19000312 192501 1 001',
    '19900312 201512 2 001',
  ])('as %s holds', (written) => {
    expect(employeeNumberFault(written, 'PNS')).toBeNull();
    expect(employeeNumberFault(written, 'CPNS')).toBeNull();
  });

  it.each([
    ['19900231 201503 2 001', 'date of birth'],
    ['19900229 201503 2 001', 'date of birth'],
    ['18990312 201503 2 001', 'date of birth'],
    ['19900312 201500 2 001', 'month'],
    ['19900312 201513 2 001', 'month'],
    ['19900312 200602 2 001', '16 years'],
    ['19900312 198503 2 001', '16 years'],
    ['19900312 201503 3 001', '1 or 2'],
    ['19900312 201503 0 001', '1 or 2'],
    ['19900312 201503 2 000', 'rounded'],
    ['1,99003E+17', 'spreadsheet'],
    ['1.99003122015032e+17', 'spreadsheet'],
    [' 1,99003E+17 ', 'spreadsheet'],
    ['1,99003E17', 'spreadsheet'],
    ['2E+17', 'spreadsheet'],
    ['12,99003E+17', 'nothing but'],
    ['1,99003E+17 lagi', 'nothing but'],
    ['9900312 201503 2 001', 'leading digit'],
    ['1990031220150320011', '18 digits, has 19'],
    ['130123456', 'old number'],
    ['', '18 digits, has 0'],
    ['19900312 2015O3 2 001', 'nothing but'],
  ])('as %s does not: %s', (written, reason) => {
    expect(employeeNumberFault(written, 'PNS')).toContain(reason);
  });

  it('has its month of entry also before it is one', () => {
    expect(employeeNumberFault('19900312 202321 2 001', 'CPNS')).toContain('month');
  });

  it('is only said to have lost a digit where one is missing', () => {
    expect(employeeNumberFault('1990031220150320011', 'PNS')).toBe('must have 18 digits, has 19');
  });

  it('takes somebody who began at 16 to the month', () => {
    expect(employeeNumberFault('19900312 200603 2 001', 'PNS')).toBeNull();
  });
});

describe('a number of a PPPK', () => {
  it.each(['19900312 202321 2 001', '19900312 202301 1 001', '19900312 202399 1 001'])(
    'as %s holds, whatever the number of the agreement',
    (written) => {
      expect(employeeNumberFault(written, 'PPPK')).toBeNull();
      expect(employeeNumberFault(written, 'PPPK_PARUH_WAKTU')).toBeNull();
    },
  );

  it('is none of a PNS: its agreement is no month', () => {
    expect(employeeNumberFault('19900312 202321 2 001', 'PNS')).toContain('month');
  });

  it('needs a year of appointment at 16 or later', () => {
    expect(employeeNumberFault('19900312 200521 2 001', 'PPPK')).toContain('16 years');
    expect(employeeNumberFault('19900312 200621 2 001', 'PPPK')).toBeNull();
  });
});

describe('a reason', () => {
  it('repeats nothing of the number', () => {
    for (const written of ['19900231 201503 2 001', '1,99003E+17', '9900312 201503 2 001'])
      expect(employeeNumberFault(written, 'PNS')).not.toMatch(/1990|9900|99003/);
  });
});

it('a masked number keeps the year and the sequence', () => {
  expect(masked(EmployeeNumber.parse('198609262015051001'))).toBe('1986•••• •••••• • 001');
});
