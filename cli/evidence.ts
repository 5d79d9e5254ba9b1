import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import * as z from 'zod';
import { unreachable } from './api-client.js';
import { CliError } from './cli-error.js';
import { sessionOf, type Surroundings } from './context.js';

const Handout = z.object({ name: z.string(), bytes: z.number(), sha256: z.string(), link: z.url() });

const download = async ({ fetch }: Surroundings, link: string): Promise<Uint8Array> => {
  let answer: Response;
  try {
    answer = await fetch(link);
  } catch (cause) {
    throw unreachable(new URL(link).origin, cause);
  }
  if (!answer.ok)
    throw new CliError(`The link answered ${answer.status}.`, 'It lasts five minutes; ask again.');
  return new Uint8Array(await answer.arrayBuffer());
};

/** `netral evidence`: the evidence pack of a referred finding, for a person to file. */
export const evidenceCommand = (around: Surroundings): Command =>
  new Command('evidence')
    .description(
      'as the superior or the holder: save the evidence pack of a referred finding; nothing is filed',
    )
    .argument('<id>', 'the finding, as the mail or the digest says it')
    .requiredOption('--out <file>', 'where to save it')
    .action(async (id: string, { out }: { out: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'supervisor', around);
      const answer = await api.post(`/findings/${encodeURIComponent(id)}/evidence`, {});
      const { bytes, sha256, link } = Handout.parse(answer);
      const file = await download(around, link);
      if (createHash('sha256').update(file).digest('hex') !== sha256)
        throw new CliError('What came is not what was made; nothing was saved.', 'Try again.');
      await writeFile(out, file);
      show(answer, () => [`${out}: ${bytes} bytes, SHA-256 ${sha256}`]);
    });
