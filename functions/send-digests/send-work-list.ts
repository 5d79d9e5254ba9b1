import type { Agency } from '../../shared/domain/registry/agency.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Instant, LocalDate } from '../../shared/domain/time.js';
import { deliverOnce, type DeliverDeps, type IntendedMail } from '../../shared/mail/deliver-once.js';
import type { Report } from '../../shared/ports.js';
import type { WaitingCounts } from './waiting.js';
import { workList } from './work-list.js';

export interface SendWorkListDeps extends DeliverDeps {
  readonly publicUrl: string;
  readonly report: Report;
}

interface Around {
  readonly agency: Agency;
  readonly period: LocalDate;
  readonly countFor: (reader: Person) => Promise<WaitingCounts>;
  readonly at: Instant;
}

/** Sends one member of the team their work list of a period; `null` when nothing waits for them. */
export const sendWorkList =
  (deps: SendWorkListDeps, { agency, period, countFor, at }: Around) =>
  async (reader: Person): Promise<string | null> => {
    const { publicUrl, report } = deps;
    const letter = workList({ agency, publicUrl, reader, period, counts: await countFor(reader), at });
    if (letter === null) return null;
    const mailing: IntendedMail = {
      kind: 'work-list',
      recipient: reader.id,
      occasion: period,
      items: [],
    };
    const delivery = await deliverOnce(deps, mailing, reader.email, letter);
    if (delivery === 'undeliverable') report('work-list-undeliverable', { person: reader.id });
    return `work-list-${delivery}`;
  };
