import { describe, expect, it } from 'vitest';
import { notifyHolders } from '../../../functions/notify-holders/notify-holders.js';
import { readConfirmToken } from '../../../shared/domain/registry/confirm-link.js';
import { Account, changeAccount } from '../../../shared/domain/registry/account.js';
import { Finding } from '../../../shared/domain/review/finding.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { minus } from '../../../shared/domain/time.js';
import { NOW, anAccount, anAgency, opaqueId } from '../../fixtures/registry.js';
import { ACTS, aFindingIn, anAnalyst, around, moved, theHolder } from '../../fixtures/review.js';
import { mortal } from '../../fixtures/mortal.js';
import { aWorld, theEmployee, type World } from '../../fixtures/world.js';

const asked = aFindingIn('clarifying');
/** An account whose holder is not on record, and a question on it. */
const aStranger = Account.parse({ ...anAccount(), id: opaqueId('strange'), holder: opaqueId('nobody') });
const strange = Finding.parse({
  ...asked,
  id: opaqueId('strange'),
  account: aStranger.id,
  stateSince: minus(NOW, { hours: 1 }),
});
const invited = () =>
  anAccount({
    state: 'invited',
    confirmation: null,
    invitedAt: null,
    invitedNotice: null,
    invitations: 0,
  });
const INVITATION = 'invitation to person@sukamaju.example';
const accountIn = async (world: World) => (await world.accounts.byIds([anAccount().id]))[0];

describe('a question', () => {
  it('goes to the holder with the end of the window that begins when it is delivered', async () => {
    const world = await aWorld({ findings: [asked] });
    expect(await notifyHolders(world)()).toEqual({ told: 1 });
    expect(world.posted()).toEqual(['clarification to person@sukamaju.example']);
    expect(world.mailer.sent[0]?.mail.text).toContain('26 November 2026, 23.59 WIB');
    expect(await world.findings.byId(asked.id)).toMatchObject({
      state: 'clarifying',
      replyBy: null,
      untold: { holder: 'clarification' },
    });
    expect(world.reports).toEqual([{ event: 'holders-notified', facts: { told: 1 } }]);
  });

  it('goes out once, however often the job runs', async () => {
    const world = await aWorld({ findings: [asked] });
    for (let run = 0; run < 3; run += 1) await notifyHolders(world)();
    expect(world.posted()).toHaveLength(1);
  });

  it('goes out once where two runs work side by side', async () => {
    const world = await aWorld({ findings: [asked] });
    await Promise.all([notifyHolders(world)(), notifyHolders(world)()]);
    world.pass({ minutes: 30 });
    await notifyHolders(world)();
    expect(world.posted()).toHaveLength(1);
    expect(await notifyHolders(world)()).toEqual({ waiting: 1 });
  });

  it.each([
    ['has no address', { people: [{ ...theEmployee(), email: null }] }],
    ['has an address that is refused', { rejecting: ['person@sukamaju.example'] }],
  ])('begins no window where the holder %s, and operators are told', async (_, given) => {
    const world = await aWorld({ ...given, findings: [asked] });
    expect(await notifyHolders(world)()).toEqual({ unreachable: 1 });
    expect(world.reports[0]).toEqual({
      event: 'holder-unreachable',
      facts: { finding: asked.id, telling: 'clarification' },
    });
    expect((await world.findings.byId(asked.id))?.replyBy).toBeNull();
    expect(await notifyHolders(world)()).toEqual({ waiting: 1 });
    expect(world.reports.filter(({ event }) => event === 'holder-unreachable')).toHaveLength(1);
    expect(world.posted()).toEqual([]);
    await world.people.save({ ...theEmployee(), email: 'sari@sukamaju.example', revision: 1 });
    expect(await notifyHolders(world)()).toEqual({ told: 1 });
    expect(world.posted()).toEqual(['clarification to sari@sukamaju.example']);
  });

  it('is followed by the end of the matter where that came while the mail was under way', async () => {
    const world = await aWorld({ findings: [asked] });
    const dismissed = moved(personActs(asked, ACTS.dismiss, anAnalyst('second'), around()));
    const send: World['mailer']['send'] = async (mail, name) => {
      await world.findings.save(dismissed);
      return world.mailer.send(mail, name);
    };
    await notifyHolders({ ...world, mailer: { send } })();
    await notifyHolders(world)();
    expect(world.posted()).toEqual([
      'clarification to person@sukamaju.example',
      'outcome to person@sukamaju.example',
    ]);
  });

  it('is not sent where the list is behind and the holder has answered', async () => {
    const answered = moved(personActs(asked, ACTS.answer, theHolder, around()));
    const world = await aWorld({ findings: [answered] });
    const untold = () => Promise.resolve([asked]);
    expect(await notifyHolders({ ...world, findings: { ...world.findings, untold } })()).toEqual({
      'moved-on': 1,
    });
    expect(world.posted()).toEqual([]);
  });

  it('is told to nobody where the post was found after its registration had ended', async () => {
    const ended = changeAccount(anAccount(), { kind: 'withdraw' }, minus(NOW, { minutes: 1 }));
    if (ended.kind !== 'changed') throw new Error(ended.kind);
    const world = await aWorld({ accounts: [{ ...ended.account, revision: 0 }], findings: [asked] });
    expect(await notifyHolders(world)()).toEqual({ void: 1 });
    expect(await notifyHolders(world)()).toEqual({});
    expect(world.posted()).toEqual([]);
    expect((await world.findings.byId(asked.id))?.replyBy).toBeNull();
  });
});

