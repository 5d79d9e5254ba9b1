import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { main } from '../../../cli/main.js';
import { FileKey } from '../../../shared/domain/files.js';
import { changeAccount } from '../../../shared/domain/registry/account.js';
import { placeId } from '../../../shared/domain/registry/place.js';
import { REGISTRY_COLUMNS } from '../../../shared/domain/registry/registry-row.js';
import { LocalDate, plus } from '../../../shared/domain/time.js';
import { anXAccount, archiveFolder, assigned, aTweet } from '../../fixtures/archives.js';
import { aFinding } from '../../fixtures/finding.js';
import { anAccount, NOW } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { anAccountScan } from '../../fixtures/scanning.js';
import { aRow } from '../../fixtures/registry-row.js';
import { accountIdOf, aToken, aWorld, somebody } from '../serve-api/world.js';

const URL_OF_API = 'https://netral.sukamaju.example';
const admin = somebody('admin', { roles: ['administrator'] });
const analyst = somebody('ana', { roles: ['analyst'] });

/** The command against the API itself, in one process. */
const aTerminal = async () => {
  const world = await aWorld();
  await world.onRecord(admin, analyst, somebody('person'));
  const folder = mkdtempSync(join(tmpdir(), 'netral-'));
  /** The `authorization` of every call. */
  const seen: (string | null)[] = [];
  const run = async (line: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    let out = '';
    let err = '';
    const code = await main(line, {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      env,
      folder,
      fetch: async (input, init) => {
        const address = new Request(input).url;
        seen.push(new Headers(init?.headers).get('authorization'));
        if (address.startsWith('http://127.0.0.1:1/')) throw new TypeError('fetch failed');
        if (address.startsWith('https://files.example/')) {
          const key = FileKey.parse(new URL(address).pathname.slice(1));
          return new Response((await world.files.read(key))?.slice());
        }
        return world.app.request(address.replace(URL_OF_API, ''), init);
      },
      colours: false,
    });
    return { code, out, err };
  };
  const as = async (person: typeof admin, ...line: readonly string[]) =>
    run(['--url', URL_OF_API, ...line], {
      NETRAL_TOKEN: await aToken({ sub: person.subject ?? '', roles: person.roles }),
    });
  const file = (...rows: readonly Parameters<typeof aRow>[0][]): string => {
    const name = join(folder, 'registry.csv');
    const cells = rows.map((row) => {
      const whole = aRow(row);
      return REGISTRY_COLUMNS.map((column) => whole[column]).join(',');
    });
    writeFileSync(name, [REGISTRY_COLUMNS.join(','), ...cells].join('\n'));
    return name;
  };
  return { ...world, folder, seen, run, as, file };
};

describe('netral accounts import', () => {
  const chief = { employeeNumber: '197501012000031001', network: '', handle: '', email: '' };
  const staff = { supervisorEmployeeNumber: '197501012000031001' };

  it('imports a file whose superiors come last, and again without a change', async () => {
    const { as, file, accounts } = await aTerminal();
    const name = file(staff, chief);
    const first = await as(admin, 'accounts', 'import', name);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('people    2 new, 0 changed, 0 as before');
    const second = await as(admin, '--json', 'accounts', 'import', name);
    expect(JSON.parse(second.out)).toMatchObject({
      rows: 2,
      people: { created: 0, unchanged: 2 },
      faults: [],
    });
    expect((await accounts.list({ limit: 9, cursor: null })).items).toHaveLength(1);
  });

  it('with any fault imports nothing and says where each is', async () => {
    const { as, file, accounts } = await aTerminal();
    const bad = { employeeNumber: '197501012000031002', area: 'x' };
    const { code, out } = await as(admin, 'accounts', 'import', file({}, bad));
    expect(code).toBe(1);
    expect(out).toContain('line 3: area must be dotted codes');
    expect(out).toContain('Nothing was imported.');
    expect((await accounts.list({ limit: 9, cursor: null })).items).toEqual([]);
  });

  it('with --partial imports the good rows, and still fails', async () => {
    const { as, file, accounts } = await aTerminal();
    const bad = { employeeNumber: '197501012000031002', area: 'x' };
    const { code, out } = await as(admin, 'accounts', 'import', '--partial', file({}, bad));
    expect(code).toBe(1);
    expect(out).toContain('1 rows of');
    expect((await accounts.list({ limit: 9, cursor: null })).items).toHaveLength(1);
  });

  it('says of a superior that is nowhere which line names them', async () => {
    const { as, file } = await aTerminal();
    const { out } = await as(admin, 'accounts', 'import', file(staff));
    expect(out).toContain('line 2: supervisorEmployeeNumber is neither on record nor in a good row');
  });

  it('of a file that is not there says so', async () => {
    const { as } = await aTerminal();
    const { code, err } = await as(admin, 'accounts', 'import', '/nowhere/registry.csv');
    expect(code).toBe(1);
    expect(err).toContain('/nowhere/registry.csv cannot be read');
  });

  it('of a folder says that it is one', async () => {
    const { as, folder } = await aTerminal();
    const { code, err } = await as(admin, 'accounts', 'import', folder);
    expect(code).toBe(1);
    expect(err).toContain(`${folder} cannot be read: it is a folder.`);
  });

  it('says which accounts stay withdrawn', async () => {
    const { as, file, accounts } = await aTerminal();
    const name = file({});
    await as(admin, 'accounts', 'import', name);
    const [account] = (await accounts.list({ limit: 1, cursor: null })).items;
    const withdrawn = changeAccount(account!, { kind: 'withdraw' }, NOW);
    if (withdrawn.kind === 'changed') await accounts.save(withdrawn.account);
    const { code, out } = await as(admin, 'accounts', 'import', name);
    expect(code).toBe(0);
    expect(out).toContain('1 of them stay withdrawn by their holders');
  });
});

