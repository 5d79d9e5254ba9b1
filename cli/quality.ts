import { Command, Option } from 'commander';
import * as z from 'zod';
import { FirstVerdict } from '../shared/domain/review/first-verdict.js';
import { SecondLookView } from '../shared/domain/review/second-look.js';
import { Quality } from '../shared/domain/statistics/quality.js';
import { sessionOf, type Surroundings } from './context.js';
import { queryOf, shareText, withPeriod, type PeriodOptions } from './statistics.js';
import { printable, table } from './table.js';

const Next = z.object({ finding: SecondLookView.nullable() });

const goldenLine = (golden: Quality['golden']): string =>
  `invented items answered as expected, last twelve months: ${
    golden === null ? 'not told before three people have answered five together' : shareText(golden)
  }`;

/** `netral quality`: second looks at ended matters, and what they say of the team's work. */
export const qualityCommand = (around: Surroundings): Command => {
  const quality = new Command('quality').description('second looks, and how far analysts agree');

  withPeriod(quality.command('show').description('how often second looks differed, both ways')).action(
    async (options: PeriodOptions, command: Command) => {
      const query = queryOf(options);
      const { api, show } = sessionOf(command, 'auditor', around);
      const answer = await api.get(`/quality?${query}`);
      show(answer, () => {
        const quality = Quality.parse(answer);
        const { from, to, looks, doubtedDismissals, doubtedQuestions, agreement, golden } = quality;
        const { value, low, high, n } = agreement;
        const kappa =
          value === null || low === null || high === null
            ? 'not to be told yet'
            : `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
        return [
          `${from} to ${to}`,
          '',
          ...table(
            ['', 'SECOND DISMISSES', 'SECOND PURSUES'],
            [
              ['first dismisses', String(looks.bothDismiss), String(looks.onlyFirstDismisses)],
              ['first pursues', String(looks.onlySecondDismisses), String(looks.bothPursue)],
            ],
          ),
          '',
          `dismissals that the second doubts: ${shareText(doubtedDismissals)}`,
          `questions that the second doubts:  ${shareText(doubtedQuestions)}`,
          `agreement beyond chance (kappa):   ${kappa}, of ${n}`,
          '',
          goldenLine(golden),
        ];
      });
    },
  );

  quality
    .command('next')
    .description('an ended matter of the sample to look at again, without what became of it')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.get('/review/second-look');
      show(answer, () => {
        const { finding } = Next.parse(answer);
        if (finding === null) return ['No second look waits for you.'];
        return [
          `finding     ${finding.id}`,
          `posted      ${finding.postedAt}`,
          `indication  ${finding.indication.provisions.join(', ')}, stage ${finding.indication.stage ?? 'unknown'}`,
          '',
          ...finding.parts.flatMap(({ field, text }) => [`${field}: ${printable(text)}`]),
          ...(finding.context === null
            ? []
            : [`${finding.context.relation}: ${printable(finding.context.text)}`]),
        ];
      });
    });

  quality
    .command('say')
    .description('say what you would have done at the first look; nothing changes for the holder')
    .argument('<id>', 'as quality next says it')
    .addOption(new Option('--verdict <verdict>', 'what').choices(FirstVerdict.options).makeOptionMandatory())
    .requiredOption('--words <text>', 'why, in your own words, for the team')
    .action(async (id: string, body: { verdict: string; words: string }, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      await api.post(`/findings/${encodeURIComponent(id)}/second-look`, body);
      show(null, () => ['It is counted.']);
    });

  return quality;
};
