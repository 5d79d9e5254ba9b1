import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blueskyHandle } from '../../../shared/domain/registry/bluesky-handle.js';
import { mastodonHandle } from '../../../shared/domain/registry/mastodon-handle.js';
import { readHandle } from '../../../shared/domain/registry/read-handle.js';
import { youtubeHandle } from '../../../shared/domain/registry/youtube-handle.js';

const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';
const CHANNEL = 'UCabcdefghijklmnopqrstuv';

describe('what people write as a Bluesky account', () => {
  it.each([
    ['sari.bsky.social', 'sari.bsky.social', 'sari.bsky.social'],
    ['@Sari.Bsky.Social', 'sari.bsky.social', 'sari.bsky.social'],
    ['at://sari.bsky.social', 'sari.bsky.social', 'sari.bsky.social'],
    ['https://bsky.app/profile/sari.bsky.social', 'sari.bsky.social', 'sari.bsky.social'],
    ['https://bsky.app/profile/sari.bsky.social/post/3kabc?x=1', 'sari.bsky.social', 'sari.bsky.social'],
    [`https://bsky.app/profile/${DID}`, DID, null],
    [`at://${DID}/app.bsky.feed.post/3kabc`, DID, null],
    [DID, DID, null],
    ['did:web:sukamaju.go.id', 'did:web:sukamaju.go.id', 'sukamaju.go.id'],
  ])('%s', (text, handle, host) => {
    expect(blueskyHandle(text, 'public')).toEqual({ kind: 'accepted', handle, host, identity: null });
  });

  it.each([
    ['sari', 'not-a-handle'],
    ['', 'not-a-handle'],
    ['did:plc:short', 'not-a-handle'],
    ['sari@warga.example', 'not-a-handle'],
    ['https://lain.example/profile/sari.bsky.social', 'not-a-handle'],
    ['127.0.0.1', 'not-a-handle'],
    ['sari.localhost', 'host'],
    ['sari.test', 'host'],
  ])('%s is refused', (text, reason) => {
    expect(blueskyHandle(text, 'public')).toEqual({ kind: 'refused', reason });
  });

  it('is a test name, and no real one, where everything is on this machine', () => {
    expect(blueskyHandle('sari.test', 'loopback')).toMatchObject({ kind: 'accepted', handle: 'sari.test' });
    expect(blueskyHandle('sari.bsky.social', 'loopback')).toEqual({ kind: 'refused', reason: 'host' });
  });
});

describe('what people write as a Mastodon account', () => {
  it.each([
    ['@Sari@Warga.Example', 'sari@warga.example', 'warga.example'],
    ['sari@warga.example', 'sari@warga.example', 'warga.example'],
    ['acct:sari@warga.example', 'sari@warga.example', 'warga.example'],
    ['https://warga.example/@sari', 'sari@warga.example', 'warga.example'],
    ['https://warga.example/@sari/112233', 'sari@warga.example', 'warga.example'],
    ['https://warga.example/users/sari', 'sari@warga.example', 'warga.example'],
    ['https://here.example/@sari@warga.example', 'sari@warga.example', 'warga.example'],
    ['@sari.lestari_90@warga.example', 'sari.lestari_90@warga.example', 'warga.example'],
  ])('%s', (text, handle, host) => {
    expect(mastodonHandle(text, 'public')).toEqual({ kind: 'accepted', handle, host, identity: null });
  });

  it.each([
    ['sari', 'not-a-handle'],
    ['@sari', 'not-a-handle'],
    ['https://warga.example/about', 'not-a-handle'],
    ['@sari@warga.example@lain.example', 'not-a-handle'],
    ['sari@127.0.0.1', 'host'],
    ['sari@localhost', 'host'],
    ['sari@warga.example:8443', 'host'],
    ['sari@x:y', 'host'],
    ['http://warga.example/@sari', 'host'],
  ])('%s is refused', (text, reason) => {
    expect(mastodonHandle(text, 'public')).toEqual({ kind: 'refused', reason });
  });

  it('carries a port only on loopback', () => {
    const place = { kind: 'accepted', handle: 'sari@127.0.0.1:3000', host: '127.0.0.1:3000' };
    expect(mastodonHandle('@sari@127.0.0.1:3000', 'loopback')).toMatchObject(place);
    expect(mastodonHandle('http://127.0.0.1:3000/@sari', 'loopback')).toMatchObject(place);
  });
});