describe('netral findings', () => {
  it('lists, shows and decides', async () => {
    const { as, accounts, findings } = await aTerminal();
    await accounts.save(anAccount());
    await findings.create(aFinding());
    const { id } = aFinding();
    expect((await as(analyst, 'findings', 'list')).out).toMatch(
      /^ID +STATE +POSTED +PROVISIONS\n[0-9a-f]{32} +indicated/,
    );
    expect((await as(analyst, 'findings', 'list', '--state', 'referred')).out).not.toContain(id);
    const shown = await as(analyst, 'findings', 'show', id);
    expect(shown.out).toContain('act:vote       coblos');
    const decide = [
      'findings',
      'decide',
      id,
      'dismiss',
      '--reason',
      'not-electoral',
      '--words',
      'Bukan soal pemilihan.',
    ];
    expect((await as(analyst, ...decide)).out).toContain('state       dismissed');
    const again = await as(analyst, ...decide);
    expect(again.code).toBe(1);
    expect(again.err).toContain('does not belong to the state');
  });

  it.each(['2026-11-23', '2026-11-23T05:00Z', '2026-11-23T05:00:00Z', '2026-11-23T12:00:00.000000+07:00'])(
    'lists from %s on',
    async (from) => {
      const { as, accounts, findings } = await aTerminal();
      await accounts.save(anAccount());
      await findings.create(aFinding());
      expect((await as(analyst, 'findings', 'list', '--from', from)).out).toContain(aFinding().id);
      expect((await as(analyst, 'findings', 'list', '--to', from)).out).not.toContain(aFinding().id);
    },
  );

  it.each(['yesterday', '2026-02-30', '2026-11-23 05:00', '23-11-2026', '9999-12-31'])(
    'says that %s is no moment',
    async (from) => {
      const { as } = await aTerminal();
      const { code, err } = await as(analyst, 'findings', 'list', '--from', from);
      expect(code).toBe(1);
      expect(err).toContain('query.from: must be a date or a moment, 2026-11-23 or 2026-11-23T08:00:00Z');
    },
  );

  it('shows that a post was edited, is gone, and was given in', async () => {
    const { as, accounts, findings } = await aTerminal();
    await accounts.save(anAccount());
    const finding = aFindingIn('deciding', { edited: true, goneAt: NOW, submitted: true });
    await findings.create(finding);
    const { out } = await as(analyst, 'findings', 'show', finding.id);
    expect(out).toMatch(/^edited .* an earlier version is a finding of its own$/m);
    expect(out).toContain(`gone        since ${NOW}`);
    expect(out).toContain('given in    by a person');
  });

  it('shows a problem with what to do next', async () => {
    const { as } = await aTerminal();
    const { code, err } = await as(admin, 'findings', 'list');
    expect(code).toBe(1);
    expect(err).toBe(
      'This needs another role.\nSign in as somebody who has the role; on the local stack, choose with --as.\n',
    );
  });
});

