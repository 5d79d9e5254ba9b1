import { describe, expect, it } from 'vitest';
import { ScheduledRun } from '../../../functions/send-digests/schedule.js';
import { sendDigests } from '../../../functions/send-digests/send-digests.js';
import { Account, changeAccount } from '../../../shared/domain/registry/account.js';
import { Finding, type FindingState } from '../../../shared/domain/review/finding.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { minus, plus } from '../../../shared/domain/time.js';
import { aRequest } from '../../fixtures/requests.js';
import { PersonId } from '../../../shared/domain/ids.js';
import { NOW, anAccount, opaqueId } from '../../fixtures/registry.js';
import { ACTS, aFindingIn, anAnalyst, around, moved, theHolder } from '../../fixtures/review.js';
import { mortal } from '../../fixtures/mortal.js';
import { aWorld, somebody, theEmployee, type World } from '../../fixtures/world.js';

const referred = aFindingIn('referred');
const find = (name: string, state: FindingState, overrides: Partial<Finding> = {}): Finding =>
  Finding.parse({ ...aFindingIn(state), id: opaqueId(name), ...overrides });
const DIGEST = 'digest to supervisor@sukamaju.example';
const run = (world: Parameters<typeof sendDigests>[0], days = 0) => sendDigests(world)(plus(NOW, { days }));

