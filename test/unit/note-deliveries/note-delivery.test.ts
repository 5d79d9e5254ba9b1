import { describe, expect, it } from 'vitest';
import { noteDelivery } from '../../../functions/note-deliveries/note-delivery.js';
import { notifyHolders } from '../../../functions/notify-holders/notify-holders.js';
import { sendDigests } from '../../../functions/send-digests/send-digests.js';
import { DeliveryEvent } from '../../../shared/domain/digest/delivery.js';
import { tagOf, type Mailing } from '../../../shared/domain/digest/mail.js';
import { clocksOf } from '../../../shared/domain/review/clocks.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { plus } from '../../../shared/domain/time.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';
import { ACTS, aFindingIn, around, moved, theHolder } from '../../fixtures/review.js';
import { aWorld, somebody, theEmployee, type World } from '../../fixtures/world.js';

const asked = aFindingIn('clarifying');
const referred = aFindingIn('referred');
const WINDOW_END = '2026-11-26T17:00:00.000Z';

const mailOf = async (world: World, finding: typeof asked): Promise<Mailing> => {
  const [mailing] = await world.mailings.about(finding.id);
  if (mailing === undefined) throw new Error('Nothing was sent');
  return mailing;
};

type Told = { readonly event: DeliveryEvent['event']; readonly bounce?: string };

/** The mail service tells of the mail on a finding. */
const told = async (world: World, finding: typeof asked, what: Told): Promise<void> =>
  noteDelivery(world)(
    DeliveryEvent.parse({ ...what, mailing: tagOf(await mailOf(world, finding)), messageId: 'm-1' }),
  );
const delivered = { event: 'Delivery' } as const;
const bounced = { event: 'Bounce', bounce: 'Permanent' } as const;
const unsure = { event: 'Bounce', bounce: 'Transient' } as const;

const aSentQuestion = async (): Promise<World> => {
  const world = await aWorld({ findings: [asked] });
  await notifyHolders(world)();
  return world;
};
const question = (world: World) => world.findings.byId(asked.id);

describe('the holder’s time to answer', () => {
  it('begins when the question was delivered, and not when it was handed over', async () => {
    const world = await aSentQuestion();
    expect(await question(world)).toMatchObject({ replyBy: null, untold: { holder: 'clarification' } });
    world.pass({ days: 1 });
    await told(world, asked, delivered);
    const begun = await question(world);
    expect(begun).toMatchObject({ replyBy: '2026-11-27T17:00:00.000Z', untold: { holder: null } });
    expect(begun?.history.at(-1)).toMatchObject({ act: 'notify', actor: { job: 'note-deliveries' } });
  });

  it('begins once, however often that is told', async () => {
    const world = await aSentQuestion();
    for (let time = 0; time < 3; time += 1) await told(world, asked, delivered);
    const begun = await question(world);
    expect(begun?.replyBy).toBe(WINDOW_END);
    expect(begun?.history.filter(({ act }) => act === 'notify')).toHaveLength(1);
  });

  it.each([bounced, unsure, { event: 'Reject' } as const])(
    'stops on %o, and operators are told',
    async (what) => {
      const world = await aSentQuestion();
      await told(world, asked, delivered);
      await told(world, asked, what);
      const stopped = await question(world);
      expect(stopped).toMatchObject({ state: 'clarifying', replyBy: null });
      expect(stopped?.history.at(-1)).toMatchObject({ act: 'bounce' });
      expect(world.reports.at(-1)).toMatchObject({
        event: 'mail-came-back',
        facts: { kind: 'clarification', recipient: opaqueId('person') },
      });
      await told(world, asked, what);
      expect((await question(world))?.history).toHaveLength(stopped?.history.length ?? 0);
    },
  );

  it('does not begin where the mail came back before it was said to be delivered', async () => {
    const world = await aSentQuestion();
    await told(world, asked, bounced);
    await told(world, asked, delivered);
    expect((await question(world))?.replyBy).toBeNull();
    expect(await mailOf(world, asked)).toMatchObject({ state: 'undeliverable', fate: 'bounced' });
  });

  it('is none any more where the holder has answered before', async () => {
    const world = await aSentQuestion();
    const answered = moved(personActs(asked, ACTS.answer, theHolder, around()));
    await world.findings.save({ ...answered, revision: ((await question(world))?.revision ?? 0) + 1 });
    await told(world, asked, delivered);
    expect(await question(world)).toMatchObject({ state: 'deciding', replyBy: null });
  });

  it('waits for the event to come again where somebody saved at the same moment', async () => {
    const world = await aSentQuestion();
    const save = () => Promise.resolve('stale' as const);
    await expect(told({ ...world, findings: { ...world.findings, save } }, asked, delivered)).rejects.toThrow(
      'meanwhile',
    );
    await told(world, asked, delivered);
    expect((await question(world))?.replyBy).toBe(WINDOW_END);
  });
});