describe('netral archive read', () => {
  it('asks the agency for the days of its contests', async () => {
    const { as, folder, deps } = await aTerminal();
    const archives = archiveFolder();
    const day = (await deps.packs.active()).contests[0]?.stages[0]?.from ?? '';
    const file = await archives.zip([
      ['data/account.js', anXAccount],
      [
        'data/tweets.js',
        assigned('tweets', [
          aTweet({ id_str: '1', created_at: `${day}T05:00:00.000Z` }),
          aTweet({ id_str: '2', created_at: '2019-01-01T05:00:00.000Z' }),
        ]),
      ],
    ]);
    const line = ['--json', 'archive', 'read', file, '--choose', 'all', '--out', join(folder, 'out.json')];
    const { code, out } = await as(analyst, ...line);
    archives.remove();
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ posts: [{ id: '1' }], left: { outside: 1 } });
  });

  const sari = somebody('person');
  /** A holder whose account on X is on record, and an archive of theirs with two posts within the contest. */
  const aHolder = async (account: Parameters<typeof anAccount>[0] = {}) => {
    const terminal = await aTerminal();
    const archives = archiveFolder();
    const registered = anAccount({ network: 'x', handle: 'raniwidya', identity: null, ...account });
    await terminal.accounts.claimPlace(placeId(registered), { account: registered.id, claimedAt: NOW }, null);
    await terminal.accounts.save(registered);
    const file = await archives.zip([
      ['data/account.js', anXAccount],
      [
        'data/tweets.js',
        assigned('tweets', [
          aTweet({ id_str: '11', full_text: 'Ayo coblos nomor 2!', created_at: '2026-11-20T05:00:00.000Z' }),
          aTweet({ id_str: '12', full_text: 'Panen raya', created_at: '2026-11-21T05:00:00.000Z' }),
        ]),
      ],
    ]);
    const read = (...more: readonly string[]) => terminal.as(sari, 'archive', 'read', file, ...more);
    return { ...terminal, read, file };
  };

  it('sends what was chosen and nothing else, and again without making two', async () => {
    const { read, posts } = await aHolder();
    expect(await read('--choose', '2')).toMatchObject({ code: 0, err: '' });
    expect(posts.messages).toMatchObject([
      {
        network: 'x',
        account: anAccount().id,
        submittedBy: sari.id,
        posts: [{ uri: 'x:11', parts: [{ field: 'body', text: 'Ayo coblos nomor 2!' }] }],
      },
    ]);
    const { out } = await read('--choose', 'all');
    expect(out).toContain('raniwidya: 2 kiriman terkirim ke instansi Anda');
    expect(posts.messages.map((message) => message.posts[0]?.uri)).toEqual(['x:11', 'x:12', 'x:11']);
    expect(posts.messages[2]).toEqual(posts.messages[0]);
  });

  it('sends later what was put aside', async () => {
    const { read, as, posts, folder } = await aHolder();
    const file = join(folder, 'pilihan.json');
    await read('--choose', '1', '--out', file);
    expect(posts.messages).toEqual([]);
    expect((await as(sari, 'archive', 'send', file)).out).toContain('raniwidya: 1 kiriman terkirim');
    expect(posts.messages.map((message) => message.posts[0]?.uri)).toEqual(['x:12']);
  });

  it('sends nothing from the archive of another account, or of a network without a registered one', async () => {
    const other = await aHolder({ handle: 'orang_lain' });
    const refused = await other.read('--choose', 'all');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('raniwidya: bukan akun Anda yang terdaftar');
    expect((await other.read('--choose', 'all', '--account', '@Orang_Lain')).code).toBe(0);
    expect(other.posts.messages).toHaveLength(2);
    const none = await aHolder({ network: 'threads' });
    expect((await none.read('--choose', 'all')).err).toContain('X: Anda tidak mempunyai akun');
    expect(none.posts.messages).toEqual([]);
  });

  it('names what was refused, and sends the others', async () => {
    const { read, posts } = await aHolder({ effectiveFrom: LocalDate.parse('2026-11-21') });
    const { code, err } = await read('--choose', 'all', '--language', 'en');
    expect(code).toBe(1);
    expect(err).toContain('1/2 posts were sent');
    expect(err).toContain('2026-11-20 05:00');
    expect(err).toContain('does not become two');
    expect(posts.messages.map((message) => message.posts[0]?.uri)).toEqual(['x:12']);
  });

  it('says what is no file of choices', async () => {
    const { as, folder } = await aHolder();
    writeFileSync(join(folder, 'lain.json'), '{"version":2}');
    for (const name of ['lain.json', 'tidak-ada.json', '.']) {
      const { code, err } = await as(sari, 'archive', 'send', join(folder, name));
      expect(code).toBe(1);
      expect(err).toContain('bukan berkas pilihan');
    }
  });
});

