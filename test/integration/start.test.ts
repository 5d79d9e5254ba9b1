import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { freePorts } from './free-ports.js';

const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'netral-start-'));
const folder = join(scratch, 'state');
let base: number;

beforeAll(async () => {
  base = await freePorts();
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** What `npm start` runs, with the loader of tsx in the same process, so that a signal reaches it as Ctrl-C does. */
const launch = (where: string, ...args: string[]): Child =>
  spawn(
    process.execPath,
    ['--import', 'tsx', join(root, 'local/main.ts'), '--folder', where, '--port', String(base), ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );

const ended = async (child: Child) => {
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, code: child.exitCode, signal: child.signalCode };
};

const startIn = (where: string, ...args: string[]) => ended(launch(where, ...args));
const start = (...args: string[]) => startIn(folder, ...args);

/** Waits until the process has said this. */
const said = (child: Child, words: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let heard = '';
    child.stdout.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.includes(words)) resolve();
    });
    child.once('exit', () => {
      reject(new Error(`It ended without a word of ${words}: ${heard}`));
    });
  });

const Round = z.strictObject({
  accounts: z.number(),
  scans: z.number(),
  coverage: z.record(z.string(), z.number()),
  posts: z.number(),
  indications: z.number(),
  truth: z.strictObject({ found: z.number(), missed: z.number(), falseAlarms: z.number() }),
  findings: z.number(),
  networks: z.record(z.string(), z.number()),
  edited: z.number(),
  gone: z.number(),
  givenIn: z.number(),
  mails: z.number(),
});

const State = z.looseObject({ seeded: z.boolean(), walkthrough: z.string() });
const stateFile = join(folder, 'stack.json');
const state = () => State.parse(JSON.parse(readFileSync(stateFile, 'utf8')));
const mailsKept = () =>
  z.array(z.unknown()).parse(JSON.parse(readFileSync(join(folder, 'mailbox.json'), 'utf8'))).length;

