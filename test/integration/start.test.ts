import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { freePorts } from './free-ports.js';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'netral-start-'));
let base: number;

beforeAll(async () => {
  base = await freePorts();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs what `npm start` runs. */
const start = async (...args: string[]) => {
  const child = spawn(
    join(root, 'node_modules/.bin/tsx'),
    [join(root, 'local/main.ts'), '--folder', folder, '--port', String(base), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, code: child.exitCode };
};

const Round = z.strictObject({
  accounts: z.number(),
  scans: z.number(),
  coverage: z.record(z.string(), z.number()),
  posts: z.number(),
  indications: z.number(),
  truth: z.strictObject({ found: z.number(), missed: z.number(), falseAlarms: z.number() }),
  findings: z.number(),
  mails: z.number(),
});

describe('npm start', () => {
  it('plays one full round and finds exactly what the sample hides', async () => {
    const { out, err, code } = await start('--once', '--json');
    expect([err, code]).toEqual(['', 0]);
    const round = Round.parse(JSON.parse(out));
    expect(round.truth).toEqual({ found: round.findings, missed: 0, falseAlarms: 0 });
    expect(round.accounts).toBeGreaterThanOrEqual(60);
    expect(round.posts).toBeGreaterThanOrEqual(1_200);
    expect(round.indications).toBeGreaterThanOrEqual(25);
    expect(Object.keys(round.coverage).sort()).toEqual([
      'gone',
      'malformed',
      'not-confirmed',
      'private',
      'seen',
      'throttled',
      'unreachable',
    ]);
    expect(round.mails).toBeGreaterThanOrEqual(10);
  });

  it('goes on from its state and doubles nothing', async () => {
    const { out, code } = await start('--once');
    expect(code).toBe(0);
    expect(out).toContain('0 missed, 0 false alarms');
    expect(out).toMatch(/accounts +65/);
  });

  it('says which port is taken and how to choose others', async () => {
    const blocker = createServer().listen(base + 1, '127.0.0.1');
    await once(blocker, 'listening');
    const { err, code } = await start('--once');
    blocker.close();
    expect(code).toBe(1);
    expect(err).toContain(
      `Port ${base + 1} is in use. Stop what listens there, or choose others: npm start -- --port ${base + 101}\n`,
    );
  });

  it('says that its state is damaged, loses nothing, and starts over when told', async () => {
    writeFileSync(join(folder, 'stack.json'), '{"version":');
    const refused = await start('--once');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('is damaged. Start over with: npm start -- --fresh');
    writeFileSync(join(folder, 'dynamodb/CURRENT'), 'not a manifest');
    rmSync(join(folder, 'stack.json'));
    const broken = await start('--once');
    expect(broken.code).toBe(1);
    expect(broken.err).toContain('dynamodb is damaged, or another Netral is using it. Start over with');
    const fresh = await start('--once', '--json', '--fresh', '--no-walkthrough');
    expect(fresh.code).toBe(0);
    expect(Round.parse(JSON.parse(fresh.out)).mails).toBe(0);
  });
});
