import { Command } from 'commander';
import { sessionOf, type Surroundings } from './context.js';
import { saveHandout } from './download.js';

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
      const saved = await saveHandout(answer, out, around);
      show(answer, () => [saved]);
    });
