import { Command } from 'commander';
import * as z from 'zod';
import { sessionOf, type Surroundings } from './context.js';
import { coverageWords } from './coverage-words.js';
import { Mine } from './own-accounts.js';
import { table } from './table.js';

const Page = z.object({ counts: z.record(z.string(), z.number()), next: z.string().nullable() });

const ownLines = ({ accounts }: z.infer<typeof Mine>): string[] =>
  table(
    ['ACCOUNT', 'COVERAGE', 'SINCE', 'LOOKED AT', 'POSTS READ', 'MEANING'],
    accounts.map(({ handle, coverage: { reason, since, lookedAt, posts } }) => [
      handle,
      reason,
      since ?? '',
      lookedAt ?? '',
      String(posts),
      coverageWords(reason),
    ]),
  );

/** `netral coverage`: what was and was not seen, and why. */
export const coverageCommand = (around: Surroundings): Command =>
  new Command('coverage')
    .description('count how accounts stand: what was seen, what was not, and why')
    .option('--mine', 'your own accounts, each by itself')
    .action(async ({ mine = false }: { mine?: boolean }, command: Command) => {
      const { api, show } = sessionOf(command, 'auditor', around);
      if (mine) {
        const own = Mine.parse(await api.get('/me'));
        show(own, () => ownLines(own));
        return;
      }
      const counts: Record<string, number> = {};
      let next: string | null = null;
      do {
        const query: string = next === null ? '' : `?cursor=${encodeURIComponent(next)}`;
        const page = Page.parse(await api.get(`/coverage${query}`));
        for (const [reason, count] of Object.entries(page.counts))
          counts[reason] = (counts[reason] ?? 0) + count;
        ({ next } = page);
      } while (next !== null);
      const sorted = Object.entries(counts).sort(([, left], [, right]) => right - left);
      show({ counts }, () =>
        table(
          ['COVERAGE', 'ACCOUNTS', 'MEANING'],
          sorted.map(([reason, count]) => [reason, String(count), coverageWords(reason)]),
        ),
      );
    });
