import { personId } from '../../shared/domain/registry/imported.js';
import { EmployeeNumber } from '../../shared/domain/registry/employee-number.js';
import type { Person } from '../../shared/domain/registry/person.js';
import { type Role } from '../../shared/domain/registry/person.js';
import type { WrittenRow } from '../../shared/domain/registry/check-row.js';
import { aPerson } from '../fixtures/registry.js';
import { aRow } from '../fixtures/registry-row.js';
import { feedAddress, SOCIAL } from './network.js';

/** Somebody of the agency, as the simulation knows them. */
export interface Member {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly superior: string | null;
  readonly account: { readonly network: 'feed' | 'mastodon'; readonly handle: string } | null;
}

const writing = (name: string, superior: string): Member => ({
  name,
  roles: [],
  superior,
  account: { network: 'feed', handle: feedAddress(name) },
});
const tooting = (name: string, superior: string): Member => ({
  name,
  roles: [],
  superior,
  account: { network: 'mastodon', handle: `${name}@${SOCIAL}` },
});
const staff = (name: string, ...roles: readonly Role[]): Member => ({
  name,
  roles,
  superior: 'kepala',
  account: null,
});

export const ANALYSTS = ['ana', 'bayu', 'citra'] as const;
export const SUPERIORS = ['kepala', 'wakil'] as const;

/** Everybody who takes part: so many holders, whose accounts alternate between the networks, and those who run the agency. */
export const castOf = (holders: number): readonly Member[] => [
  ...Array.from({ length: holders }, (_, index) => {
    const superior = index % 3 === 2 ? 'wakil' : 'kepala';
    return index % 2 === 0 ? writing(`penulis${index}`, superior) : tooting(`penulis${index}`, superior);
  }),
  ...ANALYSTS.map((name) => staff(name, 'analyst')),
  staff('admin', 'administrator'),
  staff('petugas', 'officer'),
  { ...staff('kepala'), superior: null },
  staff('wakil'),
];

export const emailOf = (name: string): string => `${name}@sukamaju.example`;

/** An employee number for each place in the cast. */
export const numberOf = (cast: readonly Member[], name: string): EmployeeNumber => {
  const place = cast.findIndex((member) => member.name === name) + 1;
  return EmployeeNumber.parse(`199003122015032${String(place).padStart(3, '0')}`);
};

export const personOf = (cast: readonly Member[], key: string, { name, roles, superior }: Member): Person =>
  aPerson({
    id: personId(key, numberOf(cast, name)),
    name,
    email: emailOf(name),
    employeeNumber: numberOf(cast, name),
    supervisor: superior === null ? null : personId(key, numberOf(cast, superior)),
    subject: name,
    roles: [...roles],
  });

/** The row by which the agency registers a holder's account. */
export const rowOf = (cast: readonly Member[], { name, superior, account }: Member): WrittenRow =>
  aRow({
    employeeNumber: numberOf(cast, name),
    name,
    email: emailOf(name),
    supervisorEmployeeNumber: superior === null ? '' : numberOf(cast, superior),
    network: account?.network ?? '',
    handle: account?.handle ?? '',
    effectiveFrom: '2026-11-01',
  });
