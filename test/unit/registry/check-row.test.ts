import { describe, expect, it } from 'vitest';
import { checkRow } from '../../../shared/domain/registry/check-row.js';
import { ACCOUNT_NETWORKS } from '../../../shared/networks.js';
import { LocalDate } from '../../../shared/domain/time.js';
import { anAgency } from '../../fixtures/registry.js';
import { aRow } from '../../fixtures/registry-row.js';

const around = {
  guard: 'public',
  today: LocalDate.parse('2026-11-23'),
  settings: anAgency().networks,
} satisfies Parameters<typeof checkRow>[1];

const faultsOf = (overrides: Parameters<typeof aRow>[0]): string[] => {
  const checked = checkRow(aRow(overrides), around);
  return checked.kind === 'good' ? [] : checked.faults.map(({ column, reason }) => `${column} ${reason}`);
};

describe('a row', () => {
  it('with everything holds', () => {
    expect(faultsOf({})).toEqual([]);
    expect(
      faultsOf({
        supervisorEmployeeNumber: '19750101 200003 1 001',
        declarationRef: 'SP-1/2026',
        declaredOn: '2026-11-23',
        noticeVersion: '1',
        effectiveFrom: '2026-09-01',
        effectiveTo: '2026-09-01',
      }),
    ).toEqual([]);
  });

  it('of a person without an account holds', () => {
    expect(faultsOf({ email: '', network: '', handle: '' })).toEqual([]);
  });

  it.each([
    [{ employmentType: 'pns' }, ['employmentType must be PNS, CPNS, PPPK or PPPK_PARUH_WAKTU']],
    [{ name: ' ' }, ['name is empty']],
    [{ unit: '' }, ['unit is empty']],
    [{ employeeNumber: '' }, ['employeeNumber is empty']],
    [{ email: 'sari' }, ['email is not an e-mail address']],
    [{ area: '99.1' }, ['area must be dotted codes from the province down, like 99 or 99.01']],
    [{ network: 'bluebird' }, [`network must be one of ${ACCOUNT_NETWORKS.join(', ')}`]],
    [
      { network: 'mastodon', handle: '@sari@lain.example' },
      [
        'handle is at a host that no administrator has approved; read its terms, then: netral networks approve HOST',
      ],
    ],
    [{ network: 'mastodon', handle: '@sari@sosial.sukamaju.example' }, []],
    [{ network: '' }, ['network is empty although there is a handle']],
    [{ handle: '' }, ['handle is empty although there is a network']],
    [{ handle: 'blog saya' }, ['handle is not an address; write it whole, https://…']],
    [{ handle: 'http://satu.sukamaju.example/' }, ['handle must begin with https://']],
    [{ handle: 'https://127.0.0.1/feed' }, ['handle is not at a public name']],
    [{ effectiveFrom: '1/9/2026' }, ['effectiveFrom must be a date like 2026-01-31']],
    [{ effectiveFrom: '2026-09-02', effectiveTo: '2026-09-01' }, ['effectiveTo is before effectiveFrom']],
    [
      { declarationRef: 'SP-1' },
      [
        'declaredOn is empty although there is a signed declaration',
        'noticeVersion is empty although there is a signed declaration',
      ],
    ],
    [
      { declarationRef: 'SP-1', declaredOn: '2026-11-24', noticeVersion: '1' },
      ['declaredOn is in the future'],
    ],
    [{ supervisorEmployeeNumber: '199003122015032001' }, ['supervisorEmployeeNumber is the person themself']],
    [
      { employeeNumber: '1,99E+17', supervisorEmployeeNumber: '12', name: '', area: 'x' },
      [
        'employeeNumber was changed by a spreadsheet (…E+17), its last digits are lost: format the column as text and copy it anew',
        'supervisorEmployeeNumber must have 18 digits, has 2',
        'name is empty',
        'area must be dotted codes from the province down, like 99 or 99.01',
      ],
    ],
  ])('with %o is told everything that is wrong', (overrides, faults) => {
    expect(faultsOf(overrides)).toEqual(faults);
  });
});

it('of a network that nobody may read by machine holds: its posts are given in by people', () => {
  expect(checkRow(aRow({ network: 'facebook', handle: 'Sari.Dewi.99' }), around)).toMatchObject({
    kind: 'good',
    place: { handle: 'saridewi99', identity: null },
  });
});
