import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';

/** The package of the real servers. */
export const SERVERS = join(import.meta.dirname, '../servers');

/** The machine's own Node: the addons of `test/servers` are not made for the one that npm installed here. */
export const machineFolder = (): string | null =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .find((folder) => !folder.includes('node_modules') && existsSync(join(folder, 'node'))) ?? null;

/** Whether the servers were built on this machine. */
export const hasRealServers = (): boolean =>
  machineFolder() !== null &&
  existsSync(join(SERVERS, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'));

const Started = z.object({ directory: z.string(), origin: z.string() });
const Answer = z.union([z.object({ ok: z.unknown() }), z.object({ error: z.string() })]);
const Stored = z.object({ uri: z.string(), cid: z.string() });

/** The network's own directory and server of repositories, in a process of their own. */
export const startRealServers = async () => {
  const child = spawn(join(machineFolder() ?? '', 'node'), [join(SERVERS, 'atproto.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<unknown> => JSON.parse(z.string().parse((await lines.next()).value));
  const { directory, origin } = Started.parse(await line());
  const tell = async (command: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify([command, parameters])}\n`);
    const answer = Answer.parse(await line());
    if ('error' in answer) throw new Error(`${command}: ${answer.error}`);
    return answer.ok;
  };
  return {
    directory,
    origin,
    tell,
    /** A command that stores a record. */
    store: async (command: string, parameters: Readonly<Record<string, unknown>>) =>
      Stored.parse(await tell(command, parameters)),
    stop: async (): Promise<void> => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await ended;
    },
  };
};
