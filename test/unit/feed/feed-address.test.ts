import { describe, expect, it } from 'vitest';
import { feedAddress } from '../../../shared/domain/registry/feed-address.js';

describe('the address of a feed as its holder writes it', () => {
  it.each([
    [
      'https://blog.sukamaju.example/feed.xml',
      'https://blog.sukamaju.example/feed.xml',
      'blog.sukamaju.example',
    ],
    ['  https://Blog.Sukamaju.Example  ', 'https://blog.sukamaju.example/', 'blog.sukamaju.example'],
    ['HTTPS://blog.sukamaju.example:443/a#b', 'https://blog.sukamaju.example/a', 'blog.sukamaju.example'],
    [
      'https://www.youtube.com/feeds/videos.xml?channel_id=UCabc',
      'https://www.youtube.com/feeds/videos.xml?channel_id=UCabc',
      'www.youtube.com',
    ],
    ['https://xn--caf-dma.example/', 'https://xn--caf-dma.example/', 'xn--caf-dma.example'],
  ])('%s', (text, handle, host) => {
    expect(feedAddress(text, 'public')).toEqual({ kind: 'accepted', handle, host });
  });

  it.each([
    ['sari', 'not-an-address'],
    ['', 'not-an-address'],
    ['http://blog.sukamaju.example/', 'not-https'],
    ['mailto:sari@sukamaju.example', 'not-https'],
    ['https://127.0.0.1/', 'host'],
    ['https://localhost/', 'host'],
    ['https://blog.sukamaju.example/kabar kantor', 'host'],
    ['https://blog.sukamaju.example:8443/', 'host'],
    ['https://sari:rahasia@blog.sukamaju.example/', 'host'],
    [`https://blog.sukamaju.example/${'a'.repeat(1900)}`, 'too-long'],
  ])('%s is refused', (text, reason) => {
    expect(feedAddress(text, 'public')).toEqual({ kind: 'refused', reason });
  });

  it('may be on loopback only where the guard says so', () => {
    const text = 'http://127.0.0.1:8080/feed';
    expect(feedAddress(text, 'loopback')).toEqual({ kind: 'accepted', handle: text, host: '127.0.0.1:8080' });
    expect(feedAddress(text, 'public')).toEqual({ kind: 'refused', reason: 'not-https' });
    expect(feedAddress('https://blog.sukamaju.example/', 'loopback')).toEqual({
      kind: 'refused',
      reason: 'host',
    });
  });
});