describe('an outcome', () => {
  it.each(['dismissed', 'referred', 'objected', 'confirmed', 'withdrawn'] as const)(
    '%s is told once',
    async (state) => {
      const world = await aWorld({ findings: [aFindingIn(state)] });
      expect(await notifyHolders(world)()).toEqual({ told: 1 });
      expect(await notifyHolders(world)()).toEqual({});
      expect(world.posted()).toEqual(['outcome to person@sukamaju.example']);
      expect((await world.findings.byId(asked.id))?.untold.holder).toBeNull();
    },
  );
});

describe('an invitation', () => {
  it('carries a link that confirms this registration', async () => {
    const world = await aWorld({ accounts: [invited()] });
    expect(await notifyHolders(world)()).toEqual({ invited: 1 });
    const token = /\/invitations\/(\S+)/.exec(world.mailer.sent[0]?.mail.text ?? '')?.[1] ?? '';
    expect(readConfirmToken(await world.agency.hashKey(), token, NOW)).toEqual({
      kind: 'valid',
      account: anAccount().id,
      epoch: 1,
      noticeVersion: '1',
    });
    expect((await world.accounts.byIds([anAccount().id]))[0]?.invitedAt).toBe(NOW);
    expect(await notifyHolders(world)()).toEqual({});
  });

  it.each(['notice', 'officer'] as const)('waits while the agency has no %s', async (gate) => {
    const agency = anAgency({ gates: { ...anAgency().gates, [gate]: null } });
    const world = await aWorld({ agency, accounts: [invited()] });
    expect(await notifyHolders(world)()).toEqual({});
    expect(world.posted()).toEqual([]);
  });

  it('that reaches nobody waits for its next turn, which a corrected address gets; operators are told', async () => {
    const world = await aWorld({ accounts: [invited()], rejecting: ['person@sukamaju.example'] });
    expect(await notifyHolders(world)()).toEqual({ 'not-invited': 1 });
    expect(world.reports[0]?.event).toBe('holder-unreachable');
    expect(await notifyHolders(world)()).toEqual({});
    await world.people.save({ ...theEmployee(), email: 'sari@sukamaju.example', revision: 1 });
    world.pass({ days: 14 });
    expect(await notifyHolders(world)()).toEqual({ invited: 1 });
    expect(world.posted()).toEqual(['invitation to sari@sukamaju.example']);
  });

  it('is repeated three times, each as the link before expires; then the account stands aside', async () => {
    const world = await aWorld({ accounts: [invited()] });
    for (let sent = 1; sent <= 4; sent += 1) {
      expect(await notifyHolders(world)()).toEqual({ invited: 1 });
      world.pass({ days: 14, seconds: -1 });
      expect(await notifyHolders(world)()).toEqual({});
      world.pass({ seconds: 1 });
    }
    expect(await notifyHolders(world)()).toEqual({ unanswered: 1 });
    expect(world.reports.at(-2)).toEqual({
      event: 'invitation-unanswered',
      facts: { account: anAccount().id },
    });
    world.pass({ days: 400 });
    expect(await notifyHolders(world)()).toEqual({});
    expect(world.posted()).toEqual(Array.from({ length: 4 }, () => INVITATION));
  });

  it('goes out anew under another notice, also to who stands aside', async () => {
    const aside = { ...invited(), invitedAt: NOW, invitedNotice: '0', invitations: 5 };
    const world = await aWorld({ accounts: [aside] });
    expect(await notifyHolders(world)()).toEqual({ invited: 1 });
    expect(await notifyHolders(world)()).toEqual({});
    expect(await accountIn(world)).toMatchObject({ invitedAt: NOW, invitedNotice: '1', invitations: 1 });
  });
});

