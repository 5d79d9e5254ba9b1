import { createHash } from 'node:crypto';
import * as z from 'zod';
import { unreachable, type ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';

const Part = z.object({
  file: z.object({ bytes: z.number(), sha256: z.string(), link: z.url() }).nullable(),
  items: z.int(),
  next: z.string().nullable(),
});
type File = NonNullable<z.infer<typeof Part>['file']>;

/** What an export is taken from: the API, and a way to the files that it hands out. */
export interface Source {
  readonly api: ApiClient;
  readonly fetch: typeof fetch;
}

/** The rows of a file, once it is what was promised. */
const rowsOf = async ({ link, bytes, sha256 }: File, fetch: Source['fetch']): Promise<readonly string[]> => {
  let answer: Response;
  try {
    answer = await fetch(link);
  } catch (cause) {
    throw unreachable(new URL(link).origin, cause);
  }
  if (!answer.ok)
    throw new CliError(
      `The link to a part answered ${answer.status}.`,
      'It lasts five minutes; take the export again.',
    );
  const content = Buffer.from(await answer.arrayBuffer());
  if (content.length !== bytes || createHash('sha256').update(content).digest('hex') !== sha256)
    throw new CliError('A part is not what was promised; nothing was written.', 'Take the export again.');
  return content.toString('utf8').split('\n').slice(0, -1);
};

/** Every item of an export, one part in memory at a time, each compared with its promised hash and number. */
export async function* exported<Item extends z.ZodType>(
  { api, fetch }: Source,
  path: string,
  item: Item,
  asked: Readonly<Record<string, unknown>>,
): AsyncGenerator<z.infer<Item>> {
  let cursor: string | null = null;
  do {
    const body = cursor === null ? asked : { ...asked, cursor };
    const part = Part.parse(await api.post(path, body));
    const rows = part.file === null ? [] : await rowsOf(part.file, fetch);
    if (rows.length !== part.items)
      throw new CliError('A part is not what was promised; nothing was written.', 'Take the export again.');
    for (const row of rows) yield item.parse(JSON.parse(row));
    cursor = part.next;
  } while (cursor !== null);
}
