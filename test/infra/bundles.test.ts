import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundle, ROOT, usedOfZod } from '../../infra/bundle.js';
import { bundleSize, ENTRIES } from '../deployed/bundle-size.js';

const folder = mkdtempSync(join(tmpdir(), 'netral-bundles-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a bundle', () => {
  /** In kB that a start reads; the goal is 450, and `docs/cost.md` says what stands between. */
  const BUDGETS: Readonly<Record<string, number>> = {
    'plan-scans': 340,
    'identify-accounts': 360,
    'collect-posts (feed)': 355,
    'collect-posts (bluesky)': 355,
    'collect-posts (mastodon)': 355,
    'classify-posts': 430,
    'serve-api': 465,
    'notify-holders': 410,
    'note-deliveries': 350,
    'send-digests': 410,
    'keep-time': 380,
  };

  it.each(ENTRIES)(
    '$name stays within its budget and takes nothing of Node’s `http` that it has no use for',
    (entry) => {
      const written = bundle(entry, join(folder, entry.name));
      expect(bundleSize(written).atStart / 1000).toBeLessThanOrEqual(BUDGETS[entry.name] ?? 0);
      const imported = Object.values(written.outputs).flatMap(({ imports }) =>
        imports.map(({ path }) => path),
      );
      // With it comes `undici`, for nothing.
      expect(imported).toContain('node:https');
      expect(imported.filter((path) => path === 'http' || path === 'node:http')).toEqual([]);
    },
  );

  it('is not made where an update of zod writes some schema’s way to JSON Schema otherwise', () => {
    const text = readFileSync(join(ROOT, 'node_modules/zod/v4/classic/schemas.js'), 'utf8');
    expect(usedOfZod('schemas.js', text)).not.toContain('processJSONSchema');
    const one = 'inst._zod.processJSONSchema = (ctx';
    const other = text.replace(one, one.replace(' = ', '\n      = '));
    expect(() => usedOfZod('schemas.js', other)).toThrow(
      'zod is written otherwise than it was: schemas.js has inst._zod.processJSONSchema',
    );
    expect(() => usedOfZod('schemas.js', usedOfZod('schemas.js', text))).toThrow('it has no');
  });
});
