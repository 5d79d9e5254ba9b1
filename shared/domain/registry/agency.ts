import * as z from 'zod';
import { Sha256 } from '../ids.js';
import { Count, Entered, Line, MailAddress, Passage } from '../fields.js';
import { LINK } from '../limits.js';
import { AreaCode } from '../calendar/contest.js';
import { Instant, LocalDate, TimeZone } from '../time.js';
import { NetworkSettings, USUAL_NETWORK_SETTINGS } from './network-settings.js';

/** The agency's own written rule that lets it collect declared accounts. */
export const LegalInstrument = z
  .strictObject({
    number: Line.describe('Its number and year.'),
    authority: Line.describe('Who issued it.'),
    date: LocalDate.describe('The day from which it holds.'),
    validUntil: LocalDate.describe('The last day on which it holds; nothing is looked at after it.'),
  })
  .refine(({ date, validUntil }) => date <= validUntil, {
    path: ['validUntil'],
    error: 'must not be before the date of the instrument',
  });
export type LegalInstrument = z.infer<typeof LegalInstrument>;

/** The data-protection impact assessment (UU 27/2022 article 34). */
export const ImpactAssessment = z.strictObject({
  reference: Entered.max(LINK).describe('Where the signed document is found.'),
  date: LocalDate.describe('The day on which it was signed.'),
});
export type ImpactAssessment = z.infer<typeof ImpactAssessment>;

/** The data-protection officer as holders reach them (UU 27/2022 article 53). */
export const OfficerContact = z.strictObject({
  name: Line.describe('The name or office that holders read.'),
  email: MailAddress.describe('Where holders write to.'),
});
export type OfficerContact = z.infer<typeof OfficerContact>;

/** What a holder is told before anything is collected (UU 27/2022 article 21). */
export const Notice = z.strictObject({
  version: Line.describe('Another text needs another version.'),
  text: z
    .strictObject({
      id: Passage.describe('In Indonesian.'),
      en: Passage.describe('In English.'),
    })
    .describe('The whole notice.'),
});
export type Notice = z.infer<typeof Notice>;

const Days = z.int().min(1);

/** Days that each kind of record is kept; the end of a referred file follows the agency's archive schedule. */
export const RetentionRules = z.strictObject({
  dismissedDays: Days.max(14).describe('Dismissed findings, 1 to 14.'),
  withdrawnDays: Days.max(30).describe('Withdrawn findings, 1 to 30.'),
  referredDays: z
    .int()
    .min(30)
    .describe('Referred and confirmed findings, by the agency’s archive schedule, 30 or more.'),
  coverageDays: Days.max(180).describe('What was looked at and what was not, 1 to 180.'),
});
export type RetentionRules = z.infer<typeof RetentionRules>;

/** What must be on record before a single account is looked at. `null` means not yet given. */
export const Gates = z.strictObject({
  instrument: LegalInstrument.nullable(),
  impactAssessment: ImpactAssessment.nullable(),
  officer: OfficerContact.nullable(),
  notice: Notice.nullable(),
  retention: RetentionRules.nullable(),
});
export type Gates = z.infer<typeof Gates>;

/** Windows that an agency may lengthen. None of them can skip a person or the holder. */
export const ReviewSettings = z.strictObject({
  replyWorkingDays: Days.max(14),
  /** The longest that an analyst may put an item off. */
  holdWorkingDays: Days.max(5).default(2),
  /** Analysts of the holder's own unit are kept from a finding, as if it did not exist. */
  excludeOwnUnit: z.boolean().default(false),
  /** Of ended matters, how many of a hundred another analyst looks at again to measure the team’s work. */
  secondLookPercent: z.int().min(5).max(100).default(10),
  /** Before how many of a hundred first looks an analyst gets an invented item, where the agency has any. */
  goldenPercent: z.int().min(0).max(50).default(5),
  /** What the mail to a superior holds: the results in short, never the post; or no more than that there are some, and where. */
  superiorMail: z.enum(['results', 'links']).default('results'),
});
export type ReviewSettings = z.infer<typeof ReviewSettings>;

export const Agency = z.strictObject({
  name: Line,
  area: AreaCode,
  timeZone: TimeZone,
  gates: Gates,
  /** Every version of the notice that was ever in use, with a hash of its text. */
  publishedNotices: z
    .array(
      z.strictObject({
        version: Notice.shape.version,
        hash: Sha256,
      }),
    )
    .default([]),
  review: ReviewSettings,
  /** Whether an account is looked at only once its holder has proved that it is theirs, beyond having confirmed it. */
  ownershipProof: z.enum(['required', 'optional']).default('optional'),
  networks: NetworkSettings.default(USUAL_NETWORK_SETTINGS),
  /** Every cohort that has not run since this moment is due, whatever its interval. */
  scanRequestedAt: Instant.nullable(),
  /** Counts changes, so that nobody overwrites another's change unseen. */
  revision: Count,
});
export type Agency = z.infer<typeof Agency>;
