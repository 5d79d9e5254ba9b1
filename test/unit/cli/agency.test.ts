import { describe, expect, it } from 'vitest';
import { main } from '../../../cli/main.js';
import { readStage } from '../../../infra/read-stage.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import { aToken, aWorld, somebody } from '../serve-api/world.js';

const API = 'https://netral.sukamaju.example';
const admin = somebody('admin', { roles: ['administrator'] });
const officer = somebody('officer', { roles: ['officer'] });

/** The command against the API before there is an agency. */
const aBeginning = async () => {
  const world = await aWorld(null);
  const as = async ({ subject, roles }: Person, ...line: readonly string[]) => {
    let [out, err] = ['', ''];
    const token = await aToken({
      sub: subject ?? '',
      email: 'admin@sukamaju.example',
      email_verified: true,
      roles,
    });
    const code = await main(['--url', API, ...line], {
      out: (text) => (out += text),
      err: (text) => (err += text),
      env: { NETRAL_TOKEN: token },
      folder: '/',
      fetch: async (input, init) => world.app.request(new Request(input).url.slice(API.length), init),
      colours: false,
    });
    return { code, out, err };
  };
  return { ...world, as };
};

const SET_UP = [
  ...['agency', 'set-up', '--stage', 'sample', '--name', 'Pemerintah Kabupaten Sukamaju', '--area', '99.01'],
  ...['--person', 'Teguh Firmansyah', '--number', '197501012000031001', '--type', 'PNS'],
  ...['--email', 'admin@sukamaju.example', '--unit', 'Dinas Kominfo'],
] as const;

describe('netral agency', () => {
  it('takes a new agency from nothing to open gates by the file that it was deployed with', async () => {
    const { as, agency, people, onRecord } = await aBeginning();
    const founded = await as(admin, ...SET_UP);
    expect(founded).toMatchObject({ code: 0, err: '' });
    expect(founded.out).toContain('closed     instrument, missing');
    expect(founded.out).toContain('netral agency gates --stage <stage>');
    expect((await people.bySubject('admin'))?.roles).toEqual(['administrator']);

    await onRecord(officer);
    const opened = await as(officer, 'agency', 'gates', '--stage', 'sample');
    expect(opened).toMatchObject({ code: 0, err: '' });
    expect(opened.out).toContain('gates      all open');
    expect(await agency.read()).toMatchObject({
      timeZone: 'Asia/Jakarta',
      gates: readStage('sample').config.gates,
    });
    expect((await as(admin, 'agency', 'show')).out).toContain('Pemerintah Kabupaten Sukamaju');
  });

  it('says what of the gates it changed, and sends nothing where they stand already', async () => {
    const { as, agency, onRecord, record } = await aBeginning();
    await as(admin, ...SET_UP);
    await onRecord(officer);
    const first = await as(officer, 'agency', 'gates', '--stage', 'sample');
    expect(first.out).toContain('changed    retention.dismissedDays: nothing -> 14\n');
    const before = await agency.read();
    const acts = record.entries.length;
    const again = await as(officer, 'agency', 'gates', '--stage', 'sample');
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('Nothing to record');
    expect(await agency.read()).toEqual(before);
    expect(record.entries).toHaveLength(acts);
  });

  it('shortens what is kept only where that is said', async () => {
    const { as, agency, onRecord } = await aBeginning();
    await as(admin, ...SET_UP);
    await onRecord(officer);
    await as(officer, 'agency', 'gates', '--stage', 'sample');
    const { gates, ...rest } = (await agency.read())!;
    const retention = { ...gates.retention!, referredDays: gates.retention!.referredDays + 1_000 };
    const longer = { ...rest, gates: { ...gates, retention }, revision: rest.revision + 1 };
    await agency.save(longer);
    const change = `retention.referredDays: ${retention.referredDays} -> ${retention.referredDays - 1_000}`;

    const refused = await as(officer, 'agency', 'gates', '--stage', 'sample');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain(change);
    expect(refused.err).toContain('--shorten-retention');
    expect(await agency.read()).toEqual(longer);

    const meant = await as(officer, 'agency', 'gates', '--stage', 'sample', '--shorten-retention');
    expect(meant.out).toContain(`changed    ${change}\n`);
    expect((await agency.read())?.gates).toEqual(gates);
  });

  it('sets an agency up once', async () => {
    const { as } = await aBeginning();
    await as(admin, ...SET_UP);
    const again = await as(admin, ...SET_UP);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('The agency is already set up');
  });

  it('names the stages that there are', async () => {
    const { as } = await aBeginning();
    const { code, err } = await as(officer, 'agency', 'gates', '--stage', 'nowhere');
    expect(code).toBe(1);
    expect(err).toContain('There is no stage "nowhere"; config/ has sample.');
  });
});