it('reaches what lies behind more than fits a page and never moves', async () => {
  const stuck = Array.from({ length: 350 }, (_, number) =>
    Finding.parse({ ...strange, id: opaqueId(`stuck ${number}`) }),
  );
  const world = await aWorld({ accounts: [anAccount(), aStranger], findings: [...stuck, asked] });
  await expect(notifyHolders(world)()).rejects.toThrow('350 failed');
  expect(world.posted()).toEqual(['clarification to person@sukamaju.example']);
});

it('leaves the rest to the next run when its time is up', async () => {
  const others = Array.from({ length: 3 }, (_, number) =>
    Finding.parse({ ...asked, id: opaqueId(`other ${number}`) }),
  );
  const world = await aWorld({ findings: others });
  const send: World['mailer']['send'] = (mail, name) => {
    world.pass({ seconds: 45 });
    return world.mailer.send(mail, name);
  };
  expect(await notifyHolders({ ...world, mailer: { send } })()).toEqual({ told: 2 });
  expect(await notifyHolders(world)()).toEqual({ told: 1, waiting: 2 });
});

it('sends a mail again at once that was refused for the time being, and fails', async () => {
  const world = await aWorld({ findings: [asked] });
  const because = new TypeError('too fast');
  const send = () => Promise.resolve({ kind: 'unsent' as const, because });
  await expect(notifyHolders({ ...world, mailer: { send } })()).rejects.toThrow('1 failed (TypeError)');
  expect(await notifyHolders(world)()).toEqual({ told: 1 });
});

it('goes on past one that fails, and then fails itself', async () => {
  const world = await aWorld({ accounts: [anAccount(), aStranger], findings: [strange, asked] });
  await expect(notifyHolders(world)()).rejects.toThrow('holders-notified: 1 failed (Error)');
  expect(world.posted()).toEqual(['clarification to person@sukamaju.example']);
  expect(world.reports.at(-1)).toEqual({ event: 'holders-notified', facts: { failed: 1, told: 1 } });
});

describe('a run that dies', () => {
  const moments = Array.from({ length: 24 }, (_, call) => call).flatMap((call) => [
    { call, moment: 'before' as const },
    { call, moment: 'after' as const },
  ]);

  it.each(moments)('$moment call $call loses nothing', async ({ call, moment }) => {
    const world = await aWorld({
      accounts: [anAccount(), Account.parse({ ...invited(), id: opaqueId('invited') })],
      findings: [asked],
    });
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
    await notifyHolders(dying)().catch(() => null);
    // The last of the calls lies behind the end of a run, so every call of one was tried.
    if (call === 23) expect(process.last()).toBeNull();
    for (let run = 0; run < 4; run += 1) {
      world.pass({ minutes: 5 });
      // Fails for as long as nobody knows whether a mail went out.
      await notifyHolders(world)().catch(() => null);
    }
    const inDoubt = ['mailer.send after', 'mailings.settle before'].includes(
      `${process.last() ?? ''} ${moment}`,
    );
    expect(world.posted()).toHaveLength(inDoubt ? 3 : 2);
    expect(await world.accounts.uninvited({ notice: '1', at: world.now() }, 1)).toEqual([]);
  });
});
