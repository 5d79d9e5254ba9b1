import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { drafts } from '../local/sample/posts.js';
import { seeded } from '../local/sample/seeded.js';
import { sampleIndications, sampleTexts } from '../local/sample/texts.js';

const SAMPLE_POSTS = 5_000;
const Row = z.object({ text: z.string() });

const lines = (path: string): string[] => {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').filter((line) => line !== '');
};

/** The `text` of every line of a JSONL file, gzipped or not; without one, texts of the sample agency. */
export const corpus = (path: string | undefined): readonly string[] =>
  path === undefined
    ? [
        ...drafts(sampleTexts(), SAMPLE_POSTS, '17 Desember', seeded(1)).map(({ written }) => written),
        ...sampleIndications().map(({ text }) => text),
      ]
    : lines(path).map((line) => Row.parse(JSON.parse(line)).text);
