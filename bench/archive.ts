import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { archiveFolder } from '../test/fixtures/archives.js';
import { largeArchive } from '../test/fixtures/large-archive.js';

const LIMIT_MEGABYTES = 256;
const GIGABYTE = 1024 ** 3;
const SIZES = [
  {
    name: '2 GB, half of it videos, the posts packed',
    posts: GIGABYTE,
    videos: 2 * GIGABYTE - 100e6,
    stored: false,
  },
  { name: '2 GB of posts as they are', posts: 2 * GIGABYTE, videos: 0, stored: true },
] as const;

const Peak = z.object({ code: z.literal(0), seconds: z.number(), peakMegabytes: z.number() });

/** What `netral archive read` takes at its peak, in a process of its own, beside the limit. */
export const benchArchive = async (): Promise<void> => {
  const script = fileURLToPath(new URL('../test/unit/archive/read-large-archive.ts', import.meta.url));
  for (const { name, ...sizes } of SIZES) {
    const archives = archiveFolder();
    try {
      const file = await largeArchive(archives, sizes);
      const line = ['--import', 'tsx', script, file, archives.folder];
      const { seconds, peakMegabytes } = Peak.parse(
        JSON.parse(execFileSync(process.execPath, line, { encoding: 'utf8' })),
      );
      console.log(
        [
          name.padEnd(45),
          `${(statSync(file).size / 1e9).toFixed(2)} GB file`,
          `${((sizes.posts + sizes.videos) / 1e9).toFixed(2)} GB unpacked`,
          `${seconds.toFixed(1)} s`,
          `peak ${peakMegabytes.toFixed(0)} MB of ${LIMIT_MEGABYTES}`,
          `×${(peakMegabytes / LIMIT_MEGABYTES).toFixed(2)}`,
        ].join('  '),
      );
    } finally {
      archives.remove();
    }
  }
};
