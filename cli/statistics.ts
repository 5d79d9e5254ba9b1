import { Command } from 'commander';
import { Month } from '../shared/domain/statistics/counts.js';
import { EvenHandedness } from '../shared/domain/statistics/even-handedness.js';
import { Statistics } from '../shared/domain/statistics/statistics.js';
import type { Share } from '../shared/domain/statistics/wilson.js';
import { CliError } from './cli-error.js';
import { sessionOf, type Surroundings } from './context.js';
import { printable, table } from './table.js';

export interface PeriodOptions {
  readonly from?: string;
  readonly to?: string;
}

export const queryOf = (options: PeriodOptions): string => {
  for (const [name, value] of Object.entries(options))
    if (!Month.safeParse(value).success)
      throw new CliError(`--${name} ${String(value)} is not a month.`, 'Write it as 2026-11.');
  return new URLSearchParams(Object.entries(options)).toString();
};

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

export const shareText = ({ value, low, high, n }: Share): string =>
  value === null ? 'none' : `${percent(value)} (${percent(low)} to ${percent(high)}) of ${n}`;

export const withPeriod = (command: Command): Command =>
  command
    .option('--from <month>', 'from this month of the indication on, 2026-01 (default: a year ago)')
    .option('--to <month>', 'up to this month (default: now)');

const groupLines = (of: 'unit' | 'language', { groups, others }: Statistics['units']): string[] =>
  table(
    [of.toUpperCase(), 'LOOKED AT', 'DISMISSED', 'REFERRED'],
    [
      ...groups.map(({ group, looked, outcome }) => [
        printable(group),
        String(looked),
        outcome === null ? 'too few to tell' : String(outcome.dismissed),
        outcome === null ? 'too few to tell' : String(outcome.referred),
      ]),
      [`${others.groups} smaller ${of}s together`, String(others.looked), '', ''],
    ],
  );

/** `netral statistics`: what happened, and to nobody in particular. */
export const statisticsCommand = (around: Surroundings): Command =>
  withPeriod(
    new Command('statistics').description(
      'what happened to findings, by provision, network, stage, unit and language; no people',
    ),
  ).action(async (options: PeriodOptions, command: Command) => {
    const query = queryOf(options);
    const { api, show } = sessionOf(command, 'auditor', around);
    const answer = await api.get(`/statistics?${query}`);
    show(answer, () => {
      const { from, to, events, provisions, networks, stages, days, units, languages, overturned } =
        Statistics.parse(answer);
      const names = Object.keys(events);
      const rows = [
        ['all', events] as const,
        ...[...provisions, ...networks, ...stages, ...days].map(
          ({ value, events: of }) => [value, of] as const,
        ),
      ].map(([value, of]) => [
        printable(value),
        ...names.map((name) => String(Object.entries(of).find(([event]) => event === name)?.[1] ?? 0)),
      ]);
      return [
        `${from} to ${to}`,
        '',
        ...table(['', ...names.map((name) => name.toUpperCase())], rows),
        '',
        ...groupLines('unit', units),
        '',
        ...groupLines('language', languages),
        '',
        `objections that overturned: ${shareText(overturned)}`,
      ];
    });
  });

/** `netral even-handedness`: whether sides, units and positions are treated alike. */
export const evenHandednessCommand = (around: Surroundings): Command =>
  withPeriod(
    new Command('even-handedness').description(
      'whether sides, units and positions are treated alike; no people',
    ),
  )
    .option('--english', 'say it in English')
    .action(
      async ({ english, ...options }: PeriodOptions & { readonly english?: boolean }, command: Command) => {
        const query = queryOf(options);
        const { api, show } = sessionOf(command, 'auditor', around);
        const answer = await api.get(`/even-handedness?${query}`);
        show(answer, () =>
          EvenHandedness.parse(answer).comparisons.flatMap(({ of, by, groups, chance, says }) => [
            `${of} by ${by}${chance === null ? '' : `, chance ${chance.toFixed(4)}`}`,
            ...table(
              ['GROUP', 'SHARE, WITH ITS 95 % INTERVAL'],
              groups.map(({ group, share }) => [printable(group), shareText(share)]),
            ),
            english === true ? says.en : says.id,
            '',
          ]),
        );
      },
    );