describe('npm start', () => {
  it('plays one full round and finds exactly what the sample hides', async () => {
    const { out, err, code } = await start('--once', '--json');
    expect([err, code]).toEqual(['', 0]);
    const round = Round.parse(JSON.parse(out));
    const found = round.findings - round.edited - round.givenIn;
    expect(round.truth).toEqual({ found, missed: 0, falseAlarms: 0 });
    expect(round).toMatchObject({ edited: 1, gone: 1, givenIn: 1 });
    expect(Object.keys(round.networks).sort()).toEqual(['bluesky', 'facebook', 'feed', 'mastodon']);
    expect(round.accounts).toBeGreaterThanOrEqual(60);
    expect(round.posts).toBeGreaterThanOrEqual(1_200);
    expect(round.indications).toBeGreaterThanOrEqual(25);
    expect(Object.keys(round.coverage).sort()).toEqual([
      'gone',
      'malformed',
      'not-confirmed',
      'not-read',
      'paused',
      'private',
      'seen',
      'suspended',
      'throttled',
      'unreachable',
    ]);
    expect(round.mails).toBeGreaterThanOrEqual(10);
    expect(state()).toMatchObject({ seeded: true, walkthrough: 'over' });
  });

  it('goes on from its state and doubles nothing', async () => {
    const { out, code } = await start('--once');
    expect(code).toBe(0);
    expect(out).toContain('0 missed, 0 false alarms');
    expect(out).toMatch(/accounts +75/);
  });

  it('stops when asked to, at once although somebody holds a connection open, and keeps its mails', async () => {
    const before = mailsKept();
    const child = launch(folder);
    await said(child, 'Ctrl-C stops it');
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve) => {
      get(`http://127.0.0.1:${base}/`, { agent }, (response) => {
        response.resume().once('end', resolve);
      });
    });
    child.kill('SIGINT');
    const { code, signal, err } = await ended(child);
    agent.destroy();
    expect([code, signal, err]).toEqual([0, null, '']);
    expect(mailsKept()).toBeGreaterThanOrEqual(before);
  });

  it('says which port is taken and how to choose others, and has deleted nothing by then', async () => {
    const blocker = createServer().listen(base + 1, '127.0.0.1');
    await once(blocker, 'listening');
    const before = readFileSync(stateFile, 'utf8');
    const { err, code } = await start('--once', '--fresh');
    blocker.close();
    expect(code).toBe(1);
    expect(err).toContain(
      `Port ${base + 1} is in use. Stop what listens there, or choose others: npm start -- --port ${base + 101}\n`,
    );
    expect(readFileSync(stateFile, 'utf8')).toBe(before);
  });

  it('goes on when its own file is lost: what is set up stays, and the walkthrough is not played into it', async () => {
    rmSync(stateFile);
    const { out, err, code } = await start('--once');
    expect([err, code]).toEqual(['', 0]);
    expect(out).toContain(
      'The walkthrough was interrupted. To see it whole, start over with: npm start -- --fresh',
    );
    expect(out).toMatch(/accounts +75/);
    expect(state()).toMatchObject({ seeded: true, walkthrough: 'begun' });
  });

  it('says that its state is damaged, loses nothing, and starts over when told', async () => {
    writeFileSync(join(folder, 'mailbox.json'), '[{');
    const mailless = await start('--once');
    expect(mailless.code).toBe(1);
    expect(mailless.err).toContain('mailbox.json is damaged. Start over with: npm start -- --fresh\n');
    expect(mailless.err).not.toContain('SyntaxError');
    rmSync(join(folder, 'mailbox.json'));
    writeFileSync(join(folder, 'dynamodb/CURRENT'), 'not a manifest');
    const broken = await start('--once');
    expect(broken.code).toBe(1);
    expect(broken.err).toContain('dynamodb is damaged. Start over with: npm start -- --fresh\n');
    writeFileSync(stateFile, '{"version":1,"today":"2026-11-01"}');
    const older = await start('--once');
    expect(older.code).toBe(1);
    expect(older.err).toContain(
      `${folder} is the state of another version of Netral. Start over with: npm start -- --fresh\n`,
    );
    writeFileSync(stateFile, '{"version":');
    const refused = await start('--once');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('stack.json is damaged. Start over with: npm start -- --fresh\n');
    const fresh = await start('--once', '--json', '--fresh', '--no-walkthrough');
    expect([fresh.err, fresh.code]).toEqual(['', 0]);
    expect(Round.parse(JSON.parse(fresh.out)).mails).toBe(0);
  });

  it('stops in good order in the middle of the set-up, and is set up whole the next time', async () => {
    const child = launch(folder, '--fresh');
    await said(child, 'Setting up');
    child.kill('SIGINT');
    const { code, signal, err } = await ended(child);
    expect([code, signal, err]).toEqual([0, null, '']);
    expect(state().walkthrough).toBe('due');
    // As if it had ended between the last step of the set-up and its mark.
    writeFileSync(stateFile, JSON.stringify({ ...state(), seeded: false }));
    const next = await start('--once', '--json');
    expect([next.err, next.code]).toEqual(['', 0]);
    expect(Round.parse(JSON.parse(next.out)).truth).toMatchObject({ missed: 0, falseAlarms: 0 });
    expect(state()).toMatchObject({ seeded: true, walkthrough: 'over' });
  });
});

describe('npm start -- --fresh', () => {
  it('deletes nothing from a folder that no stack has been in', async () => {
    const precious = join(scratch, 'precious');
    mkdirSync(join(precious, 's3'), { recursive: true });
    writeFileSync(join(precious, 'thesis.txt'), 'years of work');
    const { code, err } = await startIn(precious, '--once', '--fresh');
    expect(code).toBe(1);
    expect(err).toBe(
      `${precious} has no stack.json, so it is not the state of a Netral, and nothing in it was deleted. ` +
        'Choose another folder with --folder, or empty this one yourself\n',
    );
    expect(existsSync(join(precious, 's3'))).toBe(true);
    expect(readFileSync(join(precious, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  it('leaves what is not its own', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const { code } = await start('--once', '--json', '--fresh', '--no-walkthrough');
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('does not touch the state of a stack that is running', async () => {
    const running = launch(folder);
    await said(running, 'Ctrl-C stops it');
    const before = readFileSync(stateFile, 'utf8');
    base += 50;
    const { code, err } = await start('--once', '--fresh');
    base -= 50;
    expect([code, err]).toEqual([
      1,
      `${join(folder, 'dynamodb')} is in use. Another Netral runs on this folder: stop it first\n`,
    ]);
    expect(readFileSync(stateFile, 'utf8')).toBe(before);
    running.kill('SIGTERM');
    expect((await ended(running)).code).toBe(0);
  });
});