describe('a question that came back', () => {
  const OLD = 'clarification to person@sukamaju.example';
  const NEW = 'clarification to sari@sukamaju.example';
  const moves = async (world: World, email: string) => {
    const person = await world.people.byId(theEmployee().id);
    if (person === null) throw new Error('The holder is on record');
    await world.people.save({ ...person, email, revision: person.revision + 1 });
  };
  /** The mail service tells of the first or the second mail on the question. */
  const toldOf = async (world: World, which: number, what: Told): Promise<void> => {
    const mails = await world.mailings.about(asked.id);
    const mail = [...mails].sort((one, other) => (one.claimedAt < other.claimedAt ? -1 : 1))[which];
    if (mail === undefined) throw new Error(`There are ${mails.length} mails`);
    await noteDelivery(world)(DeliveryEvent.parse({ ...what, mailing: tagOf(mail), messageId: 'm-1' }));
  };

  it.each([
    ['after it had been delivered', [delivered, bounced]],
    ['after it had been delivered, to a full mailbox', [delivered, unsure]],
    ['at once', [bounced]],
    ['at once, from a full mailbox', [unsure]],
  ])('%s is sent to a corrected address once, and the window begins there', async (_, events) => {
    const world = await aSentQuestion();
    for (const event of events) await toldOf(world, 0, event);
    world.pass({ days: 1 });
    expect(await notifyHolders(world)()).toEqual({ waiting: 1 });
    expect(world.posted()).toEqual([OLD]);
    await moves(world, 'sari@sukamaju.example');
    for (let run = 0; run < 3; run += 1) await notifyHolders(world)();
    expect(world.posted()).toEqual([OLD, NEW]);
    expect((await question(world))?.replyBy).toBeNull();

    // The events of the first mail come once more, before and after that of the second.
    for (const event of events) await toldOf(world, 0, event);
    expect((await question(world))?.replyBy).toBeNull();
    await toldOf(world, 1, delivered);
    for (const event of events) await toldOf(world, 0, event);
    const begun = await question(world);
    expect(begun).toMatchObject({ replyBy: '2026-11-27T17:00:00.000Z', untold: { holder: null } });
    if (begun === null) throw new Error('The question is on record');
    expect(clocksOf(begun, 'Asia/Jakarta').find(({ clock }) => clock === 'reply')?.from).toBe(world.now());
    expect(await notifyHolders(world)()).toEqual({});
  });

  it('goes to no address twice, however the registry changes', async () => {
    const world = await aSentQuestion();
    await toldOf(world, 0, bounced);
    world.pass({ hours: 1 });
    await moves(world, 'sari@sukamaju.example');
    await notifyHolders(world)();
    await toldOf(world, 1, bounced);
    for (const email of ['Person@Sukamaju.example', 'SARI@sukamaju.example', 'person@sukamaju.example']) {
      await moves(world, email);
      expect(await notifyHolders(world)()).toEqual({ waiting: 1 });
    }
    expect(world.posted()).toEqual([OLD, NEW]);
  });

  it('is not sent again to who has answered meanwhile', async () => {
    const world = await aSentQuestion();
    await toldOf(world, 0, delivered);
    await toldOf(world, 0, bounced);
    const stopped = await question(world);
    if (stopped === null) throw new Error('The question is on record');
    await world.findings.save(moved(personActs(stopped, ACTS.answer, theHolder, around())));
    await moves(world, 'sari@sukamaju.example');
    expect(await notifyHolders(world)()).toEqual({});
    expect(world.posted()).toEqual([OLD]);
  });
});

