import { PersonId } from '../ids.js';
import type { Finding } from '../review/finding.js';
import { superiorsWhoLooked, type Onlookers, type Reading } from '../review/looks.js';
import type { Mailing } from './mail.js';

/** A mail that was claimed and has no end may have gone out. */
const mayHaveGoneOut = ({ state }: Mailing): boolean => state === 'sent' || state === 'claimed';

const acknowledgedBefore = ({ history }: Pick<Finding, 'history'>): PersonId[] =>
  history
    .slice(
      0,
      history.findLastIndex(({ act }) => act === 'withdraw'),
    )
    .flatMap(({ act, actor }) => (act === 'acknowledge' && actor.kind === 'person' ? [actor.person] : []));

/**
 * Whom the correction of a withdrawn finding is still owed to: every superior who was told of it, by a digest, so that they
 * acknowledged it, or so that they only looked, and had no correction yet. Nobody else hears a name. `mailings` are all that
 * speak of the finding, `looks` those at it.
 */
export const owedCorrection = (
  finding: Pick<Finding, 'id' | 'history'>,
  mailings: readonly Mailing[],
  looks: readonly Reading[],
  around: Onlookers,
): readonly PersonId[] => {
  const digests = mailings.filter(({ kind }) => kind === 'digest');
  const about = (isMeant: (telling: string) => boolean) => (mailing: Mailing) =>
    mailing.items.some((item) => item.finding === finding.id && isMeant(item.telling));
  const told = digests.filter(mayHaveGoneOut).filter(about((telling) => telling !== 'withdrawn'));
  const corrected = digests
    .filter(({ state }) => state === 'sent')
    .filter(about((telling) => telling === 'withdrawn'))
    .map(({ recipient }) => recipient);
  return [
    ...new Set([
      ...told.map(({ recipient }) => PersonId.parse(recipient)),
      ...acknowledgedBefore(finding),
      ...superiorsWhoLooked(finding, looks, around),
    ]),
  ].filter((person) => !corrected.includes(person));
};
