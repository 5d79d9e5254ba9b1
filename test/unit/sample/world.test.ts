import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { isActive, stageAt } from '../../../shared/domain/calendar/contest.js';
import { closedGates } from '../../../shared/domain/registry/gates.js';
import { REGISTRY_COLUMNS, RegistryRow } from '../../../shared/domain/registry/registry-row.js';
import { LocalDate, plus, startOfDay } from '../../../shared/domain/time.js';
import { laterPosts, sampleWorld } from '../../../local/sample/world.js';
import { sampleTexts, TONGUES } from '../../../local/sample/texts.js';
import { recordKey, statusId } from '../../../local/sample/public-ids.js';
import { truthOf } from '../../../local/sample/truth.js';

const TODAY = LocalDate.parse('2026-11-23');
const world = sampleWorld(TODAY);
const accounts = [...world.feeds, ...world.profiles];
const posts = accounts.flatMap((account) => account.posts.map((post) => ({ ...post, account })));
const indications = posts.filter(({ truth }) => truth === 'indication');
const rows = parse(
  world.registryCsv((host) => `https://${host}`),
  { columns: true },
).map((row) => RegistryRow.parse(row));
const normal = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').trim();

describe('the sample agency', () => {
  it('opens every gate on its day, in the campaign', () => {
    expect(closedGates(world.agency, [world.contest], world.startsAt)).toEqual([]);
    expect(stageAt(world.contest, world.startsAt)).toBe('campaign');
  });

  it('has at least 40 holders in 6 units and 60 accounts', () => {
    expect(new Set(rows.map(({ employeeNumber }) => employeeNumber)).size).toBeGreaterThanOrEqual(42);
    expect(new Set(rows.map(({ unit }) => unit)).size).toBe(6);
    expect(new Set(rows.map(({ handle }) => handle)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map(({ employmentType }) => employmentType)).size).toBe(4);
  });

  it('writes the columns of registry.csv in their order', () => {
    const [header] = world.registryCsv((host) => `https://${host}`).split('\n');
    expect(header).toBe(REGISTRY_COLUMNS.join(','));
  });

  it('gives everybody but one a supervisor who is on record', () => {
    const numbers = new Set(world.people.map(({ employeeNumber }) => employeeNumber));
    const without = world.people.filter(({ supervisorEmployeeNumber: number }) => number === null);
    const unknown = world.people.filter(
      ({ supervisorEmployeeNumber: number }) => number !== null && !numbers.has(number),
    );
    expect(without).toHaveLength(1);
    expect(unknown).toEqual([]);
    expect(numbers.size).toBe(world.people.length);
  });

  it('writes employee numbers by the rules of their employment type', () => {
    for (const { employeeNumber, employmentType } of world.people) {
      const [, month, day, appointed, kind] =
        /^\d{4}(\d{2})(\d{2})(\d{4})(\d{2})[12]9\d{2}$/.exec(employeeNumber)?.map(Number) ?? [];
      expect(month).toBeLessThanOrEqual(12);
      expect(day).toBeLessThanOrEqual(28);
      expect(appointed! - Number(employeeNumber.slice(0, 4))).toBeGreaterThanOrEqual(18);
      if (employmentType === 'PNS' || employmentType === 'CPNS') expect(kind).toBeLessThanOrEqual(12);
      else expect(kind).toBeGreaterThanOrEqual(21);
    }
  });

  it('has the people that a review needs', () => {
    const count = (role: string) =>
      world.people.filter(({ roles }) => roles.some((one) => one === role)).length;
    expect(['analyst', 'officer', 'administrator', 'auditor', 'supervisor'].map(count)).toEqual([
      3, 1, 1, 1, 6,
    ]);
  });

  it('has a few profiles on each network that has them, in regional languages too, with indications', () => {
    for (const network of ['bluesky', 'mastodon'] as const) {
      const profiles = world.profiles.filter((profile) => profile.network === network);
      expect(rows.filter((row) => row.network === network)).toHaveLength(profiles.length);
      expect(profiles.map(({ behaviour }) => behaviour).filter((one) => one === 'normal')).toHaveLength(3);
      const theirs = profiles.flatMap((profile) => profile.posts);
      expect(theirs.some(({ truth }) => truth === 'indication')).toBe(true);
      const notes = new Set(theirs.map(({ note }) => note));
      expect([...TONGUES].filter((tongue) => !notes.has(tongue))).toEqual([]);
    }
    expect(world.profiles.map(({ behaviour }) => behaviour).filter((one) => one !== 'normal')).toEqual([
      'suspended',
      'throttled',
    ]);
  });

  it('invites a few accounts and gives every bad manner to one feed', () => {
    expect(rows.filter(({ declarationRef }) => declarationRef === null)).toHaveLength(4);
    const manners = world.feeds.map(({ behaviour }) => behaviour).filter((manner) => manner !== 'normal');
    expect(manners.sort()).toEqual(['forbidden', 'gone', 'html', 'throttled', 'unreachable']);
  });
});

