import { Fate, Mailing, tagOf, type MailingName } from '../domain/digest/mail.js';
import { minus } from '../domain/time.js';
import type { MailingStore } from '../ports.js';
import { by } from './by.js';
import { CLAIM_MINUTES, heldClaim } from './mailing-claim.js';
import { memoryRows, promised } from './memory-rows.js';

const nameOf = ({ kind, recipient, occasion }: MailingName): string =>
  JSON.stringify([kind, recipient, occasion]);

const weight = (fate: Fate | null): number => (fate === null ? -1 : Fate.options.indexOf(fate));

/** Intended mails for one process. */
export const memoryMailingStore = (): MailingStore => {
  const mailings = memoryRows(Mailing);
  return {
    claim: ({ kind, recipient, occasion, items }, at) =>
      promised(() => {
        const name = { kind, recipient, occasion };
        const stored = mailings.get(nameOf(name));
        if (stored?.state === 'sent' || stored?.state === 'undeliverable') return stored.state;
        if (stored?.state === 'claimed' && stored.claimedAt > minus(at, { minutes: CLAIM_MINUTES }))
          return heldClaim(stored.claimedAt, at);
        mailings.set(nameOf(name), {
          ...name,
          items,
          state: 'claimed',
          claimedAt: at,
          messageId: null,
          fate: null,
        });
        return 'claimed';
      }),
    settle: (name, { state, messageId }) =>
      promised(() => {
        const stored = mailings.get(nameOf(name));
        if (stored === null) throw new Error(`No claim on the ${name.kind} of ${name.occasion} to settle`);
        if (stored.fate === 'bounced') return;
        mailings.set(nameOf(name), { ...stored, state, messageId });
      }),
    release: (name) =>
      promised(() => {
        const stored = mailings.get(nameOf(name));
        if (stored?.state !== 'claimed')
          throw new Error(`No claim on the ${name.kind} of ${name.occasion} to release`);
        mailings.set(nameOf(name), { ...stored, state: 'unsent' });
      }),
    byTag: (tag) => promised(() => mailings.all().find((mailing) => tagOf(mailing) === tag) ?? null),
    noteFate: (name, { fate, messageId }) =>
      promised(() => {
        const stored = mailings.get(nameOf(name));
        if (stored === null || weight(stored.fate) > weight(fate)) return false;
        const state = fate === 'bounced' ? 'undeliverable' : 'sent';
        mailings.set(nameOf(name), { ...stored, state, messageId, fate });
        return true;
      }),
    last: (kind, recipient) =>
      promised(
        () =>
          mailings
            .all()
            .filter((mailing) => mailing.kind === kind && mailing.recipient === recipient)
            .sort(by(({ occasion }) => occasion))
            .at(-1) ?? null,
      ),
    to: (recipient) => promised(() => mailings.all().filter((mailing) => mailing.recipient === recipient)),
    claimedBy: (at, limit) =>
      promised(() =>
        mailings
          .all()
          .filter(({ claimedAt }) => claimedAt <= at)
          .sort(by(({ claimedAt }) => claimedAt))
          .slice(0, limit),
      ),
    remove: (name) =>
      promised(() => {
        mailings.delete(nameOf(name));
      }),
    about: (finding) =>
      promised(() => mailings.all().filter(({ items }) => items.some((item) => item.finding === finding))),
  };
};
