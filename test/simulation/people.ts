import * as z from 'zod';
import { FindingId, type PersonId } from '../../shared/domain/ids.js';
import type { Mail, MailingName } from '../../shared/domain/digest/mail.js';
import { Role, type Person } from '../../shared/domain/registry/person.js';
import { FindingView } from '../../shared/domain/review/views.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { Request, Response } from './api.js';
import { ANALYSTS, emailOf, numberOf, rowOf, SUPERIORS, type Member } from './cast.js';
import type { Chance } from './chance.js';
import type { Scheduler } from './scheduler.js';
import type { Witness } from './witness.js';

interface Surroundings {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly witness: Witness;
  readonly cast: readonly Member[];
  readonly personOf: (name: string) => Person;
  /** The accounts of somebody as they are registered now. */
  readonly accountsOf: (person: PersonId) => Promise<readonly Account[]>;
  /** What a digest speaks of. */
  readonly itemsOf: (name: MailingName) => Promise<readonly { readonly finding: string }[]>;
  /** `null` where the process died over it. */
  readonly ask: (request: Request) => Promise<Response | null>;
  /** Milliseconds since 1970 at which people stop acting. */
  readonly until: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WORDS = 'Alasan yang ditulis dengan kata-kata sendiri.';
const Known = z.object({ people: z.array(z.object({ id: z.string(), revision: z.number() }).nullable()) });
const Next = z.object({ finding: FindingView.nullable() });

/** The people of the agency, who act through the API, try again when it fails, and now and then change their mind. */
export const people = (around: Surroundings) => {
  const { scheduler, chance, witness, cast, personOf, accountsOf, itemsOf, until } = around;

  /** Asks as somebody, again after some minutes while the API is not well; `null` where that never came to an end. */
  const asking = async (name: string, request: Omit<Request, 'claims'>): Promise<Response | null> => {
    const roles = Role.options.filter((role) =>
      cast.find((member) => member.name === name)?.roles.includes(role),
    );
    const claims = { subject: name, roles, email: emailOf(name) };
    while (scheduler.time() < until) {
      const answer = await around.ask({ ...request, claims });
      if (answer !== null && answer.status < 500) return answer;
      await scheduler.sleep(chance.between(MINUTE, 10 * MINUTE));
    }
    return null;
  };

  /** Asks for something that answers with a finding, which is then a look at it. */
  const looking = async (name: string, request: Omit<Request, 'claims'>): Promise<FindingView | null> => {
    const answer = await asking(name, request);
    if (answer?.status !== 200) return null;
    const body: unknown = JSON.parse(answer.body);
    const view = FindingView.safeParse(body).data ?? Next.parse(body).finding;
    if (view !== null) await witness.read(personOf(name).id, FindingId.parse(view.id));
    return view;
  };

  const decide = async (name: string, { id, state }: FindingView): Promise<void> => {
    const pursue = chance.happens(0.75);
    const decision = {
      indicated: pursue
        ? { kind: 'clarify', reason: 'call-to-vote' }
        : { kind: 'dismiss', reason: 'joke-or-other-sense' },
      deciding: pursue
        ? { kind: 'refer', reason: 'call-to-vote' }
        : { kind: 'dismiss', reason: 'insufficient-evidence' },
      objected: pursue
        ? { kind: 'withdraw', reason: 'not-own-act' }
        : { kind: 'confirm', reason: 'call-to-vote' },
    }[z.enum(['indicated', 'deciding', 'objected']).parse(state)];
    await looking(name, { operation: `POST /findings/${id}/decisions`, json: { ...decision, words: WORDS } });
  };

  const review = async (name: string): Promise<void> => {
    await scheduler.sleep(chance.between(0, 3 * HOUR));
    while (scheduler.time() < until) {
      for (let item = 0; item < 5; item += 1) {
        const view = await looking(name, { operation: 'POST /findings/next' });
        if (view === null) break;
        await scheduler.sleep(chance.between(MINUTE, 15 * MINUTE));
        await decide(name, view);
      }
      await scheduler.sleep(chance.between(3 * HOUR, 7 * HOUR));
    }
  };

  const confirm = async (mail: Mail): Promise<void> => {
    const token = /\/invitations\/([\w.-]+)/.exec(mail.text)?.[1] ?? '';
    await scheduler.sleep(chance.between(MINUTE, 2 * HOUR));
    await asking(nameIn(mail), { operation: `POST /invitations/${token}`, form: { noticeVersion: '1' } });
  };

  const answer = async (mail: Mail, finding: string): Promise<void> => {
    if (chance.happens(0.3)) return;
    await scheduler.sleep(chance.between(10 * MINUTE, 16 * HOUR));
    const kind = chance.oneOf([
      'explanation',
      'explanation',
      'explanation',
      'accident',
      'deleted',
      'not-my-account',
    ]);
    await looking(nameIn(mail), {
      operation: `POST /me/findings/${finding}/answers`,
      json: { answer: kind, words: WORDS },
    });
  };

  const object = async (mail: Mail, finding: string): Promise<void> => {
    if (chance.happens(0.4)) return;
    await scheduler.sleep(chance.between(10 * MINUTE, 10 * HOUR));
    await looking(nameIn(mail), {
      operation: `POST /me/findings/${finding}/objections`,
      json: { words: WORDS },
    });
  };

  const takeNote = async (mail: Mail, name: MailingName): Promise<void> => {
    await scheduler.sleep(chance.between(MINUTE, 5 * HOUR));
    for (const { finding } of await itemsOf(name)) {
      const view = await looking(nameIn(mail), { operation: `GET /findings/${finding}` });
      if (view !== null && chance.happens(0.7))
        await looking(nameIn(mail), { operation: `POST /findings/${finding}/acknowledgement` });
    }
  };

  const changeOwn = async (name: string, change: 'pause' | 'resume' | 'withdraw'): Promise<void> => {
    for (const { id } of await accountsOf(personOf(name).id))
      await asking(name, { operation: `POST /accounts/${id}/${change}` });
  };

  /** Holders who pause for some hours, and some who withdraw for good. */
  const waver = async (name: string): Promise<void> => {
    if (chance.happens(0.4)) {
      await scheduler.sleep(chance.between(4 * HOUR, 20 * HOUR));
      await changeOwn(name, 'pause');
      await scheduler.sleep(chance.between(HOUR, 8 * HOUR));
      await changeOwn(name, 'resume');
    }
    if (chance.happens(0.15)) {
      await scheduler.sleep(chance.between(0, 20 * HOUR));
      await changeOwn(name, 'withdraw');
    }
  };

  const register = async (): Promise<void> => {
    const rows = cast.filter(({ account }) => account !== null).map((member) => rowOf(cast, member));
    await asking('admin', { operation: 'POST /registry/rows', json: { rows } });
  };

  /** A holder gets another superior, or somebody acts for a superior, while matters are under way. */
  const reorganise = async (): Promise<void> => {
    await scheduler.sleep(chance.between(10 * HOUR, 40 * HOUR));
    const [holder] = cast.filter(({ account }) => account !== null);
    if (holder === undefined) return;
    const other = SUPERIORS.find((name) => name !== holder.superior) ?? 'kepala';
    if (chance.happens(0.5))
      await asking('admin', {
        operation: 'POST /registry/rows',
        json: { rows: [{ ...rowOf(cast, holder), supervisorEmployeeNumber: numberOf(cast, other) }] },
      });
    else await nameActing('kepala', 'wakil');
  };

  const nameActing = async (superior: string, acting: string): Promise<void> => {
    const json = { employeeNumbers: [numberOf(cast, superior)] };
    const answer = await asking('admin', { operation: 'POST /people/lookup', json });
    const [person] = answer === null ? [] : Known.parse(JSON.parse(answer.body)).people;
    if (person == null) return;
    await asking('admin', {
      operation: `PUT /people/${person.id}/acting`,
      json: { actedBy: personOf(acting).id },
      version: person.revision,
    });
  };

  const nameIn = ({ to }: Mail): string => to.split('@')[0] ?? '';

  return {
    begin: (): void => {
      void register();
      for (const name of ANALYSTS) void review(name);
      for (const { name, account } of cast) if (account !== null) void waver(name);
      if (chance.happens(0.5)) void reorganise();
    },
    /** What people do about a mail that they find. */
    read: (mail: Mail, name: MailingName): void => {
      const [finding = '', telling] = name.occasion.split('#');
      if (name.kind === 'invitation') void confirm(mail);
      if (name.kind === 'clarification') void answer(mail, finding);
      if (name.kind === 'outcome' && telling === 'referred') void object(mail, finding);
      if (name.kind === 'digest') void takeNote(mail, name);
    },
  };
};
