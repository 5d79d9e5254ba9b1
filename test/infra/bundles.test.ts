import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.js';
import { bundleSize, ENTRIES } from '../deployed/bundle-size.js';

const folder = mkdtempSync(join(tmpdir(), 'netral-bundles-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a bundle', () => {
  /** In kB that a start reads; the goal is 450, and `docs/cost.md` says what stands between. */
  const BUDGETS: Readonly<Record<string, number>> = {
    'plan-scans': 360,
    'identify-accounts': 355,
    'collect-posts (feed)': 375,
    'collect-posts (bluesky)': 380,
    'collect-posts (mastodon)': 380,
    'classify-posts': 450,
    'serve-api': 820,
    'notify-holders': 420,
    'note-deliveries': 370,
    'send-digests': 420,
    'keep-time': 410,
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
});
