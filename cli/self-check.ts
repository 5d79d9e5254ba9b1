import { resolve } from 'node:path';
import { Command } from 'commander';
import { systemClock } from '../shared/adapters/system-clock.js';
import { AreaCode } from '../shared/domain/calendar/contest.js';
import { SelfCheck, selfCheckerOf } from '../shared/domain/screening/self-check.js';
import { instant, type Instant } from '../shared/domain/time.js';
import { CliError } from './cli-error.js';
import { sessionOf, showing, type Surroundings } from './context.js';
import { draftFrom } from './draft.js';
import { packsIn } from './pack-folder.js';
import { printable, table } from './table.js';

interface CheckOptions {
  readonly file?: string;
  readonly at?: string;
  readonly area?: string;
  readonly packs: string;
  readonly offline?: boolean;
}

const moment = (written: string): Instant => {
  const date = new Date(written);
  if (Number.isNaN(date.getTime()))
    throw new CliError('--at is not a moment.', 'Write it like 2029-10-10T10:00:00+07:00.');
  return instant(date);
};

const areaOf = (written: string | undefined): AreaCode | null => {
  if (written === undefined) return null;
  const area = AreaCode.safeParse(written);
  if (!area.success) throw new CliError('--area is not an area.', 'Write it as dotted codes, 99.01.');
  return area.data;
};

const lines = ({ verdict, reason, contests, provisions, words }: SelfCheck): string[] => [
  `verdict     ${verdict}`,
  reason,
  ...(words.length === 0
    ? []
    : [`words       ${words.map(({ words: said }) => printable(said)).join(', ')}`]),
  ...(provisions.length === 0
    ? []
    : [
        '',
        ...table(
          ['PROVISION', 'SAYS', 'BASIS'],
          provisions.map(({ id, form, basis }) => [id, form.id, basis]),
        ),
      ]),
  ...(contests.length === 0
    ? []
    : [
        '',
        ...table(
          ['CONTEST', 'STAGE'],
          contests.map(({ title, stage }) => [title.id, stage ?? 'unknown']),
        ),
      ]),
  '',
  'Ini bacaan mesin, bukan putusan dan bukan izin.',
];

/** `netral self-check`: what the screening would say of a draft, before anybody posts it. */
export const selfCheckCommand = (around: Surroundings): Command =>
  new Command('self-check')
    .description('see what the screening would say of a draft before you post it; nothing is kept')
    .argument('[text]', 'the draft; with --file it does not stay in the history of your shell')
    .option('--file <path>', 'read the draft from a file')
    .option('--at <moment>', 'when it is to be posted (default: now)')
    .option('--offline', 'ask no API: read it here, by the packs of a folder')
    .option('--packs <folder>', 'with --offline: the packs', 'packs')
    .option('--area <code>', 'with --offline: where you live and work (default: every contest counts)')
    .action(async (given: string | undefined, options: CheckOptions, command: Command) => {
      const text = await draftFrom(given, options, around.folder);
      const at = options.at === undefined ? null : moment(options.at);
      if (options.offline === true) {
        const check = selfCheckerOf(await packsIn(resolve(around.folder, options.packs)));
        const postedAt = at ?? systemClock();
        const checked = check({ text, postedAt, area: areaOf(options.area) });
        showing(command, around)(checked, () => lines(checked));
        return;
      }
      const { api, show } = sessionOf(command, 'analyst', around);
      const answer = await api.post('/me/self-check', {
        text,
        ...(at === null ? {} : { postedAt: at }),
      });
      show(answer, () => lines(SelfCheck.parse(answer)));
    });
