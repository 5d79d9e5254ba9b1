import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTICE } from '../../../local/sample/agency.js';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/privacy.md'), 'utf8');
const words = (text: string): string => text.replace(/[>\s]+/g, ' ').trim();

describe('docs/privacy.md', () => {
  it('has the very notice that the sample agency gives', () => {
    expect(words(page)).toContain(words(NOTICE.id));
  });

  it('names tests that exist', () => {
    const named = [...page.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, file]) => file ?? '');
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