describe('a mail of which nobody knew whether it went out', () => {
  it('did where the mail service tells of it, and is not sent again', async () => {
    const world = await aWorld({ findings: [asked] });
    const lost: World['mailer']['send'] = async (mail, name) => {
      await world.mailer.send(mail, name);
      throw new TypeError('the answer was lost');
    };
    await expect(notifyHolders({ ...world, mailer: { send: lost } })()).rejects.toThrow();
    expect((await mailOf(world, asked)).state).toBe('claimed');
    await told(world, asked, delivered);
    world.pass({ minutes: 30 });
    await notifyHolders(world)();
    expect(world.posted()).toEqual(['clarification to person@sukamaju.example']);
  });

  it('that bounced at once stays undeliverable when the hand-over is settled later', async () => {
    const world = await aWorld({ findings: [asked] });
    const slow: World['mailer']['send'] = async (mail, name) => {
      await told(world, asked, bounced);
      return world.mailer.send(mail, name);
    };
    await notifyHolders({ ...world, mailer: { send: slow } })();
    expect(await mailOf(world, asked)).toMatchObject({ state: 'undeliverable', fate: 'bounced' });
  });
});

describe('a digest that came back', () => {
  const people = [theEmployee(), somebody('supervisor'), somebody('officer', { roles: ['officer'] })];
  const run = (world: World, days: number) => sendDigests(world)(plus(NOW, { days }));

  it('is owed again, and goes to the address that is on record then', async () => {
    const world = await aWorld({ findings: [referred], people });
    await run(world, 0);
    await told(world, referred, bounced);
    await told(world, referred, bounced);
    expect(await world.findings.untold('supervisor', 9)).toHaveLength(1);
    await world.people.save({ ...somebody('supervisor'), email: 'new@sukamaju.example', revision: 1 });
    await run(world, 1);
    expect(world.posted()).toEqual([
      'digest to supervisor@sukamaju.example',
      'digest to new@sukamaju.example',
    ]);
    // The event of the first comes once more.
    const [first] = (await world.mailings.about(referred.id)).filter(
      ({ state }) => state === 'undeliverable',
    );
    if (first === undefined) throw new Error('The first digest came back');
    await noteDelivery(world)(DeliveryEvent.parse({ ...bounced, mailing: tagOf(first), messageId: 'm-1' }));
    expect(await world.findings.untold('supervisor', 9)).toEqual([]);
  });

  it('stands in the officer’s work list while it reaches nobody', async () => {
    const world = await aWorld({ findings: [referred], people });
    await run(world, 0);
    await told(world, referred, bounced);
    world.pass({ days: 2 });
    const rejecting = { send: () => Promise.resolve({ kind: 'rejected' } as const) };
    const letters: string[] = [];
    const send: World['mailer']['send'] = (mail, name) => {
      if (name.kind === 'digest') return rejecting.send();
      letters.push(mail.text);
      return world.mailer.send(mail, name);
    };
    await run({ ...world, mailer: { ...world.mailer, send } }, 2);
    expect(letters.join()).toContain(
      'Simpulan yang tidak dapat disampaikan kepada atasan: 1, terlama 2 hari',
    );
  });

  it('is not sent again for an automatic reply', async () => {
    const world = await aWorld({ findings: [referred], people });
    await run(world, 0);
    await told(world, referred, unsure);
    await run(world, 1);
    expect(world.posted()).toEqual(['digest to supervisor@sukamaju.example']);
  });
});

describe('an event', () => {
  it('of a mail that is not on record is counted and done', async () => {
    const world = await aWorld();
    const event = DeliveryEvent.parse({ ...delivered, mailing: opaqueId('none'), messageId: 'm-1' });
    await noteDelivery(world)(event);
    expect(world.reports).toEqual([
      { event: 'delivery-of-unknown-mail', facts: { events: 1, event: 'Delivery' } },
    ]);
  });

  it('of a complaint is told to operators and changes no window', async () => {
    const world = await aSentQuestion();
    await told(world, asked, delivered);
    await told(world, asked, { event: 'Complaint' });
    expect((await question(world))?.replyBy).toBe(WINDOW_END);
    expect(world.reports.at(-1)).toEqual({
      event: 'mail-complained',
      facts: { mails: 1, kind: 'clarification' },
    });
  });
});
