import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import * as z from 'zod';
import { FILE_KINDS, FileKindName, kindByEnding } from '../shared/domain/file-kinds.js';
import { unreachable, type ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import type { Surroundings } from './context.js';

const Upload = z.object({
  upload: z.string(),
  link: z.url(),
  headers: z.record(z.string(), z.string()),
});

interface Uploaded {
  readonly upload: string;
  readonly name: string;
}

const KINDS = FileKindName.options.join(', ');

/** Its bytes, once what can be seen of a file here is what is taken there. */
const fileAt = async (path: string, folder: string) => {
  const kind = kindByEnding(path);
  if (kind === null) throw new CliError(`${path} is not of a kind that is taken.`, `These are: ${KINDS}.`);
  const { mostBytes, fits } = FILE_KINDS[kind];
  const whole = resolve(folder, path);
  try {
    const { size } = await stat(whole);
    if (size === 0) throw new CliError(`${path} is empty.`);
    if (size > mostBytes)
      throw new CliError(
        `${path} is too large: ${size} bytes.`,
        `A ${kind} file may have ${mostBytes}; make it smaller, or attach the part that matters.`,
      );
    const bytes = await readFile(whole);
    if (!fits(bytes)) throw new CliError(`${path} is not what its name says, a ${kind} file.`);
    return { kind, bytes };
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new CliError(`${path} cannot be read.`);
    throw error;
  }
};

/** Uploads a file of this machine, and tells what to name it by. */
export const uploadFile =
  (api: Pick<ApiClient, 'post'>, { fetch, folder }: Pick<Surroundings, 'fetch' | 'folder'>) =>
  async (path: string): Promise<Uploaded> => {
    const { kind, bytes } = await fileAt(path, folder);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { upload, link, headers } = Upload.parse(
      await api.post('/uploads', { kind, bytes: bytes.length, sha256 }),
    );
    let answer: Response;
    try {
      answer = await fetch(link, { method: 'PUT', headers, body: bytes });
    } catch (cause) {
      throw unreachable(new URL(link).origin, cause);
    }
    if (!answer.ok)
      throw new CliError(`${path} was not taken: ${answer.status}.`, 'Nothing was sent yet; try again.');
    return { upload, name: basename(path) };
  };
