import type { DeliveryEvent } from '../../shared/domain/digest/delivery.js';
import { tagOf, type Mail, type MailingName } from '../../shared/domain/digest/mail.js';
import type { Mailer } from '../../shared/ports.js';
import type { Chance } from './chance.js';
import { DependencyError } from './process.js';
import type { Scheduler } from './scheduler.js';
import type { Weather } from './weather.js';

interface Surroundings {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly startedAt: number;
  /** Where the mail service tells what became of a mail. */
  readonly tell: (event: DeliveryEvent) => void;
  /** A mail went out. */
  readonly wentOut: (mail: Mail, name: MailingName) => Promise<void>;
  /** A mail lies in its mailbox. */
  readonly arrived: (mail: Mail, name: MailingName) => void;
}

const HOUR = 3_600_000;

/** A mail service like SES: it takes mails, and says later, perhaps twice or never, what became of them. */
export const simulatedMail = (around: Surroundings): Mailer => {
  const { scheduler, chance, weather, startedAt, tell, wentOut, arrived } = around;
  const dead = new Set<string>();
  const met = new Set<string>();
  let taken = 0;

  const happens = (probability: number): boolean =>
    scheduler.time() - startedAt < weather.healsAfter && chance.happens(probability);
  const bounces = (address: string): boolean => {
    if (!met.has(address) && chance.happens(weather.mail.bounces)) dead.add(address);
    met.add(address);
    return dead.has(address);
  };

  return {
    send: async (mail, name) => {
      if (happens(weather.mail.refuses))
        return { kind: 'unsent', because: new DependencyError('The mail service was asked too fast') };
      taken += 1;
      const messageId = `mail-${taken}`;
      await wentOut(mail, name);
      const comesBack = bounces(mail.to);
      const about = { mailing: tagOf(name), messageId };
      const event: DeliveryEvent = comesBack
        ? { ...about, event: 'Bounce', bounce: chance.oneOf(['Permanent', 'Transient']) }
        : { ...about, event: 'Delivery' };
      if (!comesBack)
        scheduler.after(chance.between(500, 5_000), () => {
          arrived(mail, name);
        });
      const { eventLost, eventLate, eventDoubled } = weather.mail;
      if (!happens(eventLost)) {
        const wait = happens(eventLate) ? chance.next() * 4 * HOUR : chance.between(1_000, 30_000);
        scheduler.after(wait, () => {
          tell(event);
        });
        if (happens(eventDoubled))
          scheduler.after(wait + chance.between(0, 600_000), () => {
            tell(event);
          });
      }
      return { kind: 'accepted', messageId };
    },
  };
};