describe('netral', () => {
  it('asks for a scan', async () => {
    const { as, agency } = await aTerminal();
    expect((await as(admin, 'scan', 'now')).code).toBe(0);
    expect((await agency.read())?.scanRequestedAt).not.toBeNull();
  });

  it('previews a digest in which nothing waits', async () => {
    const { as } = await aTerminal();
    expect((await as(analyst, 'digest', 'preview')).out).toBe('Nothing waits to be told to you.\n');
  });

  it.each([
    [['findngs', 'list'], 'Did you mean findings?'],
    [['findings', 'lst'], 'Did you mean list?'],
    [['findings', 'list', '--sate', 'x'], 'Did you mean --state?'],
    [['findings', 'list', '--state', 'x'], 'Allowed choices are indicated'],
    [['findings', 'decide', 'x', 'sack', '--reason', 'x', '--words', 'x'], 'Allowed choices are dismiss'],
    [['findings', 'show'], "missing required argument 'id'"],
    [['nonsense'], 'What there is: netral --help'],
    [['findings', 'nonsense'], 'What there is: netral findings --help'],
  ])('does not understand %s, and helps', async (line, help) => {
    const { run } = await aTerminal();
    const { code, err, out } = await run(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(help);
  });

  it('prints its help and is done', async () => {
    const { run } = await aTerminal();
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('Exit codes');
  });

  it('says that nobody is signed in', async () => {
    const { run } = await aTerminal();
    const { code, err } = await run(['--url', URL_OF_API, 'findings', 'list']);
    expect(code).toBe(1);
    expect(err).toContain('give it with --token or NETRAL_TOKEN.');
  });

  it.each([
    [[], 'There is no local stack in this folder or above it.'],
    [['--url', 'netral'], 'is not an address'],
    [['--url', 'http://netral.example'], 'not sent over plain http'],
    [['--url', 'http://127.0.0.1:1'], 'Nothing answers at http://127.0.0.1:1'],
    [['--url', `${URL_OF_API}/elsewhere`], 'There is nothing here'],
  ])('with %s says what is wrong with the address', async (options, words) => {
    const { run } = await aTerminal();
    const { code, err } = await run([...options, '--token', 'x', 'findings', 'list']);
    expect(code).toBe(1);
    expect(err).toContain(words);
  });

  it('shows the token of a deployed API to no local stack', async () => {
    const { folder, seen, run } = await aTerminal();
    mkdirSync(join(folder, '.netral'));
    const api = URL_OF_API;
    writeFileSync(join(folder, '.netral', 'stack.json'), JSON.stringify({ api, issuer: api }));
    const refused = await run(['scan', 'now'], { NETRAL_TOKEN: 'secret' });
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('NETRAL_TOKEN is set, but no deployment is named.');
    expect(seen).toEqual([]);
    await run(['--as', 'admin', 'scan', 'now'], { NETRAL_TOKEN: 'secret' });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).not.toContain('Bearer secret');
    await run(['--token', 'secret', 'scan', 'now']);
    await run(['--url', URL_OF_API, 'scan', 'now'], { NETRAL_TOKEN: 'secret' });
    expect(seen.filter((header) => header === 'Bearer secret')).toHaveLength(2);
  });

  it('finds the local stack above the folder, and says when its file is damaged', async () => {
    const { run, folder } = await aTerminal();
    mkdirSync(join(folder, '.netral'));
    writeFileSync(
      join(folder, '.netral', 'stack.json'),
      JSON.stringify({ api: 'http://127.0.0.1:1', issuer: 'http://127.0.0.1:1', more: true }),
    );
    expect((await run(['scan', 'now'])).err).toContain('Nothing answers at http://127.0.0.1:1');
    writeFileSync(join(folder, '.netral', 'stack.json'), '{');
    expect((await run(['scan', 'now'])).err).toContain('stack.json is damaged');
  });
});

