import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { archiveFolder } from '../../fixtures/archives.js';
import { largeArchive } from '../../fixtures/large-archive.js';

const archives = archiveFolder();
afterAll(archives.remove);

const MEGABYTE = 1024 * 1024;
const Peak = z.object({
  code: z.literal(0),
  answer: z.object({ posts: z.array(z.unknown()), left: z.object({ outside: z.int() }) }),
  peakMegabytes: z.number(),
});

describe('netral archive read', () => {
  it('needs no more memory for a large archive than the limit of 256 MB', async () => {
    const sizes = { posts: 80 * MEGABYTE, videos: 20 * MEGABYTE, stored: true };
    const file = await largeArchive(archives, sizes);
    const script = fileURLToPath(new URL('./read-large-archive.ts', import.meta.url));
    const line = ['--import', 'tsx', script, file, archives.folder];
    const { answer, peakMegabytes } = Peak.parse(
      JSON.parse(execFileSync(process.execPath, line, { encoding: 'utf8' })),
    );
    expect(answer.posts).toHaveLength(1);
    expect(answer.left.outside).toBeGreaterThan(100_000);
    expect(peakMegabytes).toBeLessThan(256);
  }, 60_000);
});
