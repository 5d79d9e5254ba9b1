import { Command } from 'commander';
import { removeCandidate } from '../shared/adapters/s3-pack-publisher.js';
import { ShadowStatus } from '../shared/domain/screening/shadow-status.js';
import { sessionOf, showing, type Surroundings } from './context.js';
import { inBucket, onBucket, type BucketOptions } from './pack-bucket.js';
import { table } from './table.js';

const changes = ({ active, candidate }: ShadowStatus): string[][] => {
  const ids = new Set([...active, ...(candidate ?? [])].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const before = active.find((pack) => pack.id === id);
    const after = candidate?.find((pack) => pack.id === id);
    if (before?.hash === after?.hash) return [];
    return [[id, before?.version ?? 'none', after?.version ?? 'none']];
  });
};

const lines = (status: ShadowStatus): string[] => {
  const { candidate, since, counts } = status;
  if (candidate === null) return ['No candidate is tried.', 'Try one with netral pack publish --candidate.'];
  const changed = changes(status);
  if (changed.length === 0) return ['The candidate is what is in use; there is nothing to compare.'];
  return [
    ...table(['PACK', 'IN USE', 'CANDIDATE'], changed),
    '',
    ...(since === null
      ? ['No post was screened since the candidate was published.']
      : [
          `${counts.posts} posts since ${since}, ${counts.same} of them with the same verdict and provisions.`,
          '',
          ...table(
            ['IN USE', 'CANDIDATE', 'POSTS'],
            counts.verdicts.map((row) => [row.active, row.candidate, String(row.posts)]),
          ),
          '',
          ...table(
            ['PROVISION', 'BOTH', 'ONLY IN USE', 'ONLY CANDIDATE'],
            counts.provisions.map((row) => [
              row.provision,
              ...[row.both, row.onlyActive, row.onlyCandidate].map(String),
            ]),
          ),
        ]),
  ];
};

/** `netral pack shadow`: the trial of a candidate set of packs. */
export const shadowCommand = (around: Surroundings): Command => {
  const shadow = new Command('shadow').description(
    'the trial of candidate packs, which count on live traffic and keep no text',
  );

  shadow
    .command('status')
    .description('how the candidate’s verdicts differ from those in use')
    .action(async (_options: unknown, command: Command) => {
      const { api, show } = sessionOf(command, 'administrator', around);
      const answer = await api.get('/packs/shadow');
      show(answer, () => lines(ShadowStatus.parse(answer)));
    });

  onBucket(shadow.command('stop'))
    .description('end the trial; what was counted expires by itself')
    .action(async (options: BucketOptions, command: Command) => {
      await inBucket(options, (client) => removeCandidate(client, options.bucket));
      showing(command, around)({ candidate: null }, () => ['No candidate is tried any more.']);
    });

  return shadow;
};