describe('a digest', () => {
  it('tells a superior all that was concluded, in one mail, and once', async () => {
    const world = await aWorld({ findings: [referred, find('second', 'confirmed')] });
    expect(await run(world)).toEqual({ sent: 1 });
    expect(await run(world)).toEqual({});
    expect(world.posted()).toEqual([DIGEST]);
    expect(world.mailer.sent[0]?.mail.text).toContain(`/findings/${referred.id}`);
    expect(world.mailer.sent[0]?.mail.text).toContain(`/findings/${opaqueId('second')}`);
    expect(await world.findings.untold('supervisor', 9)).toEqual([]);
  });

  it.each(['indicated', 'clarifying', 'deciding', 'dismissed'] as const)(
    'holds nothing that is %s',
    async (state) => {
      const world = await aWorld({ findings: [aFindingIn(state)] });
      await run(world);
      expect(world.posted()).toEqual([]);
    },
  );

  it('goes out once where two runs work side by side', async () => {
    const world = await aWorld({ findings: [referred] });
    await Promise.all([run(world), run(world)]);
    world.pass({ minutes: 30 });
    await run(world);
    expect(world.posted()).toEqual([DIGEST]);
  });

  it('leaves what came after it for the next period', async () => {
    const world = await aWorld({ findings: [referred] });
    await run(world);
    await world.findings.create(find('later', 'referred'));
    expect(await run(world)).toEqual({ 'next-time': 1 });
    world.pass({ days: 1 });
    expect(await run(world, 1)).toEqual({ sent: 1 });
    expect(world.posted()).toEqual([DIGEST, DIGEST]);
    expect(world.mailer.sent[1]?.mail.text).not.toContain(referred.id);
  });

  it('of an earlier period does not follow that of a later one', async () => {
    const world = await aWorld({ findings: [referred] });
    await run(world, 1);
    await world.findings.create(find('later', 'referred'));
    expect(await run(world, 0)).toEqual({ 'next-time': 1 });
    expect(world.posted()).toEqual([DIGEST]);
  });

  it('goes to whoever acts for the superior at that moment, and never to the holder', async () => {
    const acted = somebody('supervisor', { actedBy: opaqueId('deputy') });
    const world = await aWorld({ people: [theEmployee(), acted, somebody('deputy')], findings: [referred] });
    await run(world);
    expect(world.posted()).toEqual(['digest to deputy@sukamaju.example']);
    const own = somebody('supervisor', { actedBy: opaqueId('person'), supervisor: opaqueId('head') });
    const other = await aWorld({ people: [theEmployee(), own, somebody('head')], findings: [referred] });
    await run(other);
    expect(other.posted()).toEqual(['digest to head@sukamaju.example']);
  });

  it('waits where there is no superior, and operators are told', async () => {
    const world = await aWorld({ people: [somebody('person')], findings: [referred] });
    expect(await run(world)).toEqual({ 'no-superior': 1 });
    expect(world.reports[0]).toEqual({
      event: 'no-superior',
      facts: { finding: referred.id, reason: 'nobody-above' },
    });
    expect(await world.findings.untold('supervisor', 9)).toHaveLength(1);
  });

  it('that is refused is tried again each period', async () => {
    const world = await aWorld({ findings: [referred], rejecting: ['supervisor@sukamaju.example'] });
    expect(await run(world)).toEqual({ unreachable: 1 });
    expect(await run(world)).toEqual({ unreachable: 1 });
    expect(world.reports[0]).toEqual({
      event: 'supervisor-unreachable',
      facts: { person: opaqueId('supervisor'), findings: 1 },
    });
    await world.people.save({ ...somebody('supervisor'), email: 'new@sukamaju.example', revision: 1 });
    expect(await run(world, 1)).toEqual({ sent: 1 });
    expect(world.posted()).toEqual(['digest to new@sukamaju.example']);
  });

  it('corrects what was withdrawn', async () => {
    const world = await aWorld({ findings: [referred] });
    await run(world);
    const told = await world.findings.byId(referred.id);
    const { at } = around({ hours: 1 });
    const withdrawn = Finding.parse({
      ...aFindingIn('withdrawn'),
      stateSince: at,
      revision: (told?.revision ?? 0) + 1,
    });
    await world.findings.save(withdrawn);
    await run(world, 1);
    expect(world.posted()).toEqual([DIGEST, DIGEST]);
    expect(world.mailer.sent[1]?.mail.text).toContain('KOREKSI');
  });

  it('tells nobody of a withdrawal who never heard of the referral', async () => {
    const world = await aWorld({ findings: [aFindingIn('withdrawn')] });
    expect(await run(world)).toEqual({ 'never-told': 1 });
    expect(await run(world)).toEqual({});
    expect(world.posted()).toEqual([]);
  });

  it('corrects with everybody who was told, whoever is the superior by now, until the last of them has it', async () => {
    const world = await aWorld({
      people: [theEmployee(), somebody('supervisor'), somebody('deputy'), somebody('stranger')],
      findings: [referred],
    });
    await run(world);
    const acting = (actedBy: string, revision: number) =>
      world.people.save({ ...somebody('supervisor', { actedBy: opaqueId(actedBy) }), revision });
    await acting('deputy', 1);
    const objected = moved(personActs(referred, ACTS.object, theHolder, around({ hours: 1 })));
    await world.findings.save(objected);
    await run(world, 1);
    await acting('stranger', 2);
    const withdrawn = moved(personActs(objected, ACTS.withdraw, anAnalyst('third'), around({ hours: 2 })));
    await world.findings.save(withdrawn);
    const failing: World['mailer']['send'] = (mail, name) =>
      mail.to === 'deputy@sukamaju.example'
        ? Promise.resolve({ kind: 'unsent', because: new TypeError('too fast') })
        : world.mailer.send(mail, name);
    await expect(run({ ...world, mailer: { ...world.mailer, send: failing } }, 2)).rejects.toThrow();
    expect(await run(world, 2)).toEqual({ sent: 1 });
    expect(await world.findings.untold('supervisor', 9)).toEqual([]);
    expect(world.posted()).toEqual([
      DIGEST,
      'digest to deputy@sukamaju.example',
      DIGEST,
      'digest to deputy@sukamaju.example',
    ]);
  });

  it('that is refused for the time being goes out when the run is tried again', async () => {
    const world = await aWorld({ findings: [referred] });
    const send = () => Promise.resolve({ kind: 'unsent' as const, because: new TypeError('too fast') });
    await expect(run({ ...world, mailer: { ...world.mailer, send } })).rejects.toThrow(
      '1 failed (TypeError)',
    );
    world.pass({ minutes: 1 });
    expect(await run(world)).toEqual({ sent: 1 });
    expect(world.posted()).toEqual([DIGEST]);
  });

  it('of which nobody knows whether it went out fails each try, until the next morning', async () => {
    const world = await aWorld({ findings: [referred] });
    const send = () => Promise.reject(new TypeError('lost'));
    await expect(run({ ...world, mailer: { ...world.mailer, send } })).rejects.toThrow(
      '1 failed (TypeError)',
    );
    expect(await run(world)).toEqual({ busy: 1 });
    world.pass({ minutes: 1 });
    await expect(run(world)).rejects.toThrow('1 failed');
    world.pass({ days: 1 });
    expect(await run(world, 1)).toEqual({ sent: 1 });
  });

  it('reaches what lies behind more than fits a page and never moves', async () => {
    const orphan = Account.parse({ ...anAccount(), id: opaqueId('orphan'), holder: opaqueId('orphan') });
    const stuck = Array.from({ length: 120 }, (_, number) =>
      find(`stuck ${number}`, 'referred', { account: orphan.id, stateSince: minus(NOW, { days: 1 }) }),
    );
    const world = await aWorld({
      people: [theEmployee(), somebody('supervisor'), somebody('orphan')],
      accounts: [anAccount(), orphan],
      findings: [...stuck, referred],
    });
    expect(await run(world)).toEqual({ 'no-superior': 120, sent: 1 });
  });

  it('goes out with what was found in half the time of a run, and then the run fails', async () => {
    const world = await aWorld({ findings: [referred, find('second', 'confirmed')] });
    const byId: World['findings']['byId'] = (id) => {
      world.pass({ seconds: 150 });
      return world.findings.byId(id);
    };
    await expect(run({ ...world, findings: { ...world.findings, byId } })).rejects.toThrow('1 failed');
    expect(world.posted()).toEqual([DIGEST]);
    expect(await world.findings.untold('supervisor', 9)).toHaveLength(1);
  });

  it('says what holds now where it changed since', async () => {
    const world = await aWorld({ findings: [referred] });
    const objected = moved(personActs(referred, ACTS.object, theHolder, around()));
    const untold = async (...asked: Parameters<World['findings']['untold']>) => {
      const listed = await world.findings.untold(...asked);
      await world.findings.save(objected);
      return listed;
    };
    await run({ ...world, findings: { ...world.findings, untold } });
    expect(world.mailer.sent[0]?.mail.text).toContain('Diajukan keberatan');
  });

  it('leaves out what was found after its registration had ended', async () => {
    const ended = changeAccount(anAccount(), { kind: 'pause' }, minus(NOW, { minutes: 1 }));
    if (ended.kind !== 'changed') throw new Error(ended.kind);
    const world = await aWorld({ accounts: [{ ...ended.account, revision: 0 }], findings: [referred] });
    expect(await run(world)).toEqual({ void: 1 });
    expect(await run(world)).toEqual({});
    expect(world.posted()).toEqual([]);
  });
});