describe('netral accounts, as their holder', () => {
  const sari = somebody('person');

  it('lists one’s own with what the network said of them, and the names they had', async () => {
    const { as, accounts } = await aTerminal();
    const lookup = { at: NOW, end: 'not-found' as const, failures: 1, dueAt: plus(NOW, { hours: 1 }) };
    const renames = [{ from: 'https://lama.example/', to: anAccount().handle, at: NOW }];
    await accounts.save(anAccount({ identity: null, lookup, renames }));
    const { code, out } = await as(sari, 'accounts', 'list', '--mine');
    expect(code).toBe(0);
    expect(out).toContain('not-identified');
    expect(out).toContain(
      'its network knows no such account; it is asked again at 2026-11-23T06:00:00.000Z.',
    );
    expect(out).toContain(`https://lama.example/ is called ${anAccount().handle} since ${NOW}.`);
  });

  it('pauses, resumes and withdraws, and then no more', async () => {
    const { as, accounts } = await aTerminal();
    const { id } = anAccount();
    await accounts.save(anAccount());
    for (const [act, state] of [
      ['pause', 'paused'],
      ['resume', 'active'],
      ['withdraw', 'withdrawn'],
    ] as const) {
      expect((await as(sari, 'accounts', act, id)).out).toContain(state);
      expect((await accounts.byIds([id]))[0]?.state).toBe(state);
    }
    const again = await as(sari, 'accounts', 'resume', id);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('This registration is withdrawn');
  });

  it('registers an account under the notice that is in force, with the code to prove it', async () => {
    const { as, accounts } = await aTerminal();
    const register = (notice: string) =>
      as(sari, 'accounts', 'register', 'feed', anAccount().handle, '--notice', notice, '--to', '2026-12-31');
    expect(await register('0')).toMatchObject({ code: 1, out: '' });
    expect((await register('0')).err).toContain('The notice in force is version 1');
    const { code, out } = await register('1');
    expect(code).toBe(0);
    expect(out).toMatch(/this code into the profile: {5}netral-[a-z2-9]{16}\n/);
    const { items } = await accounts.list({ limit: 10, cursor: null });
    expect(items).toMatchObject([{ holder: sari.id, state: 'active', effectiveTo: '2026-12-31' }]);
  });

  it('gives a code and a page to prove an account, and somebody else’s is not there', async () => {
    const { as, accounts, call } = await aTerminal();
    const { id } = anAccount();
    await accounts.save(anAccount());
    expect((await as(analyst, 'accounts', 'prove', id)).err).toContain('There is nothing here');
    const { code, out } = await as(sari, 'accounts', 'prove', id);
    expect(code).toBe(0);
    expect(out).toMatch(/this code into the profile: {5}netral-[a-z2-9]{16}\n/);
    const link = /https:\/\/netral\.sukamaju\.example(\/open\/me\/\S+)/.exec(out)?.[1] ?? '';
    expect(await (await call(`GET ${link}`)).text()).toContain(`rel="me" href="${anAccount().handle}"`);
    const again = await as(sari, '--json', 'accounts', 'prove', id);
    expect(out).toContain(
      z.object({ proof: z.object({ code: z.string() }) }).parse(JSON.parse(again.out)).proof.code,
    );
  });
});

describe('netral submit', () => {
  it('gives a post in, and says what does not hold', async () => {
    const { as, posts, accounts } = await aTerminal();
    const { id, handle } = anAccount();
    await accounts.save(anAccount());
    await accounts.claimPlace(placeId(anAccount()), { account: id, claimedAt: NOW }, null);
    const line = ['submit', 'https://blog.sukamaju.example/1', 'Ayo coblos nomor 2!', '--network', 'feed'];
    const good = await as(analyst, ...line, '--author', handle, '--posted', '2026-11-23T10:00:00+07:00');
    expect(good).toMatchObject({ code: 0, err: '' });
    expect(posts.messages).toMatchObject([{ account: id, submittedBy: analyst.id }]);
    const bad = await as(analyst, ...line, '--author', handle, '--posted', 'kemarin');
    expect(bad).toMatchObject({ code: 1, out: '' });
    expect(bad.err).toContain('json.postedAt');
    expect((await as(analyst, ...line, '--author', handle)).code).toBe(2);
  });
});