describe('the sample posts', () => {
  it('are more than 1,200 that will be read, with more than 25 indications', () => {
    const read = posts.filter(({ account }) => account.declared && account.behaviour === 'normal');
    expect(read.length).toBeGreaterThanOrEqual(1200);
    expect(indications.length).toBeGreaterThanOrEqual(25);
    expect(indications.every(({ account }) => account.declared && account.behaviour === 'normal')).toBe(true);
  });

  it('have guids of their own and hardly a text twice', () => {
    expect(new Set(posts.map(({ guid }) => guid)).size).toBe(posts.length);
    const texts = new Set(posts.map(({ text }) => normal(text)));
    expect(texts.size / posts.length).toBeGreaterThanOrEqual(0.97);
  });

  it('fill every slot', () => {
    expect(posts.filter(({ text, title }) => /[{}]/.test(`${title ?? ''}${text}`))).toEqual([]);
  });

  it('lie in the contest, in force, before the sample starts, newest first', () => {
    const inForce = startOfDay(rows[0]!.effectiveFrom!, world.agency.timeZone);
    for (const post of posts) {
      expect(isActive(world.contest, post.postedAt)).toBe(true);
      expect(post.postedAt >= inForce && post.postedAt < world.startsAt).toBe(true);
    }
    for (const account of accounts) {
      const dates = account.posts.map(({ postedAt }) => postedAt);
      expect(dates).toEqual([...dates].sort().reverse());
    }
  });

  it('come from one analyst once, so that the rule against reviewing oneself shows', () => {
    const authors = indications.filter(({ account }) => account.holder.roles.includes('analyst'));
    expect(authors).toHaveLength(1);
  });

  it('hold enough that is about elections or policy and indicates nothing', () => {
    const themes = (...names: string[]) => sampleTexts().filter(({ theme }) => names.includes(theme)).length;
    expect(themes('voters', 'campaign')).toBeGreaterThanOrEqual(120);
    expect(themes('criticism')).toBeGreaterThanOrEqual(100);
    expect(new Set(sampleTexts().map(({ text }) => normal(text))).size).toBe(sampleTexts().length);
  });

  it('are the same for the same day and keep their guids on another', () => {
    const again = sampleWorld(TODAY);
    expect([...again.feeds, ...again.profiles]).toEqual(accounts);
    const other = sampleWorld(LocalDate.parse('2027-03-02'));
    expect(stageAt(other.contest, other.startsAt)).toBe('campaign');
    const others = [...other.feeds, ...other.profiles].flatMap((account) => account.posts);
    expect(new Set(others.map(({ guid }) => guid))).toEqual(new Set(posts.map(({ guid }) => guid)));
  });
});

describe('laterPosts', () => {
  const later = laterPosts(world, 30);

  it('appear one after another after the start, in accounts that are read', () => {
    const paths = new Set(accounts.filter(({ declared }) => declared).map(({ path }) => path));
    const dates = later.map(({ postedAt }) => postedAt);
    expect(later).toHaveLength(30);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(dates[0]! > world.startsAt && dates.at(-1)! < plus(world.startsAt, { hours: 3 })).toBe(true);
    expect(later.every(({ path }) => paths.has(path))).toBe(true);
  });

  it('are labelled too', () => {
    expect(new Set(later.map(({ truth }) => truth))).toEqual(new Set(['none', 'indication']));
  });
});

describe('truthOf', () => {
  it('knows a post by its guid and by an address that carries it, and nothing else', () => {
    const truth = truthOf(posts);
    const [indication] = indications;
    expect(truth(indication!.guid)).toBe('indication');
    expect(truth(`https://blog.sukamaju.example/feed.xml#${indication!.guid}`)).toBe('indication');
    const { guid, postedAt } = indication!;
    expect(truth(`at://did:plc:abc/app.bsky.feed.post/${recordKey({ guid, postedAt })}`)).toBe('indication');
    expect(truth(`http://127.0.0.1/users/sukirman/statuses/${statusId({ guid, postedAt })}`)).toBe(
      'indication',
    );
    expect(truth('sukamaju-0000000000000000')).toBeNull();
    expect(truth('https://blog.sukamaju.example/')).toBeNull();
  });
});