describe('a work list', () => {
  const people = [
    theEmployee(),
    somebody('supervisor'),
    somebody('analyst', { roles: ['analyst'] }),
    somebody('officer', { roles: ['officer'], language: 'en' }),
    somebody('auditor', { roles: ['auditor'] }),
  ];
  const unreachable = find('unreachable', 'clarifying');
  const running = find('c', 'clarifying', { replyBy: plus(NOW, { days: 5 }) });

  it('goes to those who can do what waits, once a period', async () => {
    const findings = [find('a', 'indicated'), find('b', 'deciding'), running, unreachable];
    const world = await aWorld({ people, findings });
    world.pass({ days: 2 });
    expect(await run(world)).toEqual({ 'work-list-sent': 2 });
    expect(await run(world)).toEqual({ 'work-list-sent-before': 2 });
    expect(world.posted()).toEqual([
      'work-list to analyst@sukamaju.example',
      'work-list to officer@sukamaju.example',
    ]);
    const [analyst, officer] = world.mailer.sent.map(({ mail }) => mail.text);
    expect(analyst).toContain('Menunggu tinjauan pertama: 1, terlama 2 hari');
    expect(analyst).toContain('Menunggu simpulan peninjau kedua: 1, terlama 2 hari');
    expect(analyst).not.toContain('tidak dapat disampaikan');
    expect(officer).toContain('Questions that could not be delivered: 1, the oldest for 2 days');
    expect(officer).not.toContain('first look');
  });

  it('tells officers of requests that wait and those whose time is over, but for their own', async () => {
    const own = aRequest({ person: PersonId.parse(opaqueId('officer')) }, { hours: 80 });
    const world = await aWorld({ people });
    for (const request of [aRequest({}, { hours: 71 }), aRequest({}, { hours: 73 }), own])
      await world.requests.save(request);
    expect(await run(world)).toEqual({ 'work-list-sent': 1 });
    const [officer] = world.mailer.sent.map(({ mail }) => mail.text);
    expect(officer).toContain('that are OVERDUE: 1, the oldest for 3 days');
    expect(officer).toContain('to be answered (3 × 24 hours): 1, the oldest for 2 days');
    expect(officer).not.toContain('Mohon');
  });

  it('is not sent where nothing waits', async () => {
    const world = await aWorld({ people, findings: [aFindingIn('dismissed'), find('c', 'clarifying')] });
    expect(await run(world)).toEqual({});
    expect(world.posted()).toEqual([]);
  });

  it('leaves out what is on the reader or their own staff, as the list that they can open does', async () => {
    const analyst = { roles: ['analyst'] };
    const team = [
      somebody('person', { ...analyst, supervisor: opaqueId('supervisor') }),
      somebody('supervisor', { ...analyst, actedBy: opaqueId('deputy') }),
      somebody('deputy', analyst),
      somebody('analyst', analyst),
    ];
    const world = await aWorld({ people: team, findings: [find('a', 'indicated'), find('b', 'deciding')] });
    expect(await run(world)).toEqual({ 'work-list-sent': 1 });
    expect(world.posted()).toEqual(['work-list to analyst@sukamaju.example']);
  });

  it('counts over all pages', async () => {
    const findings = Array.from({ length: 250 }, (_, number) => find(`one of many ${number}`, 'indicated'));
    const world = await aWorld({ people, findings });
    await run(world);
    expect(world.mailer.sent[0]?.mail.text).toContain('Menunggu tinjauan pertama: 250,');
  });

  it('goes out though a digest fails, and then the run fails', async () => {
    const strange = Account.parse({ ...anAccount(), id: opaqueId('strange'), holder: opaqueId('nobody') });
    const findings = [find('a', 'indicated'), find('b', 'referred', { account: strange.id }), referred];
    const world = await aWorld({ people, accounts: [anAccount(), strange], findings });
    await expect(run(world)).rejects.toThrow('digests-sent: 1 failed (Error)');
    expect(world.posted()).toEqual([DIGEST, 'work-list to analyst@sukamaju.example']);
    expect(world.reports.at(-1)).toEqual({
      event: 'digests-sent',
      facts: { failed: 1, sent: 1, 'work-list-sent': 1 },
    });
  });
});