describe('what people write as a YouTube channel', () => {
  it.each([
    [CHANNEL, CHANNEL],
    [`https://www.youtube.com/channel/${CHANNEL}`, CHANNEL],
    [`https://youtube.com/channel/${CHANNEL}/videos`, CHANNEL],
    ['@SariLestari', '@sarilestari'],
    ['https://www.youtube.com/@SariLestari/about', '@sarilestari'],
    ['https://www.youtube.com/@s%C3%A1ri', '@sári'],
  ])('%s', (text, handle) => {
    expect(youtubeHandle(text)).toEqual({ kind: 'accepted', handle, host: null, identity: null });
  });

  it.each(['Sari', 'https://www.youtube.com/watch?v=abc', '@a', 'https://lain.example/@sari', '@%'])(
    '%s is refused',
    (text) => {
      expect(youtubeHandle(text)).toEqual({ kind: 'refused', reason: 'not-a-handle' });
    },
  );

  it('is registered as a feed by the same address', () => {
    const handle = `https://www.youtube.com/feeds/videos.xml?channel_id=${CHANNEL}`;
    expect(readHandle('feed', `https://youtube.com/channel/${CHANNEL}/videos`, 'public')).toEqual({
      kind: 'accepted',
      handle,
      host: 'www.youtube.com',
      identity: { id: handle, host: 'www.youtube.com' },
    });
  });
});

describe('a handle in the form in which it is kept', () => {
  const forms = fc.constantFrom(
    '@',
    '',
    'https://warga.example/@',
    'https://bsky.app/profile/',
    'acct:',
    'at://',
  );
  const names = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.stringMatching(/^[A-Za-z0-9_.]{1,12}@[a-z]{2,8}\.example$/),
    fc.stringMatching(/^[A-Za-z0-9-]{1,12}\.bsky\.social$/),
  );

  it.each([blueskyHandle, mastodonHandle, youtubeHandle])('reads as itself', (read) => {
    fc.assert(
      fc.property(forms, names, (form, name) => {
        const once = read(`${form}${name}`, 'public');
        if (once.kind === 'accepted') expect(read(once.handle, 'public')).toEqual(once);
        else expect(once.reason).not.toBe('');
      }),
    );
  });
});

describe('what people write as an account of a network without a connector', () => {
  it.each([
    ['facebook', 'Sari.Dewi', 'saridewi'],
    ['facebook', 'https://www.facebook.com/Sari.Dewi?locale=id_ID', 'saridewi'],
    ['facebook', 'https://m.facebook.com/profile.php?id=100012345678901', '100012345678901'],
    ['facebook', 'https://www.facebook.com/people/Sari-Dewi/100012345678901/', '100012345678901'],
    ['instagram', '@Sari.Dewi', 'sari.dewi'],
    ['instagram', 'https://www.instagram.com/sari.dewi/', 'sari.dewi'],
    ['threads', 'https://www.threads.net/@sari.dewi/post/C1aB', 'sari.dewi'],
    ['threads', '@sari.dewi', 'sari.dewi'],
    ['tiktok', 'https://www.tiktok.com/@sari_dewi/video/731', 'sari_dewi'],
    ['x', 'https://twitter.com/Sari_Dewi/status/1', 'sari_dewi'],
    ['x', '@Sari_Dewi', 'sari_dewi'],
  ] as const)('%s: %s', (network, text, handle) => {
    expect(readHandle(network, text, 'public')).toEqual({
      kind: 'accepted',
      handle,
      host: null,
      identity: null,
    });
  });

  it.each([
    ['facebook', 'Sari Dewi'],
    ['facebook', 'https://www.facebook.com/groups/5'],
    ['facebook', 'https://www.facebook.com.lain.example/saridewi'],
    ['instagram', 'https://www.instagram.com/p/C1aB/'],
    ['instagram', 'https://x.com/sari'],
    ['threads', 'https://www.threads.net/sari'],
    ['tiktok', 's'],
    ['x', 'https://x.com/i/status/1'],
    ['x', 'sari.dewi'],
  ] as const)('%s: %s is refused', (network, text) => {
    expect(readHandle(network, text, 'public')).toEqual({ kind: 'refused', reason: 'not-a-handle' });
  });
});
