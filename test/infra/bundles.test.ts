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
    'plan-scans': 450,
    'identify-accounts': 740,
    'collect-posts (feed)': 720,
    'collect-posts (bluesky)': 500,
    'collect-posts (mastodon)': 545,
    'classify-posts': 505,
    'serve-api': 1_320,
    'notify-holders': 545,
    'note-deliveries': 450,
    'send-digests': 540,
    'keep-time': 595,
  };

  it.each(ENTRIES)('$name stays within its budget', (entry) => {
    const { atStart } = bundleSize(bundle(entry, join(folder, entry.name)));
    expect(atStart / 1000).toBeLessThanOrEqual(BUDGETS[entry.name] ?? 0);
  });
});
