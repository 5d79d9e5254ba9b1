import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePackFiles, readPackFolder, type PackText } from '../../../shared/adapters/pack-files.js';
import { BadPackError } from '../../../shared/errors.js';

const files = await readPackFolder(join(import.meta.dirname, '../../../packs'));
const CODE = 'codes/skb-2-2022.yaml';
const CONTEST = 'contests/pilbup-sukamaju.yaml';
const withFile = (name: string, text: string): PackText[] => [
  ...files.filter((file) => file.name !== name),
  { name, text },
];
const faultsOf = (texts: readonly PackText[]): readonly string[] => {
  try {
    parsePackFiles(texts);
    return [];
  } catch (error) {
    if (error instanceof BadPackError) return error.faults;
    throw error;
  }
};

describe('pack files', () => {
  it('of this project hold', () => {
    expect(faultsOf(files)).toEqual([]);
    expect(parsePackFiles(files).languages).toHaveLength(
      files.filter(({ name }) => name.startsWith('language/')).length,
    );
  });

  it('that are not YAML are named with the place', () => {
    const [fault] = faultsOf(withFile(CONTEST, 'id: a\n  title: b\n'));
    expect(fault).toMatch(/^contests\/pilbup-sukamaju\.yaml: .*line 1, column/);
  });

  it('are all named, whatever is wrong with each', () => {
    const faults = faultsOf([
      ...withFile(CONTEST, 'id: [').filter(({ name }) => name !== CODE),
      { name: CODE, text: 'id: other' },
      { name: 'elsewhere/x.yaml', text: 'id: x' },
    ]).join('\n');
    for (const name of [CONTEST, CODE, 'elsewhere/x.yaml']) expect(faults).toContain(name);
  });

  it('need exactly one code', () => {
    expect(faultsOf(files.filter(({ name }) => name !== CODE)).join()).toContain('codes: 0 packs');
    expect(faultsOf([...files, { name: 'codes/other.yaml', text: 'id: x' }]).join()).toContain(
      'codes: 2 packs',
    );
  });

  it('cannot fill the memory with aliases', () => {
    const bomb = Array.from({ length: 30 }, (_, level) =>
      level === 0 ? 'a0: &a0 [x, x]' : `a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`,
    ).join('\n');
    expect(faultsOf(withFile(CONTEST, bomb)).join()).toContain(`${CONTEST}: `);
  });
});
