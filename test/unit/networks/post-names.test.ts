import { describe, expect, it } from 'vitest';
import { postNameAt } from '../../../shared/networks/post-names.js';

const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';
const FEED = 'https://blog.sukamaju.example/feed.xml';

describe('the name of the post at an address', () => {
  it.each([
    ['bluesky', `https://bsky.app/profile/${DID}/post/3kabc`, `at://${DID}/app.bsky.feed.post/3kabc`],
    ['bluesky', 'https://bsky.app/profile/sari.example/post/3kabc', `at://${DID}/app.bsky.feed.post/3kabc`],
    ['mastodon', 'https://sosial.example/@sari/115', 'https://sosial.example/users/sari/statuses/115'],
    [
      'mastodon',
      'https://sosial.example/@sari/statuses/01HZ',
      'https://sosial.example/users/sari/statuses/01HZ',
    ],
    ['youtube', 'https://youtu.be/abcdefghijk?t=4', 'https://www.youtube.com/watch?v=abcdefghijk'],
    [
      'youtube',
      'https://m.youtube.com/watch?app=x&v=abcdefghijk',
      'https://www.youtube.com/watch?v=abcdefghijk',
    ],
    ['youtube', 'https://www.youtube.com/shorts/abcdefghijk', 'https://www.youtube.com/watch?v=abcdefghijk'],
    ['feed', 'https://blog.sukamaju.example/tulisan-9', `${FEED}#https://blog.sukamaju.example/tulisan-9`],
  ] as const)('%s: %s is the one under which it is collected', (network, url, name) => {
    const id = network === 'feed' ? FEED : DID;
    expect(postNameAt(network, new URL(url), { id, host: 'sosial.example' })).toBe(name);
  });

  it.each([
    ['instagram', 'https://www.instagram.com/sari/reel/C1aB/?igsh=x', 'instagram:C1aB'],
    ['instagram', 'https://instagram.com/p/C1aB', 'instagram:C1aB'],
    ['threads', 'https://www.threads.net/@sari/post/C1aB', 'threads:C1aB'],
    ['threads', 'https://www.threads.com/t/C1aB', 'threads:C1aB'],
    ['tiktok', 'https://www.tiktok.com/@sari/video/731?lang=id', 'tiktok:731'],
    ['facebook', 'https://m.facebook.com/sari/posts/17/?x=1', 'facebook:/sari/posts/17'],
    ['facebook', 'https://www.facebook.com/permalink.php?story_fbid=5&id=7', 'facebook:/permalink.php/5/7'],
    ['youtube', 'https://www.youtube.com/watch?v=abcdefghijk&lc=Ug1', 'youtube:/watch?v=abcdefghijk&lc=Ug1'],
  ] as const)('%s: %s is one that no connector gives', (network, url, name) => {
    expect(postNameAt(network, new URL(url), null)).toBe(name);
  });

  it.each(['instagram', 'threads', 'tiktok', 'x', 'facebook', 'youtube'] as const)(
    'is none at an address that is not one of %s',
    (network) => {
      for (const url of ['https://lain.example/p/1', `https://${network}.com.lain.example/p/1`])
        expect(postNameAt(network, new URL(url), null)).toBeNull();
    },
  );
});