describe('a run that dies', () => {
  const CALLS = 40;
  const moments = Array.from({ length: CALLS }, (_, call) => call).flatMap((call) => [
    { call, moment: 'before' as const },
    { call, moment: 'after' as const },
  ]);
  /** Two superiors; two findings for one of them. */
  const setting = () => {
    const colleague = somebody('colleague', { supervisor: opaqueId('chief') });
    const account = Account.parse({
      ...anAccount(),
      id: opaqueId('colleague account'),
      holder: colleague.id,
    });
    return aWorld({
      people: [theEmployee(), somebody('supervisor'), colleague, somebody('chief')],
      accounts: [anAccount(), account],
      findings: [referred, find('second', 'confirmed'), find('third', 'referred', { account: account.id })],
    });
  };
  const mailsAbout = (world: World, finding: string) =>
    world.mailer.sent.filter(({ mail }) => mail.text.includes(`/findings/${finding}`)).length;

  it.each(moments)(
    '$moment call $call loses nothing, and doubles only what is in doubt',
    async ({ call, moment }) => {
      const world = await setting();
      const process = mortal(call, moment);
      const dying = {
        ...world,
        agency: process.through('agency', world.agency),
        people: process.through('people', world.people),
        accounts: process.through('accounts', world.accounts),
        findings: process.through('findings', world.findings),
        mailings: process.through('mailings', world.mailings),
        mailer: process.through('mailer', world.mailer),
      };
      await run(dying).catch(() => null);
      if (call === CALLS - 1) expect(process.last()).toBeNull();
      // Lambda tries again soon; then comes the next morning.
      world.pass({ minutes: 1 });
      await run(world).catch(() => null);
      world.pass({ days: 1 });
      await run(world, 1);
      expect(await world.findings.untold('supervisor', 9)).toEqual([]);

      const inDoubt = ['mailer.send after', 'mailings.settle before'].includes(
        `${process.last() ?? ''} ${moment}`,
      );
      const counts = [referred.id, opaqueId('second'), opaqueId('third')].map((id) => mailsAbout(world, id));
      expect(Math.min(...counts)).toBe(1);
      expect(world.posted()).toHaveLength(inDoubt ? 3 : 2);
      const doubts = world.reports.filter(({ event }) => event === 'digest-perhaps-repeated');
      // A claim from which nothing was handed over looks the same as one in doubt.
      if (inDoubt) expect(doubts).toHaveLength(1);
    },
  );
});

describe('the schedule', () => {
  it('is read as EventBridge Scheduler writes it', () => {
    expect(ScheduledRun.parse({ time: '2026-11-23T00:00:00Z' })).toEqual({
      time: '2026-11-23T00:00:00.000Z',
    });
    expect(ScheduledRun.parse({ time: NOW })).toEqual({ time: NOW });
    expect(ScheduledRun.safeParse({ time: 'today' }).success).toBe(false);
    expect(ScheduledRun.safeParse({}).success).toBe(false);
  });

  it('names the period by the day in the agency’s zone', async () => {
    const world = await aWorld({ findings: [referred] });
    await sendDigests(world)(ScheduledRun.parse({ time: '2026-11-23T17:30:00Z' }).time);
    expect(world.mailer.sent[0]?.name.occasion).toBe('2026-11-24');
  });
});
