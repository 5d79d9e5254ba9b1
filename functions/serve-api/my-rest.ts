import * as z from 'zod';
import { Mailing } from '../../shared/domain/digest/mail.js';
import { FileName } from '../../shared/domain/file-kinds.js';
import { uploadsOf } from '../../shared/domain/files.js';
import { FindingId } from '../../shared/domain/ids.js';
import { Account } from '../../shared/domain/registry/account.js';
import { Person } from '../../shared/domain/registry/person.js';
import { placesOf } from '../../shared/domain/registry/place.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import { goldenId, GoldenId } from '../../shared/domain/review/golden.js';
import { Instant } from '../../shared/domain/time.js';
import { inParallel } from '../../shared/in-parallel.js';
import type { ApiDeps } from './api.js';
import { drillsOf } from './drills.js';
import type { MyData } from './my-data.js';

/** A mail that was to go out, to whoever asks or about what was found on them. */
const OwnMail = z.strictObject({
  kind: Mailing.shape.kind,
  to: z.enum(['you', 'your superior']),
  at: Instant,
  state: Mailing.shape.state,
  fate: Mailing.shape.fate,
  /** What it told of which finding of theirs. */
  about: z.array(z.strictObject({ finding: FindingId, telling: z.string() })),
});

/** How a registration came about and stands, beyond what its holder works with. */
const Registration = z.strictObject({
  account: Account.shape.id,
  area: Account.shape.area,
  identity: Account.shape.identity,
  identifiedAt: Account.shape.identifiedAt.unwrap(),
  lapses: Account.shape.lapses,
  invitedAt: Account.shape.invitedAt,
  invitedNotice: Account.shape.invitedNotice,
  invitations: Account.shape.invitations,
  /** Since when nobody else can register the same. */
  claimedAt: z.array(Instant),
  /** Posts of the last days that are known again by keyed hashes: how many, and when they were read. Nobody can turn a hash back. */
  marks: z.strictObject({ posts: z.int(), read: z.array(Instant) }),
});

/** What else is on record of somebody: what no page needs, and a copy must not leave out. */
export const MyRest = z.strictObject({
  /** By which token they sign in. */
  subject: Person.shape.subject,
  registrations: z.array(Registration),
  mails: z.array(OwnMail),
  /** Files that they have uploaded and named nowhere yet. */
  uploads: z.array(z.strictObject({ file: FileName, bytes: z.int() })),
  /** Of an analyst: the invented items that they have answered or let pass, and how they answered the last. */
  drills: z.strictObject({
    shown: z.array(z.strictObject({ item: GoldenId, at: Instant, answered: z.boolean() })),
    last: z.strictObject({ item: GoldenId, text: z.string(), state: z.string() }).nullable(),
  }),
});
export type MyRest = z.infer<typeof MyRest>;

export type MyRestDeps = Pick<ApiDeps, 'accounts' | 'scans' | 'mailings' | 'files' | 'golden' | 'now'>;

const ownMails = async (
  { mailings }: MyRestDeps,
  { person }: Caller,
  findings: readonly FindingId[],
): Promise<z.infer<typeof OwnMail>[]> => {
  const about = await inParallel(findings, mailings.about);
  const all = [...(await mailings.to(person.id)), ...about.flat()];
  const names = new Map(all.map((one) => [`${one.kind}#${one.recipient}#${one.occasion}`, one]));
  return [...names.values()]
    .sort((left, right) => (left.claimedAt < right.claimedAt ? -1 : 1))
    .map(({ kind, recipient, claimedAt, state, fate, items }) => ({
      kind,
      to: recipient === person.id ? ('you' as const) : ('your superior' as const),
      at: claimedAt,
      state,
      fate,
      about: items.flatMap(({ finding, telling }) => {
        const own = findings.find((id) => id === finding);
        return own === undefined ? [] : [{ finding: own, telling }];
      }),
    }));
};

/** The rest of what is on record of whoever asks. */
export const myRest =
  (deps: MyRestDeps) =>
  async (caller: Caller, { findings }: Pick<MyData, 'findings'>): Promise<MyRest> => {
    const { person } = caller;
    const accounts = await deps.accounts.ofHolder(person.id);
    const scans = await deps.scans.byAccounts(accounts.map(({ id }) => id));
    const registrations = await inParallel(accounts, async (account) => {
      const claims = await inParallel([...new Set(placesOf(account))], deps.accounts.placeOwner);
      const window = scans.find((scan) => scan.account === account.id)?.window ?? [];
      return {
        account: account.id,
        area: account.area,
        identity: account.identity,
        identifiedAt: account.identifiedAt,
        lapses: account.lapses,
        invitedAt: account.invitedAt,
        invitedNotice: account.invitedNotice,
        invitations: account.invitations,
        claimedAt: claims.flatMap((claim) => (claim?.account === account.id ? [claim.claimedAt] : [])),
        marks: { posts: window.length, read: [...new Set(window.map(({ handedAt }) => handedAt))] },
      };
    });
    const waiting = await deps.files.list(uploadsOf(person.id));
    const drills = await drillsOf(deps)(caller);
    const current = drills?.current ?? null;
    const open = current?.finding.state === 'indicated' ? goldenId(current.item) : null;
    return MyRest.parse({
      subject: person.subject,
      registrations,
      mails: await ownMails(
        deps,
        caller,
        findings.map(({ id }) => id),
      ),
      uploads: waiting.map(({ key, bytes }) => ({ file: key.split('/').at(-1), bytes })),
      drills: {
        // One that still waits for its answer would be no measure if it were told.
        shown: (drills?.shown ?? []).filter(({ item }) => item !== open),
        last:
          current === null || open !== null
            ? null
            : { item: goldenId(current.item), text: current.item.text, state: current.finding.state },
      },
    });
  };