describe('netral coverage', () => {
  it('counts how accounts stand over all pages, or shows one’s own', async () => {
    const { as, accounts } = await aTerminal();
    const auditor = somebody('audit', { roles: ['auditor'] });
    const world = await aTerminal();
    await world.onRecord(auditor);
    for (let index = 0; index < 230; index += 1)
      await world.accounts.save(
        anAccount({ id: accountIdOf(`account ${index}`), state: index < 30 ? 'paused' : 'active' }),
      );
    const counted = await world.as(auditor, '--json', 'coverage');
    expect(JSON.parse(counted.out)).toEqual({ counts: { 'not-yet-looked-at': 200, paused: 30 } });
    expect((await world.as(analyst, 'coverage')).code).toBe(1);
    await accounts.save(anAccount());
    expect((await as(somebody('person'), 'coverage', '--mine')).out).toContain('not-yet-looked-at');
  });
});

describe('netral networks status', () => {
  it('shows each host, those that fail first', async () => {
    const { as, cohorts } = await aTerminal();
    for (const [host, name] of [
      ['baik.example', 'one'],
      ['baik.example', 'two'],
      ['gagal.example', 'three'],
    ] as const)
      await cohorts.enrol({ network: 'feed', host, dueAt: NOW }, accountIdOf(name));
    const failing = (await cohorts.dueBy(NOW, 9)).find(({ host }) => host === 'gagal.example')!;
    await cohorts.lease(failing, NOW, plus(NOW, { minutes: 30 }));
    await cohorts.finish(failing.id, NOW, {
      dueAt: plus(NOW, { hours: 1 }),
      lastRunAt: NOW,
      emptyRuns: 0,
      failedRuns: 3,
      leaving: [],
    });
    const { code, out } = await as(admin, 'networks', 'status');
    expect(code).toBe(0);
    const [, first, second] = out.split('\n');
    expect(first).toMatch(
      /^feed +gagal\.example +1 +2026-11-23T05:00.* 2026-11-23T06:00.* failed 3 times in a row$/,
    );
    expect(second).toMatch(/^feed +baik\.example +2 +never .* ok$/);
    expect(out).not.toContain('token');
  });

  it('names the hosts that lack a token: where a look ends for want of one, and where a look-up does', async () => {
    const { as, cohorts, scans, accounts } = await aTerminal();
    const run = (reason: 'needs-token' | 'seen') => [{ reason, since: NOW, until: null }];
    for (const [host, name, coverage] of [
      ['terkunci.example', 'one', run('needs-token')],
      ['terkunci.example', 'two', run('needs-token')],
      ['terbuka.example', 'three', run('seen')],
      // Closed once, and open again since.
      ['dibuka.example', 'four', [{ reason: 'needs-token', since: NOW, until: NOW }, ...run('seen')]],
    ] as const) {
      await cohorts.enrol({ network: 'mastodon', host, dueAt: NOW }, accountIdOf(name));
      await scans.save(anAccountScan({ account: accountIdOf(name), coverage: [...coverage] }));
    }
    const lookup = { at: NOW, failures: 1, dueAt: plus(NOW, { hours: 1 }) };
    for (const [network, handle, end] of [
      ['mastodon', 'budi@baru.example', 'needs-token'],
      ['mastodon', 'budi@terkunci.example', 'needs-token'],
      ['mastodon', 'budi@lambat.example', 'unreachable'],
      ['youtube', '@budi', 'needs-token'],
    ] as const)
      await accounts.save(
        anAccount({
          id: accountIdOf(handle),
          network,
          handle,
          identity: null,
          cohort: null,
          lookup: { ...lookup, end },
        }),
      );
    const shown = await as(admin, '--json', 'networks', 'status');
    expect(JSON.parse(shown.out)).toMatchObject({
      tokenless: [
        { network: 'mastodon', host: 'terkunci.example' },
        { network: 'mastodon', host: 'baru.example' },
        { network: 'youtube', host: null },
      ],
      isWhole: true,
    });
    const { out } = await as(admin, 'networks', 'status');
    expect(out).toContain('docs/runbook.md');
    expect(out).toContain('\n  mastodon terkunci.example\n  mastodon baru.example\n  youtube\n');
  });
});

