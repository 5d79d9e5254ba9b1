import { Command } from 'commander';
import { PackHealth, type RuleHealth } from '../shared/domain/review/rule-health.js';
import { sessionOf, type Surroundings } from './context.js';
import { table } from './table.js';

const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;

const cells = ({ rule, dismissed, referred, dismissedShare, ailing }: RuleHealth): string[] => [
  rule,
  String(dismissed),
  String(referred),
  `${percent(dismissedShare.low)} – ${percent(dismissedShare.high)}`,
  ailing ? 'mostly dismissed' : '',
];

const lines = ({ since, truncated, rules }: PackHealth): string[] => [
  ...(rules.length === 0
    ? ['Nothing was concluded yet.']
    : table(['RULE', 'DISMISSED', 'REFERRED', 'DISMISSED, 95 %', ''], rules.map(cells))),
  '',
  `Counted are conclusions since ${since}${truncated ? ', of the newest findings only' : ''}.`,
];

/** `netral pack health`: which rules people mostly contradict. */
export const healthCommand = (around: Surroundings): Command =>
  new Command('health')
    .description('rules whose findings people mostly dismiss; counts alone')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.get('/packs/health');
      show(answer, () => lines(PackHealth.parse(answer)));
    });
