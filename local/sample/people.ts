import type { EmploymentType } from '../../shared/domain/registry/employee-number.js';
import type { Role } from '../../shared/domain/registry/person.js';

/** Somebody invented who works for the sample agency. */
export interface SamplePerson {
  readonly name: string;
  readonly email: string;
  readonly employeeNumber: string;
  readonly employmentType: EmploymentType;
  readonly unit: string;
  /** `null` for the one at the top. */
  readonly supervisorEmployeeNumber: string | null;
  readonly roles: readonly Role[];
}

interface Sketch {
  readonly name: string;
  readonly sex: 'm' | 'f';
  readonly employmentType: EmploymentType;
  readonly role?: Exclude<Role, 'supervisor'>;
}

const pns = (name: string, sex: Sketch['sex'], role?: Sketch['role']): Sketch =>
  role === undefined ? { name, sex, employmentType: 'PNS' } : { name, sex, employmentType: 'PNS', role };
const cpns = (name: string, sex: Sketch['sex']): Sketch => ({ name, sex, employmentType: 'CPNS' });
const pppk = (name: string, sex: Sketch['sex']): Sketch => ({ name, sex, employmentType: 'PPPK' });
const partTime = (name: string, sex: Sketch['sex']): Sketch => ({
  name,
  sex,
  employmentType: 'PPPK_PARUH_WAKTU',
});

const TOP_UNIT = 'Sekretariat Daerah';

/** The first of each unit leads it; the first of the secretariat leads the other leaders. */
const UNITS: Readonly<Record<string, readonly Sketch[]>> = {
  [TOP_UNIT]: [
    pns('Hendrawan Prakosa', 'm'),
    pns('Ratih Kumalasari', 'f', 'auditor'),
    pns('Yulianto Setiabudi', 'm'),
    pns('Nurhayati Lubis', 'f'),
    pppk('Rizky Ramadhan', 'm'),
    cpns('Anindya Larasati', 'f'),
    partTime('Slamet Widodo', 'm'),
  ],
  BKPSDM: [
    pns('Endang Purwaningsih', 'f'),
    pns('Bagas Wicaksono', 'm', 'analyst'),
    pns('Siti Maryam Harahap', 'f', 'analyst'),
    pns('Yosef Tandiono', 'm', 'analyst'),
    pns('Lilis Nuraeni', 'f', 'officer'),
    pns('Teguh Firmansyah', 'm', 'administrator'),
    pppk('Kartika Puspita', 'f'),
  ],
  'Dinas Pendidikan': [
    pns('Mulyono Hadisaputro', 'm'),
    pns('Sri Wahyuni', 'f'),
    pns('Asep Koswara', 'm'),
    pppk('Fitriani Zainal', 'f'),
    pppk('Joko Susanto', 'm'),
    pppk('Desi Anggraini', 'f'),
    pns('Marlina Simanjuntak', 'f'),
    cpns('Gilang Permana', 'm'),
    partTime('Wati Suryani', 'f'),
    pns('Irfan Maulana', 'm'),
  ],
  'Dinas Kesehatan': [
    pns('Retno Handayani', 'f'),
    pns('Bambang Irawan', 'm'),
    pns('Novita Sari Daulay', 'f'),
    pppk('Ujang Suparman', 'm'),
    pppk('Rahmawati Idris', 'f'),
    pppk('Marwan Nasution', 'm'),
    cpns('Putri Maharani', 'f'),
    partTime('Sukirman', 'm'),
    pns('Elisabet Nainggolan', 'f'),
  ],
  'Dinas Pekerjaan Umum': [
    pns('Zulkifli Chaniago', 'm'),
    pns('Ida Rosidah', 'f'),
    pns('Wahyu Hidayatullah', 'm'),
    pppk('Daeng Mappasessu', 'm'),
    cpns('Melati Ayuningtyas', 'f'),
    partTime('Tarmizi', 'm'),
    pns('Nyoman Suardana', 'm'),
  ],
  'Kecamatan Sukamaju Kota': [
    pns('Dadang Hermawan', 'm'),
    pns('Suparti', 'f'),
    pppk('Yeni Marlina', 'f'),
    pns('Oman Rukmana', 'm'),
    partTime('Ningsih Rahayu', 'f'),
    cpns('Taufik Kurniawan', 'm'),
    pns('Rosmiati Tanjung', 'f'),
  ],
};

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * Eighteen digits by the real rules: birth date, then for a PNS the month of appointment and for a PPPK the year and the
 * number of the agreement (21 and up), then sex and a sequence. The sequences from 901 show that they are invented.
 */
const employeeNumber = ({ employmentType, sex }: Sketch, ordinal: number): string => {
  const birth = `${1968 + ((ordinal * 7) % 30)}${two(1 + ((ordinal * 5) % 12))}${two(1 + ((ordinal * 11) % 28))}`;
  const bornIn = Number(birth.slice(0, 4));
  const tail = `${sex === 'm' ? 1 : 2}${901 + ordinal}`;
  switch (employmentType) {
    case 'PNS':
      return `${birth}${Math.min(bornIn + 24, 2022)}${two(1 + (ordinal % 12))}${tail}`;
    case 'CPNS':
      return `${birth}202506${tail}`;
    case 'PPPK':
      return `${birth}2023${21 + (ordinal % 3)}${tail}`;
    case 'PPPK_PARUH_WAKTU':
      return `${birth}2025${21 + (ordinal % 3)}${tail}`;
  }
};

const email = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}@sukamaju.example`;

/** Everybody of the sample agency, unit by unit, each unit's leader first. */
export const samplePeople = (): readonly SamplePerson[] => {
  const sketches = Object.entries(UNITS).flatMap(([unit, members]) =>
    members.map((sketch, position) => ({ ...sketch, unit, leads: position === 0 })),
  );
  const numbered = sketches.map((sketch, ordinal) => ({
    ...sketch,
    number: employeeNumber(sketch, ordinal),
  }));
  const leaderOf = (unit: string): string | null =>
    numbered.find((person) => person.unit === unit && person.leads)?.number ?? null;
  const supervisorOf = ({ unit, leads }: { unit: string; leads: boolean }): string | null => {
    if (!leads) return leaderOf(unit);
    return unit === TOP_UNIT ? null : leaderOf(TOP_UNIT);
  };
  return numbered.map(({ name, employmentType, unit, leads, role, number }) => ({
    name,
    email: email(name),
    employeeNumber: number,
    employmentType,
    unit,
    supervisorEmployeeNumber: supervisorOf({ unit, leads }),
    roles: [...(leads ? (['supervisor'] as const) : []), ...(role === undefined ? [] : [role])],
  }));
};
