import type * as z from 'zod';
import { sha256 } from '../ids.js';
import { Gates, type Agency, type Notice } from './agency.js';

/** The gates to be changed; `null` closes one. */
export const GatesChange = Gates.partial();
export type GatesChange = z.infer<typeof GatesChange>;

export type GatesOutcome =
  | { readonly kind: 'changed'; readonly agency: Agency }
  | { readonly kind: 'refused'; readonly reason: 'notice-version' };

type Published = Agency['publishedNotices'];

/** The published notices with this one; `null` where its version was published with another text. */
const withNotice = (published: Published, { version, text }: Notice): Published | null => {
  const hash = sha256('notice', text.id, text.en);
  const known = published.find((notice) => notice.version === version);
  if (known === undefined) return [...published, { version, hash }];
  return known.hash === hash ? published : null;
};

/**
 * An agency with other gates. Holders confirmed a version of the notice, so another text needs another version, also
 * after the notice was taken back.
 */
export const changeGates = (agency: Agency, change: GatesChange): GatesOutcome => {
  let published: Published | null = agency.publishedNotices;
  for (const notice of [agency.gates.notice, change.notice ?? null])
    if (notice !== null && published !== null) published = withNotice(published, notice);
  if (published === null) return { kind: 'refused', reason: 'notice-version' };
  const { gates } = agency;
  return {
    kind: 'changed',
    agency: {
      ...agency,
      gates: {
        instrument: change.instrument === undefined ? gates.instrument : change.instrument,
        impactAssessment:
          change.impactAssessment === undefined ? gates.impactAssessment : change.impactAssessment,
        officer: change.officer === undefined ? gates.officer : change.officer,
        notice: change.notice === undefined ? gates.notice : change.notice,
        retention: change.retention === undefined ? gates.retention : change.retention,
      },
      publishedNotices: published,
      revision: agency.revision + 1,
    },
  };
};
