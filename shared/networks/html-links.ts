import { Parser } from 'htmlparser2';

/** Where HTML links to; `isMe` where it says “this is me too” (`rel="me"`). Never throws. */
export const htmlLinks = (html: string): { readonly href: string; readonly isMe: boolean }[] => {
  const links: { href: string; isMe: boolean }[] = [];
  const parser = new Parser({
    onopentag: (name, { href = '', rel = '' }) => {
      if (name === 'a' && href !== '')
        links.push({ href, isMe: rel.toLowerCase().split(/\s+/).includes('me') });
    },
  });
  parser.end(html);
  return links;
};