describe('netral self-check', () => {
  const draft = 'Ayo coblos nomor 2';

  it('asks the API as oneself', async () => {
    const { as } = await aTerminal();
    const { code, out } = await as(analyst, 'self-check', draft);
    expect(code).toBe(0);
    for (const said of ['verdict     indicated', 'Diindikasikan karena', 'DIS-2', 'bukan izin'])
      expect(out).toContain(said);
  });

  it('reads a draft here, by the packs of a folder, and asks nobody', async () => {
    const { run, folder, seen } = await aTerminal();
    writeFileSync(join(folder, 'draft.txt'), draft);
    const packs = join(import.meta.dirname, '../../../packs');
    const line = ['self-check', '--file', 'draft.txt', '--offline', '--packs', packs];
    const during = await run(['--json', ...line, '--at', '2029-10-10T10:00:00+07:00', '--area', '99.01']);
    expect(during).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(during.out)).toMatchObject({ verdict: 'indicated' });
    const away = await run([...line, '--at', '2029-10-10T10:00:00+07:00', '--area', '98.01']);
    expect(away.out).toContain('verdict     no-contest');
    expect(seen).toEqual([]);
  });

  it('says what it cannot work with', async () => {
    const { run, folder } = await aTerminal();
    writeFileSync(join(folder, 'draft.txt'), draft);
    const offline = ['self-check', draft, '--offline'];
    for (const [line, said] of [
      [['self-check'], 'Give the draft either as an argument or with --file.'],
      [['self-check', draft, '--file', 'draft.txt'], 'Give the draft either'],
      [['self-check', '--file', 'nowhere.txt', '--offline'], 'nowhere.txt cannot be read.'],
      [[...offline, '--at', 'soon'], '--at is not a moment.'],
      [[...offline, '--packs', 'nowhere'], 'is not a folder of packs.'],
      [
        [...offline, '--packs', join(import.meta.dirname, '../../../packs'), '--area', 'x'],
        '--area is not an area.',
      ],
    ] as const) {
      const { code, err } = await run(line);
      expect([code, err]).toEqual([1, expect.stringContaining(said)]);
    }
  });
});

describe('netral requests', () => {
  const officer = somebody('officer', { roles: ['officer'] });
  const words = 'Mohon salinan seluruh data tentang saya.';

  it('takes a request from a holder and an answer from the officer', async () => {
    const { as, onRecord } = await aTerminal();
    await onRecord(officer);
    const asked = await as(analyst, 'requests', 'mine', '--ask', 'access', '--words', words);
    expect(asked).toMatchObject({ code: 0, err: '' });
    expect(asked.out).toContain('due         2026-11-26T05:00:00.000Z');
    const id = /\(([0-9a-f]{32})\)/.exec(asked.out)?.[1] ?? '';
    expect((await as(officer, 'requests', 'list')).out).toMatch(new RegExp(`${id}.*access.*open`));
    expect((await as(officer, 'requests', 'show', id)).out).toContain(words);
    const answered = await as(officer, 'requests', 'answer', id, 'granted', 'Salinan sudah dikirim.');
    expect(answered.out).toContain('state       granted');
    expect((await as(officer, 'requests', 'list')).out).toBe('There are no requests.\n');
    expect((await as(analyst, 'requests', 'mine')).out).toContain('granted');
    expect((await as(analyst, 'requests', 'list')).code).toBe(1);
  });

  it('enters one that came on paper', async () => {
    const { as, onRecord } = await aTerminal();
    await onRecord(officer);
    const line = ['requests', 'enter', 'complaint', words, '--received', '2026-11-23T08:00:00+07:00'];
    expect((await as(officer, ...line)).out).toContain('about       nobody on record');
    expect((await as(officer, ...line.slice(0, 4))).code).toBe(2);
  });
});

describe('netral me', () => {
  it('shows what is on record of oneself', async () => {
    const { as, accounts } = await aTerminal();
    await accounts.save(anAccount({ holder: analyst.id }));
    const { code, out } = await as(analyst, 'me', 'show');
    expect(code).toBe(0);
    for (const said of ['1990•••• •••••• • 001', anAccount().handle, 'not-yet-looked-at', 'Requests: none'])
      expect(out).toContain(said);
  });

  it('takes a copy by the links that the API gives', async () => {
    const { as, folder } = await aTerminal();
    const { code, out } = await as(analyst, 'me', 'export', '--to', 'copy');
    expect(code).toBe(0);
    expect(out).toContain(join(folder, 'copy', 'my-data.json'));
    expect(readFileSync(join(folder, 'copy', 'accounts.csv'), 'utf8')).toContain('id,network,handle');
  });
});
