import { describe, expect, it } from 'vitest';
import { knownIn, withHandedOver } from '../../../shared/domain/scanning/account-scan.js';
import { plus } from '../../../shared/domain/time.js';
import { NOW } from '../../fixtures/registry.js';

const post = (uri: string, version = '1') => ({ uri, version });

describe('the window of handed-over posts', () => {
  const window = withHandedOver([], [post('a'), post('b')], 'key', NOW);

  it('knows a post and tells an edit from it', () => {
    const known = knownIn(window, 'key');
    expect([known('a', '1'), known('a', '2'), known('c', '1')]).toEqual(['same', 'edited', 'new']);
  });

  it('says nothing to somebody without the key', () => {
    expect(knownIn(window, 'other key')('a', '1')).toBe('new');
    expect(JSON.stringify(window)).not.toMatch(/"(a|b|1)"/);
  });

  it('holds at most 200 entries of at most 7 days', () => {
    const many = Array.from({ length: 250 }, (_, index) => post(`post ${index}`));
    const full = withHandedOver([], many, 'key', NOW);
    expect(full).toHaveLength(200);
    expect(knownIn(full, 'key')('post 249', '1')).toBe('same');
    expect(withHandedOver(full, [], 'key', plus(NOW, { days: 7, seconds: 1 }))).toEqual([]);
  });
});
