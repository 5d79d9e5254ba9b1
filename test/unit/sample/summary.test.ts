import { describe, expect, it } from 'vitest';
import { compareWithTruth, dueIn } from '../../../local/summary.js';
import { postsShown } from '../../../local/sample/posts.js';
import { sampleWorld } from '../../../local/sample/world.js';
import { LocalDate, plus } from '../../../shared/domain/time.js';

const world = sampleWorld(LocalDate.parse('2026-11-23'));
const posts = world.feeds.flatMap((feed) => feed.posts);
const marked = posts.filter(({ truth }) => truth === 'indication');
const finding = (guid: string, overrides: object = {}) => ({
  uri: `https://blog.sukamaju.example/feed.xml#${guid}`,
  post: guid,
  submitted: false,
  ...overrides,
});
const all = marked.map(({ guid }) => finding(guid));

describe('the summary’s truth', () => {
  it('counts what was found, what was missed and what was found though nothing is there', () => {
    const none = posts.find(({ truth }) => truth === 'none')!;
    expect(compareWithTruth(all, posts)).toEqual({ found: marked.length, missed: 0, falseAlarms: 0 });
    expect(compareWithTruth([...all.slice(1), finding(none.guid)], posts)).toEqual({
      found: marked.length - 1,
      missed: 1,
      falseAlarms: 1,
    });
    expect(compareWithTruth([...all, finding('sukamaju-nobody')], posts)).toMatchObject({ falseAlarms: 1 });
  });

  it('counts an edited post once, so that a second version hides no missed one', () => {
    expect(compareWithTruth([...all.slice(1), all[1]!], posts)).toMatchObject({ missed: 1, falseAlarms: 0 });
  });

  it('leaves out what people gave in', () => {
    const given = finding('given:1', { submitted: true });
    expect(compareWithTruth([...all, given], posts)).toMatchObject({ missed: 0, falseAlarms: 0 });
  });

  it('owes no look to an account on a network that nobody reads', () => {
    expect(dueIn({ accounts: 10, coverage: { 'not-read': 1, paused: 2, seen: 7 } })).toBe(7);
  });
});

it('one sample post is edited and one deleted a day later, each an indication on a network that can say so', () => {
  const changed = world.profiles.flatMap((profile) =>
    profile.posts.filter(({ change }) => change !== undefined).map((post) => ({ profile, post })),
  );
  expect(changed.map(({ profile }) => profile.network).sort()).toEqual(['bluesky', 'mastodon']);
  const at = plus(world.startsAt, { days: 1 });
  for (const { profile, post } of changed) {
    expect(post.truth).toBe('indication');
    const before = postsShown(profile, [], world.startsAt);
    const after = postsShown(profile, [], at);
    const isDeleted = profile.network === 'mastodon';
    expect(after).toHaveLength(before.length - (isDeleted ? 1 : 0));
    expect(after.filter(({ editedAt }) => editedAt !== null)).toHaveLength(isDeleted ? 0 : 1);
  }
});
